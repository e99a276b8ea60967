"""POST and GET /participant-declarations over the wire."""

import uuid
from datetime import date

import pytest

from register_ects.models import Declaration, Event, Teacher, TrainingPeriod
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    LeadProviderFactory,
    MentorshipPeriodFactory,
    MilestoneFactory,
    ScheduleFactory,
    SchoolFundingEligibilityFactory,
    StatementFactory,
    TeacherFactory,
    TeacherIdChangeFactory,
    TrainingPeriodFactory,
    noon,
)
from tests.providers.declaring import PATH, declared, envelope, refused, trained


@pytest.fixture(autouse=True)
def _november(on):
    on("2025-11-05T12:00:00+00:00")


@pytest.fixture
def training(lead_provider):
    return trained(lead_provider)


# -- What comes back -------------------------------------------------------------------------


def test_a_declaration_is_returned_with_every_attribute(api, training):
    mentorship = MentorshipPeriodFactory(ect_at_school_period=training.ect_at_school_period)

    data = declared(api.post(PATH, envelope(training)))

    declaration = Declaration.objects.get()
    partner = training.school_partnership.lead_provider_delivery_partnership.delivery_partner
    assert data == {
        "id": str(declaration.api_id),
        "type": "participant-declaration",
        "attributes": {
            "participant_id": str(training.teacher.api_id),
            "declaration_type": "started",
            "course_identifier": "ecf-induction",
            "declaration_date": "2025-10-03T09:30:00Z",
            "mentor_id": str(mentorship.mentor_at_school_period.teacher.api_id),
            "state": "submitted",
            "updated_at": "2025-11-05T12:00:00Z",
            "created_at": "2025-11-05T12:00:00Z",
            "delivery_partner_id": str(partner.api_id),
            "statement_id": None,
            "clawback_statement_id": None,
            "ineligible_for_funding_reason": None,
            "uplift_paid": False,
            "evidence_held": "training-event-attended",
            "lead_provider_name": "Harbour Learning",
        },
    }
    assert declared(api.get(f"{PATH}/{declaration.api_id}")) == data


def test_the_events_name_who_did_it_and_every_step(api, training):
    StatementFactory(
        lead_provider=training.lead_provider, deadline_date=date(2025, 11, 30), position=20
    )
    Teacher.objects.update(ect_first_became_eligible_for_training_at=noon(date(2025, 9, 20)))

    declared(api.post(PATH, envelope(training)))

    events = Event.objects.filter(declaration__isnull=False).order_by("pk")
    assert [(e.event_type, e.author_name, e.author_type) for e in events] == [
        ("teacher_declaration_created", "Harbour Learning", "lead_provider_api"),
        ("teacher_declaration_eligible", "Harbour Learning", "lead_provider_api"),
    ]
    assert {(e.teacher, e.training_period, e.lead_provider) for e in events} == {
        (training.teacher, training, training.lead_provider)
    }


def test_a_fundable_persons_goes_on_the_next_open_output_statement(api, lead_provider):
    training = trained(lead_provider, eligible=True)
    active = {"lead_provider": lead_provider, "contract_year": 2025}
    StatementFactory(**active, deadline_date=date(2025, 11, 4))
    StatementFactory(**active, deadline_date=date(2025, 11, 5), service=True)
    StatementFactory(**active, deadline_date=date(2025, 11, 6), payable=True)
    wanted = StatementFactory(**active, deadline_date=date(2025, 11, 5), position=20)
    StatementFactory(**active, deadline_date=date(2026, 11, 30), position=30)

    data = declared(api.post(PATH, envelope(training)))["attributes"]

    assert (data["state"], data["statement_id"]) == ("eligible", str(wanted.api_id))


@pytest.mark.parametrize("kind", [{}, {"for_mentor": True}])
@pytest.mark.parametrize(
    ("year", "type_", "expected"),
    [
        (2024, "started", (True, False)),
        (2024, "retained-1", (False, False)),
        (2025, "started", (False, False)),
    ],
)
def test_uplifts_are_copied_to_starts_in_years_that_pay_them(
    api, lead_provider, kind, year, type_, expected
):
    training = trained(lead_provider, types=(type_,), year=year, **kind)
    SchoolFundingEligibilityFactory(
        gias_school=training.school.gias_school, year=year, pupil_premium_uplift=True
    )

    declared(api.post(PATH, envelope(training, declaration_type=type_)))

    declaration = Declaration.objects.get()
    assert (declaration.pupil_premium_uplift, declaration.sparsity_uplift) == expected


@pytest.mark.parametrize("paid", [True, False])
def test_a_year_may_pay_no_uplifts_to_mentors_who_replace_another(api, lead_provider, paid):
    schedule = ScheduleFactory(contract_period__year=2024, replacement=True)
    training = trained(lead_provider, year=2024, for_mentor=True, schedule=schedule)
    training.contract_period.uplifts_on_replacement_schedules = paid
    training.contract_period.save()
    SchoolFundingEligibilityFactory(
        gias_school=training.school.gias_school, year=2024, pupil_premium_uplift=True
    )

    declared(api.post(PATH, envelope(training)))

    assert Declaration.objects.get().pupil_premium_uplift is paid


def test_evidence_of_a_start_before_2025_is_accepted_and_discarded(api, lead_provider):
    training = trained(lead_provider, year=2024)

    data = declared(api.post(PATH, envelope(training, evidence_held="other")))

    assert data["attributes"]["evidence_held"] is None


def test_the_latest_training_is_declared_for_whatever_the_date(api, lead_provider):
    placement = ECTAtSchoolPeriodFactory()
    TrainingPeriodFactory(
        ect_at_school_period=placement,
        lead_provider=lead_provider,
        finished_on=date(2025, 12, 31),
    )
    later = TrainingPeriodFactory(
        ect_at_school_period=placement,
        lead_provider=lead_provider,
        started_on=date(2026, 1, 1),
    )
    MilestoneFactory(schedule=later.schedule, milestone_date=None)

    declared(api.post(PATH, envelope(later)))

    assert Declaration.objects.get().training_period == later


# -- What is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"participant_id": None}, "participant_id"),
        ({"participant_id": "  "}, "participant_id"),
        ({"participant_id": str(uuid.uuid4())}, "participant_id"),
        ({"participant_id": "nonsense"}, "participant_id"),
        ({"participant_id": "a\u0000b"}, "participant_id"),
        ({"course_identifier": ""}, "course_identifier"),
        ({"course_identifier": ...}, "course_identifier"),
        ({"course_identifier": ["ecf-induction"]}, "course_identifier"),
        ({"course_identifier": "ecf-mentor"}, "course_identifier"),
        ({"course_identifier": "a\u0000b"}, "course_identifier"),
        ({"declaration_date": ""}, "declaration_date"),
        ({"declaration_date": "2025-10-03"}, "declaration_date"),
        ({"declaration_date": 20251003}, "declaration_date"),
        ({"declaration_date": "2025-11-05T12:00:01Z"}, "declaration_date"),
        ({"declaration_date": "2025-05-31T22:59:59Z"}, "declaration_date"),
        ({"declaration_type": ""}, "declaration_type"),
        ({"declaration_type": "a\u0000b"}, "declaration_type"),
        ({"declaration_type": "retained-1"}, "declaration_type"),
        ({"evidence_held": ...}, "evidence_held"),
        ({"evidence_held": "one-term-induction"}, "evidence_held"),
        ({"evidence_held": {"a": 1}}, "evidence_held"),
    ],
)
def test_each_refusal_is_titled_with_the_public_field(api, training, changes, title):
    response = api.post(PATH, envelope(training, **changes))

    assert refused(response) == [title]
    assert f"#/{title}" in response.json()["errors"][0]["detail"]
    assert not Declaration.objects.exists()
    assert not Event.objects.filter(category="declarations").exists()


def test_several_missing_attributes_report_the_first_problem_only(api, training):
    body = {"data": {"attributes": {"declaration_type": None}}}

    assert refused(api.post(PATH, body)) == ["participant_id"]


def test_a_person_the_provider_never_trained_is_not_disclosed(api, training):
    theirs = trained(LeadProviderFactory(), year=2025)
    waiting = trained(training.lead_provider, eoi_only=True)

    answers = [
        api.post(PATH, envelope(each, course_identifier="nonsense")).json()
        for each in (theirs, waiting)
    ]
    unknown = api.post(PATH, envelope(training, participant_id=str(uuid.uuid4()))).json()

    assert answers == [unknown, unknown]


def test_a_retired_id_is_answered_with_the_one_that_replaced_it(api, training):
    retired = TeacherFactory(anonymised=True)
    TeacherIdChangeFactory(
        teacher=training.teacher, from_teacher=retired, to_teacher=training.teacher
    )

    response = api.post(PATH, envelope(training, participant_id=str(retired.api_id)))

    assert refused(response) == ["participant_id"]
    assert str(training.teacher.api_id) in response.json()["errors"][0]["detail"]


def test_a_withdrawal_is_named_with_its_time(api, lead_provider):
    training = trained(lead_provider, withdrawn=True, finished_on=date(2025, 10, 1))

    response = api.post(PATH, envelope(training))

    assert refused(response) == ["participant_id"]
    assert "2025-10-01T12:00:00Z" in response.json()["errors"][0]["detail"]


def test_a_deferral_is_no_obstacle(api, lead_provider):
    training = trained(lead_provider, deferred=True, finished_on=date(2025, 10, 1))

    assert declared(api.post(PATH, envelope(training)))


def test_a_fundable_person_needs_an_open_statement(api, lead_provider):
    response = api.post(PATH, envelope(trained(lead_provider, eligible=True)))

    assert refused(response) == ["cohort"]
    assert "2025" in response.json()["errors"][0]["detail"]


def frozen(training):
    """Freeze the payments of the training's contract period."""
    training.contract_period.payments_frozen_at = noon(date(2025, 6, 16))
    training.contract_period.save()
    return training


@pytest.mark.parametrize(
    ("today", "title"),
    [
        pytest.param({}, "cohort", id="confirmed today"),
        pytest.param({"eoi_only": True}, None, id="only an interest"),
        pytest.param({"finished_on": date(2025, 11, 4)}, None, id="ended yesterday"),
        pytest.param({"finished_on": date(2025, 11, 5)}, "cohort", id="ends today"),
        pytest.param({"started_on": date(2025, 11, 6)}, None, id="begins tomorrow"),
    ],
)
def test_training_today_in_a_frozen_year_with_any_provider_is_refused(
    api, lead_provider, today, title
):
    placement = ECTAtSchoolPeriodFactory(started_on=date(2022, 9, 1))
    mine = trained(
        lead_provider,
        ect_at_school_period=placement,
        teacher=placement.teacher,
        started_on=date(2025, 9, 1),
        finished_on=date(2025, 10, 31),
    )
    frozen(
        TrainingPeriodFactory(
            ect_at_school_period=placement,
            year=2022,
            **{"started_on": date(2025, 11, 1), **today},
        )
    )

    response = api.post(PATH, envelope(mine))

    assert refused(response) == [title] if title else declared(response)
    if title:
        assert "2022" in response.json()["errors"][0]["detail"]


@pytest.mark.parametrize(("eligible", "title"), [(False, None), (True, "cohort")])
def test_whoever_left_a_frozen_year_is_refused_only_for_want_of_a_statement(
    api, lead_provider, eligible, title
):
    training = frozen(
        trained(
            lead_provider,
            types=("completed",),
            eligible=eligible,
            year=2022,
            finished_on=date(2024, 7, 31),
        )
    )

    response = api.post(PATH, envelope(training, declaration_type="completed"))

    assert refused(response) == [title] if title else declared(response)


def test_a_mentor_training_in_a_frozen_year_may_still_be_declared_as_an_ect(api, lead_provider):
    teacher = TeacherFactory()
    frozen(TrainingPeriodFactory(for_mentor=True, teacher=teacher, year=2022))

    assert declared(api.post(PATH, envelope(trained(lead_provider, teacher=teacher))))


# -- Slots -----------------------------------------------------------------------------------


def test_declaring_the_same_again_is_refused(api, training):
    declared(api.post(PATH, envelope(training)))

    assert refused(api.post(PATH, envelope(training))) == ["declaration_type"]
    assert Declaration.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (None, "declaration_type"),
        ("eligible", "declaration_type"),
        ("payable", "declaration_type"),
        ("paid", "declaration_type"),
        ("voided", None),
        ("awaiting_clawback", None),
        ("clawed_back", None),
    ],
)
def test_a_slot_is_held_across_providers_until_voided_or_clawed_back(
    api, lead_provider, state, title
):
    placement = ECTAtSchoolPeriodFactory()
    theirs = TrainingPeriodFactory(ect_at_school_period=placement, finished_on=date(2025, 9, 30))
    DeclarationFactory(training_period=theirs, **({state: True} if state else {}))
    mine = trained(
        lead_provider,
        ect_at_school_period=placement,
        teacher=placement.teacher,
        started_on=date(2025, 10, 1),
    )

    response = api.post(PATH, envelope(mine))

    assert refused(response) == [title] if title else declared(response)


def test_the_other_roles_declaration_takes_no_slot(api, lead_provider):
    teacher = TeacherFactory()
    DeclarationFactory(training_period=trained(lead_provider, teacher=teacher, for_mentor=True))

    assert declared(api.post(PATH, envelope(trained(lead_provider, teacher=teacher))))


# -- Bodies ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b"{}",
        b'{"data": null}',
        b'{"data": {}}',
        b'{"data": "text"}',
        b'{"data": []}',
        b'{"data": {"attributes": null}}',
        b'{"data": {"attributes": {}}}',
        b'{"data": {"attributes": []}}',
        b'{"data": {"attributes": {"unknown": 1}}}',
        b'{"data": {"attributes": {"participant_id": ["x"]}}}',
        b"\xff\xfe",
    ],
)
def test_a_body_without_a_usable_envelope_is_400(api, body):
    assert refused(api.post(PATH, body), status=400) == ["Bad request"]


@pytest.mark.parametrize("content_type", ["text/plain", "", "application/x-www-form-urlencoded"])
def test_json_is_read_whatever_it_is_called(api, training, content_type):
    assert declared(api.post(PATH, envelope(training), **{"Content-Type": content_type}))


def test_a_form_with_bracket_keys_is_read(api, training):
    fields = envelope(training)["data"]["attributes"]
    pairs = "&".join(
        f"data[attributes][{name}]={value.replace('+', '%2B')}" for name, value in fields.items()
    )

    response = api.post(
        PATH, pairs.encode(), **{"Content-Type": "application/x-www-form-urlencoded"}
    )

    assert declared(response)["attributes"]["declaration_date"] == "2025-10-03T09:30:00Z"


def test_unknown_attributes_and_types_are_ignored(api, training):
    body = envelope(training, colour="red")
    body["data"]["type"] = 7
    body["meta"] = {}

    assert declared(api.post(PATH, body))


# -- A mentor's completion -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared_on", "last_day"),
    [("2025-10-20", date(2025, 10, 20)), ("2025-08-01", date(2025, 9, 1))],
)
def test_a_mentors_completion_ends_funding_and_training(api, lead_provider, declared_on, last_day):
    training = trained(lead_provider, types=("completed",), for_mentor=True)

    declared(
        api.post(
            PATH,
            envelope(
                training,
                declaration_type="completed",
                declaration_date=f"{declared_on}T09:00:00Z",
                evidence_held="75-percent-engagement-met",
            ),
        )
    )

    training.refresh_from_db()
    teacher = Teacher.objects.get(pk=training.teacher_id)
    assert training.finished_on == last_day
    assert teacher.mentor_became_ineligible_for_funding_on == date.fromisoformat(declared_on)
    assert teacher.mentor_became_ineligible_for_funding_reason == "completed_declaration_received"
    assert set(
        Event.objects.filter(declaration__isnull=False).values_list("event_type", flat=True)
    ) == {
        "teacher_declaration_created",
        "mentor_completion_status_change",
        "teacher_finishes_training_period",
    }


@pytest.mark.parametrize(
    "days",
    [
        {"finished_on": date(2025, 10, 10)},
        {"finished_on": date(2025, 11, 5)},
        {"started_on": date(2025, 12, 1)},
    ],
)
def test_completion_leaves_ended_and_future_training_alone(api, lead_provider, days):
    training = trained(lead_provider, types=("completed",), for_mentor=True, **days)

    declared(
        api.post(
            PATH,
            envelope(
                training, declaration_type="completed", evidence_held="75-percent-engagement-met"
            ),
        )
    )

    assert TrainingPeriod.objects.get().finished_on == days.get("finished_on")


def test_an_ects_completion_changes_nothing_else(api, lead_provider):
    training = trained(lead_provider, types=("completed",))

    declared(
        api.post(
            PATH,
            envelope(training, declaration_type="completed", evidence_held="one-term-induction"),
        )
    )

    assert TrainingPeriod.objects.get().finished_on is None


# -- Who may read one ------------------------------------------------------------------------


@pytest.fixture
def theirs_then_mine(lead_provider):
    """Another provider's training until September, then mine until 20 October."""
    placement = ECTAtSchoolPeriodFactory()
    theirs = TrainingPeriodFactory(ect_at_school_period=placement, finished_on=date(2025, 9, 30))
    TrainingPeriodFactory(
        ect_at_school_period=placement,
        lead_provider=lead_provider,
        started_on=date(2025, 10, 1),
        finished_on=date(2025, 10, 20),
    )
    return theirs


@pytest.mark.parametrize(
    ("traits", "status"),
    [
        ({}, 200),
        ({"paid": True}, 200),
        ({"voided": True}, 404),
        ({"awaiting_clawback": True}, 404),
        ({"declaration_date": "2025-10-20T22:59:00Z"}, 200),
        ({"declaration_date": "2025-10-20T23:01:00Z"}, 404),
    ],
)
def test_anothers_declaration_is_read_while_live_and_in_my_time(
    api, theirs_then_mine, traits, status
):
    declaration = DeclarationFactory(training_period=theirs_then_mine, **traits)

    assert api.get(f"{PATH}/{declaration.api_id}").status_code == status


def test_a_declaration_of_a_role_i_do_not_train_is_not_found(api, lead_provider):
    teacher = TeacherFactory()
    trained(lead_provider, teacher=teacher)
    declaration = DeclarationFactory(
        training_period=TrainingPeriodFactory(teacher=teacher, for_mentor=True)
    )

    assert api.get(f"{PATH}/{declaration.api_id}").status_code == 404


@pytest.mark.parametrize(
    ("traits", "state"),
    [
        ({}, "submitted"),
        ({"eligible": True}, "eligible"),
        ({"payable": True}, "payable"),
        ({"paid": True}, "paid"),
        ({"voided": True}, "voided"),
        ({"awaiting_clawback": True}, "awaiting-clawback"),
        ({"clawed_back": True}, "clawed-back"),
    ],
)
def test_states_are_in_the_words_of_the_api(api, training, traits, state):
    declaration = DeclarationFactory(training_period=training, **traits)

    data = declared(api.get(f"{PATH}/{declaration.api_id}"))["attributes"]

    assert data["state"] == state
    assert (data["statement_id"] is None) == (state in ("submitted", "voided"))
    assert (data["clawback_statement_id"] is None) == ("claw" not in state)
