"""The worked scenarios of declarations (spec 03 §18, numbers 1 to 9, 13, 14, 25 and 26).

Harbour Learning and Northgate Teach; everything a provider does goes over the wire.
"""

from datetime import date

import pytest

from register_ects.models import (
    Declaration,
    Event,
    InductionPeriod,
    SchoolFundingEligibility,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.base import Author
from register_ects.operations.declarations.voiding import void_declaration
from register_ects.operations.inductions.periods import claim_ect
from register_ects.operations.statements.authorisation import authorise_statement
from register_ects.operations.statements.closing import close_due_statements
from register_ects.operations.training.funding import declarations_without_statement
from tests.factories import (
    AppropriateBodyFactory,
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    ScheduleFactory,
    StaffUserFactory,
    TeacherFactory,
    TeacherIdChangeFactory,
    TrainingPeriodFactory,
    noon,
)
from tests.inductions import AUTHOR, claim
from tests.providers.declaring import (
    PATH,
    attributes,
    declared,
    envelope,
    refused,
    statements,
    trained,
)

DEADLINES = ("2025-10-31", "2025-12-31", "2026-03-31", "2026-07-31")


@pytest.fixture
def harbour(lead_provider):
    return lead_provider


def declare(api, training, **changes):
    return api.post(PATH, envelope(training, **changes))


def state(declaration):
    return Declaration.objects.get(pk=declaration.pk).state


def made(training, kind="started"):
    return Declaration.objects.live().get(teacher=training.teacher, declaration_type=kind)


def void(api, declaration):
    return api.request("PUT", f"{PATH}/{declaration.api_id}/void")


def settle(deadline, on):
    """Close the statements due on the day after a deadline and authorise that one."""
    on(deadline)
    close_due_statements(date.fromisoformat(deadline), Author.system())


def authorise(statement):
    statement.refresh_from_db()
    authorise_statement(statement, author=Author.staff(StaffUserFactory()))


# -- 1 ---------------------------------------------------------------------------------------


def test_scenario_1_a_start_before_2025_with_uplift(api, harbour, on):
    on("2024-11-05")
    amara = trained(
        harbour,
        year=2024,
        started_on=date(2024, 9, 2),
        teacher=TeacherFactory(ect_first_became_eligible_for_training_at=noon(date(2024, 9, 20))),
        window=("2024-06-01", "2024-12-31"),
    )
    october, due, _ = statements(harbour, "2024-10-31", "2024-11-05", "2024-12-31", year=2024)
    SchoolFundingEligibility.objects.create(
        gias_school=amara.school.gias_school, contract_period_id=2024, pupil_premium_uplift=True
    )

    sent = {"declaration_date": "2024-10-14T09:00:00Z", "evidence_held": "other"}
    shown = declared(declare(api, amara, **sent))["attributes"]

    assert (shown["state"], shown["statement_id"]) == ("eligible", str(due.api_id))
    assert (shown["evidence_held"], shown["uplift_paid"]) == (None, False)
    assert made(amara).pupil_premium_uplift
    settle("2024-11-06", on)
    authorise(october)
    authorise(due)
    paid = declared(api.get(f"{PATH}/{made(amara).api_id}"))["attributes"]
    assert (paid["state"], paid["uplift_paid"]) == ("paid", True)
    clawed_back = declared(void(api, made(amara)))["attributes"]
    assert (clawed_back["state"], clawed_back["uplift_paid"]) == ("awaiting-clawback", True)


# -- 2 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "title"),
    [
        pytest.param("2025-07-31T22:59:59Z", None, id="last second in London"),
        pytest.param("2025-07-31T23:00:00Z", "declaration_date", id="midnight in London"),
        pytest.param("2025-03-31T23:00:00Z", None, id="first second in London"),
        pytest.param("2025-03-31T22:59:59Z", "declaration_date", id="the second before"),
        pytest.param("2025-07-10", "declaration_date", id="no time"),
    ],
)
def test_scenario_2_the_edges_of_a_window_in_summer_time(api, harbour, on, moment, title):
    on("2025-11-05")
    ben = trained(harbour, year=2024, window=("2025-04-01", "2025-07-31"))

    response = declare(api, ben, declaration_date=moment)

    assert refused(response) == [title] if title else declared(response)


# -- 3 and 4 ---------------------------------------------------------------------------------


@pytest.fixture
def cara(harbour):
    person = TeacherFactory(trn="3000101", trs_first_name="Amara", trs_last_name="Oduya")
    return trained(
        harbour, teacher=person, types=("started", "retained-1", "retained-2", "completed")
    )


def test_scenario_3_submitted_then_eligible_payable_and_paid(api, harbour, cara, on):
    _, december, *_ = statements(harbour, *DEADLINES)
    on("2025-09-15")
    shown = declared(declare(api, cara, declaration_date="2025-09-12T09:00:00Z"))["attributes"]
    assert (shown["state"], shown["statement_id"]) == ("submitted", None)

    on("2025-11-03")
    claim_ect(AppropriateBodyFactory(active=True), claim("2025-09-01"), author=AUTHOR)

    cara.teacher.refresh_from_db()
    assert cara.teacher.ect_first_became_eligible_for_training_at == noon(date(2025, 11, 3))
    shown = declared(api.get(f"{PATH}/{made(cara).api_id}"))["attributes"]
    assert (shown["state"], shown["statement_id"]) == ("eligible", str(december.api_id))
    assert list(
        Event.objects.filter(
            event_type__in=["teacher_funding_eligibility_set", "teacher_declaration_eligible"]
        ).values_list("author_name", flat=True)
    ) == [AUTHOR.name, AUTHOR.name]
    settle("2025-12-31", on)
    assert made(cara).state == "eligible"
    settle("2026-01-01", on)
    assert made(cara).state == "payable"
    authorise(statements_of_october(harbour))
    authorise(december)
    assert made(cara).state == "paid"


def statements_of_october(harbour):
    return harbour.statements.get(deadline_date=date(2025, 10, 31))


def test_scenario_4_a_fundable_person_without_an_open_statement(api, harbour, cara, on):
    statements(harbour, "2025-10-31")
    on("2025-11-03")
    retained = {
        "declaration_type": "retained-1",
        "declaration_date": "2025-11-02T09:00:00Z",
        "evidence_held": "other",
    }
    submitted = declared(api.post(f"{PATH}?dry_run=true", envelope(cara, **retained)))
    assert submitted["attributes"]["state"] == "submitted"

    claim_ect(AppropriateBodyFactory(active=True), claim("2025-09-01"), author=AUTHOR)

    assert refused(declare(api, cara, **retained)) == ["cohort"]


# -- 5 and 6 ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "title"), [pytest.param(2025, "declaration_type", id="2025"), (2024, None)]
)
def test_scenario_5_types_of_mentors(api, harbour, on, year, title):
    on("2025-11-05")
    dev = trained(harbour, year=year, for_mentor=True, types=("started", "retained-1"))

    response = declare(
        api, dev, declaration_type="retained-1", evidence_held="self-study-material-completed"
    )

    assert refused(response) == [title] if title else declared(response)


@pytest.mark.parametrize(
    ("role", "kind", "evidence", "title"),
    [
        ("for_ect", "retained-2", "other", "evidence_held"),
        ("for_ect", "retained-2", "75-percent-engagement-met", None),
        ("for_ect", "completed", "one-term-induction", None),
        ("for_mentor", "completed", "one-term-induction", "evidence_held"),
        ("for_mentor", "completed", "75-percent-engagement-met-reduced-induction", None),
    ],
)
def test_scenario_6_detailed_evidence(api, harbour, on, role, kind, evidence, title):
    on("2025-11-05")
    training = trained(harbour, types=("retained-2", "completed"), **{role: True})

    response = declare(api, training, declaration_type=kind, evidence_held=evidence)

    assert refused(response) == [title] if title else declared(response)


# -- 7 and 8 ---------------------------------------------------------------------------------


def test_scenario_7_a_slot_is_held_across_providers(api, api_client, harbour, northgate, on):
    on("2025-11-05")
    placement = ECTAtSchoolPeriodFactory()
    ella = {"ect_at_school_period": placement, "teacher": placement.teacher}
    theirs = trained(harbour, types=("retained-1",), finished_on=date(2025, 10, 9), **ella)
    mine = trained(northgate, types=("retained-1",), started_on=date(2025, 10, 10), **ella)
    statements(harbour, "2025-12-31")
    first = DeclarationFactory(
        training_period=theirs, declaration_type="retained-1", evidence_type="other", paid=True
    )
    retained = {"declaration_type": "retained-1"}

    assert refused(declare(api_client(northgate), mine, **retained)) == ["declaration_type"]
    assert declared(void(api, first))["attributes"]["state"] == "awaiting-clawback"
    assert declared(declare(api_client(northgate), mine, **retained))
    assert refused(declare(api, theirs, **retained)) == ["declaration_type"]


def test_scenario_8_the_same_again_a_minute_later(api, harbour, on):
    """The two at once are in test_declaration_races.py."""
    training = trained(harbour)
    on("2025-11-05T12:00:00+00:00")
    declared(declare(api, training))

    on("2025-11-05T12:01:00+00:00")
    assert refused(declare(api, training)) == ["declaration_type"]


# -- 9 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "kind", "day", "title"),
    [
        (2025, "retained-1", "2025-09-09", "declaration_date"),
        (2025, "retained-1", "2026-06-21", "declaration_date"),
        (2025, "retained-1", "2026-01-12", None),
        (2025, "extended-1", "2026-06-19", "declaration_date"),
        (2025, "extended-1", "2026-06-20", None),
        (2024, "retained-1", "2025-09-09", None),
        (2024, "retained-1", "2026-06-21", None),
        (2024, "extended-1", "2026-06-19", None),
    ],
)
def test_scenario_9_sequence_from_2025(api, harbour, on, year, kind, day, title):
    on("2026-07-01")
    types = ("started", "retained-1", "completed", "extended-1")
    schedule = ScheduleFactory(contract_period__year=year, extended=True)
    finn = trained(harbour, schedule=schedule, year=year, types=types)
    for declared_type, on_day in [("started", "2025-09-10"), ("completed", "2026-06-20")]:
        DeclarationFactory(
            training_period=finn,
            declaration_type=declared_type,
            declaration_date=f"{on_day}T10:00:00Z",
        )

    response = declare(
        api, finn, declaration_type=kind, declaration_date=f"{day}T10:00:00Z", evidence_held="other"
    )

    assert refused(response) == [title] if title else declared(response)


def test_scenario_9_a_standard_schedule_has_no_extended_types(api, harbour, on):
    on("2026-07-01")
    finn = trained(harbour)

    assert refused(declare(api, finn, declaration_type="extended-1", evidence_held="other")) == [
        "declaration_type"
    ]


# -- 13 --------------------------------------------------------------------------------------


def test_scenario_13_a_paid_declaration_is_clawed_back(api, harbour, on):
    on("2026-02-02")
    jon = DeclarationFactory(training_period=trained(harbour), paid=True)
    march, _ = statements(harbour, "2026-03-31", "2026-07-31")

    shown = declared(void(api, jon))["attributes"]
    assert shown["state"] == "awaiting-clawback"
    assert shown["clawback_statement_id"] == str(march.api_id)
    assert refused(void(api, jon)) == ["participant_declaration_id"]

    settle("2026-04-01", on)
    authorise(march)
    jon.refresh_from_db()
    assert (jon.state, jon.payment_status) == ("clawed-back", "paid")
    assert refused(void(api, jon)) == ["participant_declaration_id"]


def test_scenario_13_no_statement_is_left_for_2022(api, harbour, on):
    on("2026-02-02")
    jon = DeclarationFactory(training_period=trained(harbour, year=2022), paid=True)

    response = void(api, jon)

    assert refused(response) == ["participant_declaration_id"]
    assert "2022" in response.json()["errors"][0]["detail"]
    assert state(jon) == "paid"


# -- 14 --------------------------------------------------------------------------------------


def test_scenario_14_a_mentor_completes_and_it_is_voided(api, harbour, on):
    on("2026-04-25")
    kay = trained(harbour, for_mentor=True, types=("completed",), eligible=True)
    mentorship = MentorshipPeriodFactory(mentor_at_school_period=kay.mentor_at_school_period)
    statements(harbour, "2026-07-31")
    completed = {
        "declaration_type": "completed",
        "declaration_date": "2026-04-20T09:00:00Z",
        "evidence_held": "75-percent-engagement-met",
    }

    declared(declare(api, kay, **completed))

    participant = declared(api.get(f"/participants/{kay.teacher.api_id}"))["attributes"]
    (enrolment,) = participant["ecf_enrolments"]
    assert enrolment["mentor_funding_end_date"] == "2026-04-20"
    assert enrolment["mentor_ineligible_for_funding_reason"] == "completed_declaration_received"
    assert enrolment["participant_status"] == "active"
    kay.refresh_from_db()
    mentorship.refresh_from_db()
    assert (kay.finished_on, mentorship.finished_on) == (date(2026, 4, 20), None)

    on("2026-05-10")
    finance = StaffUserFactory()
    voided = void_declaration(made(kay, "completed"), author=Author.staff(finance), by_user=finance)

    assert (voided.state, voided.voided_by_user) == ("voided", finance)
    teacher = Teacher.objects.get(pk=kay.teacher_id)
    assert teacher.mentor_became_ineligible_for_funding_on is None
    assert teacher.mentor_became_ineligible_for_funding_reason is None
    # The training it closed is open again: no second one takes its place (spec 00).
    assert TrainingPeriod.objects.filter(teacher=teacher).get().finished_on is None
    assert declared(declare(api, kay, **completed))["attributes"]["state"] == "eligible"


# -- 25 and 26 -------------------------------------------------------------------------------


def test_scenario_25_a_retired_id_is_refused_with_the_one_that_replaced_it(api, harbour, on):
    on("2025-11-05")
    tess = trained(harbour)
    retired = TeacherFactory(anonymised=True)
    TeacherIdChangeFactory(teacher=tess.teacher, from_teacher=retired, to_teacher=tess.teacher)
    sent = attributes(tess, participant_id=str(retired.api_id))

    response = api.post(PATH, {"data": {"attributes": sent}})

    assert refused(response) == ["participant_id"]
    assert str(tess.teacher.api_id) in response.json()["errors"][0]["detail"]


def test_scenario_26_a_claim_succeeds_when_no_statement_takes_it(api, harbour, on):
    on("2026-09-10")
    uma = trained(harbour, year=2023, teacher=TeacherFactory(trn="3000101"))
    statements(harbour, "2024-10-31", year=2023)
    waiting = DeclarationFactory(training_period=uma)

    claim_ect(AppropriateBodyFactory(active=True), claim("2026-09-01"), author=AUTHOR)

    assert InductionPeriod.objects.filter(teacher=uma.teacher).exists()
    teacher = Teacher.objects.get(pk=uma.teacher_id)
    assert teacher.ect_first_became_eligible_for_training_at is not None
    shown = declared(api.get(f"{PATH}/{waiting.api_id}"))["attributes"]
    assert (shown["state"], shown["statement_id"]) == ("submitted", None)
    assert list(declarations_without_statement()) == [waiting]


def test_scenario_26_the_next_statement_takes_it(harbour, on):
    on("2026-09-10")
    uma = TrainingPeriodFactory(
        lead_provider=harbour,
        year=2023,
        teacher__ect_first_became_eligible_for_training_at=noon(date(2026, 9, 9)),
    )
    waiting = DeclarationFactory(training_period=uma)
    assert list(declarations_without_statement()) == [waiting]

    statements(harbour, "2026-10-31", year=2023)

    assert list(declarations_without_statement()) == []
