"""Scenarios 10 to 19 of spec 03 §18 over the API. The provider is Harbour Learning."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from register_ects.models import Declaration, Event
from register_ects.operations.base import Author
from register_ects.operations.declarations.voiding import void_declaration
from register_ects.operations.inductions.periods import pass_induction
from register_ects.operations.placements.finishing import finish_placement
from register_ects.operations.statements.authorisation import authorise_statement
from register_ects.operations.statements.closing import close_due_statements
from register_ects.rules.enumerations import TermsReason
from tests.factories import (
    DeclarationFactory,
    DeliveryPartnerFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    LeadProviderFactory,
    MentorshipPeriodFactory,
    SchoolFactory,
    SchoolPartnershipFactory,
    StaffUserFactory,
    TeacherFactory,
    TrainingPeriodFactory,
    noon,
)
from tests.providers.acting import act, enrolment, refused, schedule, stretches
from tests.providers.acting import published_years as published_years
from tests.providers.declaring import PATH, attributes, statements

pytestmark = pytest.mark.usefixtures("published_years")
SYSTEM = Author.system()
SCHOOL = Author.school_user(name="Tilda Marsh", email="tilda@ashby.example.com")


def training(lead_provider, year=2025, name="standard-september", **changes):
    return TrainingPeriodFactory(
        lead_provider=lead_provider, year=year, schedule=schedule(year, name), **changes
    )


def declare(api, of, kind, at, **changes) -> Any:
    sent = attributes(of, declaration_type=kind, declaration_date=at, **changes)
    return api.post(PATH, {"data": {"attributes": sent}})


def titles(response):
    assert response.status_code == 422, response.content
    return [error["title"] for error in response.json()["errors"]]


def state(response):
    assert response.status_code == 200, response.content
    return response.json()["data"]["attributes"]["state"]


# -- 10. Withdrawn ---------------------------------------------------------------------------


@pytest.fixture
def gita(lead_provider):
    return training(lead_provider)


def test_10_a_withdrawn_participant_is_declared_for_before_the_withdrawal_only(api, gita, on):
    on("2026-02-10T14:00:00+00:00")
    act(api, gita, "withdraw", reason="left-teaching-profession")
    on("2026-02-11")

    assert state(declare(api, gita, "started", "2026-02-10T13:59:59Z")) == "submitted"
    late = declare(api, gita, "retained-1", "2026-02-10T15:00:00Z")

    assert titles(late) == ["participant_id"]
    assert "2026-02-10T14:00:00Z" in late.json()["errors"][0]["detail"]


def test_10_a_deferred_participant_is_declared_for_at_any_date(api, gita, on):
    on("2026-02-10T14:00:00+00:00")
    act(api, gita, "defer", reason="bereavement")
    on("2026-02-11")

    assert state(declare(api, gita, "started", "2026-02-10T13:59:59Z")) == "submitted"
    assert state(declare(api, gita, "retained-1", "2026-02-10T15:00:00Z")) == "submitted"


# -- 11. Schedule change mid-training --------------------------------------------------------


def test_11_a_schedule_is_changed_mid_training(api, lead_provider, on):
    on("2026-01-20")
    statements(lead_provider, "2026-03-31")
    hari = training(lead_provider)
    started = DeclarationFactory(training_period=hari, eligible=True)

    shown = enrolment(act(api, hari, "change-schedule", schedule_identifier=EXTENDED))

    assert shown["schedule_identifier"] == EXTENDED
    assert (shown["training_status"], shown["participant_status"]) == ("active", "active")
    days = [(date(2025, 9, 1), date(2026, 1, 19)), (date(2026, 1, 20), None)]
    assert stretches(hari.teacher) == days
    started.refresh_from_db()
    second = hari.teacher.training_periods.get(started_on=date(2026, 1, 20))
    assert started.training_period == hari
    assert second.school_partnership == hari.school_partnership

    again = act(api, hari, "change-schedule", schedule_identifier="ecf-standard-january")
    assert enrolment(again)["schedule_identifier"] == "ecf-standard-january"
    assert stretches(hari.teacher) == days

    assert state(declare(api, hari, "retained-1", "2026-01-20T09:00:00Z")) == "submitted"
    assert Declaration.objects.get(declaration_type="retained-1").training_period == second

    april = act(api, hari, "change-schedule", schedule_identifier="ecf-standard-april")
    assert refused(april) == ["schedule_identifier declaration_outside_milestone"]
    assert refused(act(api, hari, "withdraw", reason="other")) == ["participant_id started_today"]


EXTENDED = "ecf-extended-september"


# -- 12. Frozen move and return --------------------------------------------------------------


@pytest.fixture
def elm():
    return DeliveryPartnerFactory(name="Elm Hub")


@pytest.fixture
def iris(lead_provider, elm, on):
    on("2026-02-02")
    ashby = SchoolFactory(gias_school__name="Ashby Primary")
    oak = DeliveryPartnerFactory(name="Oak Hub")
    iris = training(
        lead_provider, 2022, school=ashby, delivery_partner=elm, started_on=date(2022, 9, 1)
    )
    for number, partner in enumerate((oak, elm), start=1):
        SchoolPartnershipFactory(
            school=ashby,
            lead_provider=lead_provider,
            delivery_partner=partner,
            year=2024,
            created_at=noon(date(2024, 9, number)),
        )
    return iris


def move(api, who, cohort, name=EXTENDED):
    return act(api, who, "change-schedule", schedule_identifier=name, cohort=cohort)


def test_12_a_participant_of_a_frozen_cohort_moves_to_another(api, iris, elm):
    assert titles(declare(api, iris, "completed", "2024-06-10T09:00:00Z")) == ["cohort"]

    shown = enrolment(move(api, iris, "2024"))

    assert (shown["cohort"], shown["schedule_identifier"]) == ("2024", EXTENDED)
    assert shown["delivery_partner_id"] == str(elm.api_id)
    assert shown["cohort_changed_after_payments_frozen"] is True
    iris.teacher.refresh_from_db()
    assert iris.teacher.ect_payments_frozen_year_id == 2022
    assert stretches(iris.teacher) == [
        (date(2022, 9, 1), date(2026, 2, 1)),
        (date(2026, 2, 2), None),
    ]


def test_12_a_mistaken_move_is_undone_the_next_day(api, iris, on):
    move(api, iris, "2024")
    on("2026-02-03")

    shown = enrolment(move(api, iris, "2022", "ecf-standard-september"))

    assert shown["cohort"] == "2022"
    assert shown["cohort_changed_after_payments_frozen"] is False
    iris.teacher.refresh_from_db()
    assert iris.teacher.ect_payments_frozen_year is None


@pytest.mark.parametrize(
    ("cohort", "expected"), [("2021", "payments_frozen"), ("2026", "no_partnership")]
)
def test_12_other_cohorts_are_refused(api, iris, elm, lead_provider, cohort, expected):
    if cohort == "2021":
        SchoolPartnershipFactory(
            school=iris.school, lead_provider=lead_provider, delivery_partner=elm, year=2021
        )
    move(api, iris, "2024")

    assert refused(move(api, iris, cohort)) == [f"cohort {expected}"]


# -- 13. Clawback ----------------------------------------------------------------------------


def void(api, declaration):
    return api.request("PUT", f"{PATH}/{declaration.api_id}/void")


def test_13_a_paid_declaration_is_clawed_back(api, lead_provider, on):
    on("2026-02-02")
    (march,) = statements(lead_provider, "2026-03-31")
    jon = DeclarationFactory(training_period=training(lead_provider), paid=True)

    voided = void(api, jon)

    assert state(voided) == "awaiting-clawback"
    shown = voided.json()["data"]["attributes"]
    assert shown["clawback_statement_id"] == str(march.api_id)
    assert titles(void(api, jon)) == ["participant_declaration_id"]

    on("2026-04-01")
    close_due_statements(date(2026, 4, 1), author=SYSTEM)
    march.refresh_from_db()
    authorise_statement(march, author=SYSTEM)

    jon.refresh_from_db()
    assert (jon.state, jon.payment_status) == ("clawed-back", "paid")
    assert titles(void(api, jon)) == ["participant_declaration_id"]


def test_13_without_a_later_statement_it_is_refused_and_the_year_named(api, lead_provider, on):
    on("2026-02-02")
    jon = DeclarationFactory(training_period=training(lead_provider, 2022), paid=True)

    response = void(api, jon)

    assert titles(response) == ["participant_declaration_id"]
    assert "2022" in response.json()["errors"][0]["detail"]


# -- 14. Mentor completes, then void ---------------------------------------------------------


@pytest.fixture
def kay(lead_provider, on):
    on("2026-04-25")
    statements(lead_provider, "2026-07-31")
    teacher = TeacherFactory(mentor_first_became_eligible_for_training_at=noon(date(2025, 9, 1)))
    return training(lead_provider, for_mentor=True, teacher=teacher)


def complete(api, kay):
    at, evidence = "2026-04-20T09:00:00Z", "75-percent-engagement-met"
    response = declare(api, kay, "completed", at, evidence_held=evidence)
    assert state(response) == "eligible"
    return Declaration.objects.get(api_id=response.json()["data"]["id"])


def test_14_a_mentor_completes(api, kay):
    mentorship = MentorshipPeriodFactory(mentor_at_school_period=kay.mentor_at_school_period)

    complete(api, kay)

    shown = enrolment(api.get(f"/participants/{kay.teacher.api_id}"), "mentor")
    assert shown["mentor_funding_end_date"] == "2026-04-20"
    assert shown["mentor_ineligible_for_funding_reason"] == "completed_declaration_received"
    assert shown["participant_status"] == "active"
    assert stretches(kay.teacher, "mentor") == [(date(2025, 9, 1), date(2026, 4, 20))]
    mentorship.refresh_from_db()
    assert mentorship.finished_on is None


def test_14_finance_voids_it_and_the_training_is_open_again(api, kay, on):
    declaration, finance = complete(api, kay), StaffUserFactory()
    on("2026-05-10")

    void_declaration(declaration, author=Author.staff(finance), by_user=finance)

    declaration.refresh_from_db()
    assert (declaration.state, declaration.voided_by_user) == ("voided", finance)
    shown = enrolment(api.get(f"/participants/{kay.teacher.api_id}"), "mentor")
    assert shown["mentor_funding_end_date"] is None
    assert shown["mentor_ineligible_for_funding_reason"] is None
    assert stretches(kay.teacher, "mentor") == [(date(2025, 9, 1), None)]
    assert complete(api, kay) != declaration


# -- 15. Defer and resume --------------------------------------------------------------------


@pytest.fixture
def leo(api, lead_provider, on):
    leo = training(lead_provider)
    on("2026-01-12T10:00:00+00:00")
    shown = enrolment(act(api, leo, "defer", reason="parental-leave"))
    assert shown["training_status"] == "deferred"
    assert shown["participant_status"] == "left"
    assert shown["deferral"] == {"reason": "parental-leave", "date": "2026-01-12T10:00:00Z"}
    return leo


def test_15_training_is_deferred_and_resumed(api, leo, on):
    assert stretches(leo.teacher) == [(date(2025, 9, 1), date(2026, 1, 12))]
    assert refused(act(api, leo, "resume")) == ["participant_id resumed_too_soon"]

    on("2026-02-01")
    moved = act(api, leo, "change-schedule", schedule_identifier=EXTENDED)
    assert refused(moved) == ["participant_id stopped"]

    on("2026-02-02")
    shown = enrolment(act(api, leo, "resume"))
    assert (shown["training_status"], shown["deferral"]) == ("active", None)
    assert stretches(leo.teacher) == [
        (date(2025, 9, 1), date(2026, 1, 12)),
        (date(2026, 2, 2), None),
    ]
    leo.refresh_from_db()
    assert leo.deferral_reason == "parental_leave"
    assert refused(act(api, leo, "defer", reason="other")) == ["participant_id started_today"]


# -- 16. Resume blocked ----------------------------------------------------------------------


def test_16_training_that_the_school_now_leads_is_not_resumed(api, leo, on):
    TrainingPeriodFactory(
        ect_at_school_period=leo.ect_at_school_period,
        school_led=True,
        started_on=date(2026, 1, 20),
    )
    on("2026-02-02")

    assert refused(act(api, leo, "resume")) == ["participant_id training_is_school_led"]


@pytest.mark.parametrize("day", ["2026-01-31", "2026-02-02"])
def test_16_training_at_a_school_that_was_left_is_not_resumed(api, leo, on, day):
    finish_placement(
        leo.ect_at_school_period,
        last_day=date(2026, 1, 31),
        author=SCHOOL,
        reported_by=leo.school,
    )
    on(day)

    assert refused(act(api, leo, "resume")) == ["participant_id left_school"]


# -- 17. Wrong reason / wrong role -----------------------------------------------------------


def test_17_reasons_and_courses_must_fit_the_participant(api, api_client, lead_provider, on):
    on("2026-02-02")
    leo = training(lead_provider)
    reason = "mentor-no-longer-being-mentor"

    assert refused(act(api, leo, "withdraw", reason=reason)) == ["reason not_for_ects"]
    as_mentor = act(api, leo, "withdraw", reason=reason, course_identifier="ecf-mentor")
    assert refused(as_mentor) == ["course_identifier never_trained"]
    northgate = api_client(LeadProviderFactory(name="Northgate Teach"))
    assert act(northgate, leo, "withdraw", reason="other").status_code == 404


# -- 18. Joining participant -----------------------------------------------------------------


def test_18_who_is_joining_can_only_change_schedule(api, api_client, lead_provider, on):
    northgate = api_client(LeadProviderFactory(name="Northgate Teach"))
    mia = TeacherFactory()
    ashby = ECTAtSchoolPeriodFactory(
        teacher=mia, started_on=date(2025, 9, 1), finished_on=date(2026, 8, 31)
    )
    training(northgate.lead_provider, ect_at_school_period=ashby, finished_on=date(2026, 8, 31))
    brook = ECTAtSchoolPeriodFactory(teacher=mia, started_on=date(2026, 9, 1))
    mine = training(lead_provider, 2026, ect_at_school_period=brook)
    on("2026-07-01")

    shown = enrolment(api.get(f"/participants/{mia.api_id}"))
    assert shown["participant_status"] == "joining"
    assert refused(act(api, mine, "withdraw", reason="other")) == ["participant_id not_started"]
    assert refused(act(api, mine, "defer", reason="other")) == ["participant_id not_started"]
    reduced = {"schedule_identifier": "ecf-reduced-september"}
    changed = act(api, mine, "change-schedule", **reduced)
    assert enrolment(changed)["schedule_identifier"] == "ecf-reduced-september"
    assert mia.training_periods.get(schedule=schedule(2026, "reduced-september")).pk == mine.pk
    theirs = act(northgate, mia, "change-schedule", **reduced)
    assert refused(theirs) == ["participant_id later_training"]


# -- 19. Completed ECT to reduced ------------------------------------------------------------


@pytest.fixture
def noor(lead_provider):
    return training(lead_provider)


def passes(noor):
    induction = InductionPeriodFactory(teacher=noor.teacher, started_on=date(2025, 9, 1))
    pass_induction(
        induction,
        finished_on=date(2026, 6, 10),
        number_of_terms=Decimal(3),
        terms_reason=TermsReason.PRIOR_EXPERIENCE,
        author=SYSTEM,
    )


def test_19_an_ect_who_passed_moves_to_a_reduced_schedule_only(api, noor, on):
    on("2026-06-10")
    passes(noor)
    on("2026-06-17")

    extended = act(api, noor, "change-schedule", schedule_identifier=EXTENDED)
    assert refused(extended) == ["participant_id ect_completed"]
    reduced = act(api, noor, "change-schedule", schedule_identifier="ecf-reduced-september")

    shown = enrolment(reduced)
    assert (shown["schedule_identifier"], shown["participant_status"]) == (
        "ecf-reduced-september",
        "active",
    )
    assert stretches(noor.teacher) == [(date(2025, 9, 1), date(2026, 6, 10))]
    event = Event.objects.get(event_type="teacher_changes_schedule_training_period")
    assert event.metadata["new_training_period_id"] == noor.pk


def test_19_declarations_before_the_reduced_schedule_begins_do_not_stop_it(api, noor, on):
    on("2025-10-14")
    declared = DeclarationFactory(training_period=noor)
    on("2026-06-10")
    passes(noor)
    on("2026-06-17")

    reduced = act(api, noor, "change-schedule", schedule_identifier="ecf-reduced-april")

    assert enrolment(reduced)["schedule_identifier"] == "ecf-reduced-april"
    declared.refresh_from_db()
    assert declared.training_period_id == noor.pk


def test_19_an_ect_who_was_withdrawn_before_does_not(api, noor, on):
    on("2026-05-11")
    act(api, noor, "withdraw", reason="other")
    on("2026-06-10")
    passes(noor)
    on("2026-06-17")

    reduced = act(api, noor, "change-schedule", schedule_identifier="ecf-reduced-september")
    assert refused(reduced) == ["participant_id stopped"]
