"""POST /participant-declarations over the wire: what comes back, and what else follows."""

from datetime import date

import pytest

from register_ects.models import Declaration, Event, Teacher, TrainingPeriod
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    MilestoneFactory,
    ScheduleFactory,
    SchoolFundingEligibilityFactory,
    StatementFactory,
    TrainingPeriodFactory,
    noon,
)
from tests.providers.declaring import PATH, declared, envelope, refused, trained

pytestmark = pytest.mark.day("2025-11-05T12:00:00+00:00")


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
