"""What changing a schedule or cohort does to training and the person (spec 03 §9.6, §10)."""

from datetime import date

import pytest

from register_ects.models import Event, TrainingPeriod
from register_ects.operations.base import Author
from register_ects.operations.training.schedule_changes import change_schedule
from register_ects.rules.problems import RuleBroken
from register_ects.rules.schedule_changes import ScheduleRequest
from tests.factories import (
    ActiveLeadProviderFactory,
    ContractPeriodFactory,
    DeclarationFactory,
    DeliveryPartnerFactory,
    LeadProviderFactory,
    MentorshipPeriodFactory,
    ScheduleFactory,
    SchoolPartnershipFactory,
    TrainingPeriodFactory,
    noon,
)

TODAY, YESTERDAY, BEGUN = date(2026, 1, 20), date(2026, 1, 19), date(2025, 9, 1)
EXTENDED = "ecf-extended-september"


@pytest.fixture(autouse=True)
def _january(on):
    on("2026-01-20")
    for year in (2021, 2022, 2024, 2025):
        period = ContractPeriodFactory(year=year, frozen=year < 2023)
        for trait in ({}, {"extended": True}, {"reduced": True}, {"replacement": True}):
            ScheduleFactory(contract_period=period, **trait)


@pytest.fixture
def train(harbour):
    return lambda **changes: TrainingPeriodFactory(lead_provider=harbour, **changes)


@pytest.fixture
def partner_in():
    """``partner_in(2024, training)`` gives the provider a partnership with the school then."""

    def make(year, training, **changes):
        return SchoolPartnershipFactory(
            school=training.school, lead_provider=training.lead_provider, year=year, **changes
        )

    return make


def change(training, identifier=EXTENDED, cohort=None):
    course = "ecf-induction" if training.ect_at_school_period_id else "ecf-mentor"
    provider = training.lead_provider
    return change_schedule(
        provider,
        training.teacher_id,
        ScheduleRequest(course, identifier, cohort and str(cohort)),
        author=Author.lead_provider(provider),
    )


# -- Training --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "finished_on",
    [pytest.param(None, id="open"), pytest.param(date(2026, 3, 31), id="leaving")],
)
def test_begun_training_ends_yesterday_and_new_training_keeps_the_end(train, finished_on):
    old = train(finished_on=finished_on)

    new = change(old)

    old.refresh_from_db()
    assert (old.started_on, old.finished_on) == (BEGUN, YESTERDAY)
    assert old.schedule.identifier == "ecf-standard-september"
    assert (new.started_on, new.finished_on) == (TODAY, finished_on)
    assert new.schedule.identifier == EXTENDED
    assert new.school_partnership == old.school_partnership
    assert new.placement == old.placement


@pytest.mark.parametrize("started_on", [TODAY, date(2026, 4, 20)])
def test_training_that_has_not_run_yet_is_changed_in_place(train, started_on):
    training = train(started_on=started_on, finished_on=date(2026, 7, 20))

    assert change(training) == training

    training.refresh_from_db()
    assert training.schedule.identifier == EXTENDED
    assert (training.started_on, training.finished_on) == (started_on, date(2026, 7, 20))


def test_declarations_and_mentorships_stay_with_the_old_training(train):
    old = train()
    MentorshipPeriodFactory(ect_at_school_period=old.ect_at_school_period)
    declaration = DeclarationFactory(training_period=old, eligible=True)

    change(old)

    declaration.refresh_from_db()
    assert (declaration.training_period, declaration.state) == (old, "eligible")
    assert declaration.contract_period_id == 2025


@pytest.mark.parametrize("has_interest", [True, False])
def test_an_expression_of_interest_follows_in_place_and_is_not_taken_on(
    train, harbour, partner_in, has_interest
):
    interest = ActiveLeadProviderFactory(lead_provider=harbour, year=2025)
    training = train(started_on=TODAY, expression_of_interest=interest if has_interest else None)
    partnership = partner_in(2024, training)

    change(training, cohort=2024)

    training.refresh_from_db()
    pairing = partnership.lead_provider_delivery_partnership
    assert training.expression_of_interest == (
        pairing.active_lead_provider if has_interest else None
    )
    assert training.contract_period_id == 2024


def test_new_training_has_no_expression_of_interest(train, harbour):
    interest = ActiveLeadProviderFactory(lead_provider=harbour, year=2025)

    assert change(train(expression_of_interest=interest)).expression_of_interest is None


def test_the_same_delivery_partner_is_kept_in_another_cohort(train, partner_in):
    elm = DeliveryPartnerFactory()
    old = train(delivery_partner=elm)
    wanted = partner_in(2024, old, delivery_partner=elm, created_at=noon(date(2024, 9, 1)))
    partner_in(2024, old, created_at=noon(date(2024, 9, 2)))

    assert change(old, cohort=2024).school_partnership == wanted


def test_otherwise_the_partnership_made_last_is_taken(train, partner_in):
    old = train()
    made_on = (date(2024, 9, 1), date(2024, 9, 3), date(2024, 9, 2))
    _, last, _ = (partner_in(2024, old, created_at=noon(day)) for day in made_on)

    assert change(old, cohort=2024).school_partnership == last


def test_another_schools_or_providers_partnership_does_not_serve(train, harbour):
    old = train()
    SchoolPartnershipFactory(school=old.school, lead_provider=LeadProviderFactory(), year=2024)
    SchoolPartnershipFactory(lead_provider=harbour, year=2024)

    with pytest.raises(RuleBroken, match="cohort no_partnership"):
        change(old, cohort=2024)


def test_a_mentor_may_move_to_a_replacement_schedule(train):
    new = change(train(for_mentor=True), "ecf-replacement-september")

    assert (new.trainee_role, new.schedule.kind) == ("mentor", "replacement")


# -- The account -----------------------------------------------------------------------------


def test_a_change_is_told_with_both_schedules(train, harbour):
    old = train(teacher__trs_first_name="Ada", teacher__trs_last_name="Okafor")

    new = change(old)

    assigned, told = Event.objects.order_by("pk")
    assert assigned.event_type == "teacher_schedule_assigned_to_training_period"
    assert assigned.training_period == new
    assert told.event_type == "teacher_changes_schedule_training_period"
    assert told.heading == (
        "Harbour Learning moved Ada Okafor from standard September for 2025"
        " to extended September for 2025"
    )
    assert (told.teacher, told.training_period, told.schedule, told.lead_provider) == (
        old.teacher,
        old,
        old.schedule,
        harbour,
    )
    assert told.metadata == {
        "new_training_period_id": new.pk,
        "old_schedule_id": old.schedule_id,
        "new_schedule_id": new.schedule_id,
    }


def test_nothing_is_written_when_a_rule_is_broken(train):
    training = train()

    with pytest.raises(RuleBroken, match="cohort unknown"):
        change(training, cohort=2099)

    assert list(TrainingPeriod.objects.all()) == [training]
    assert not Event.objects.exists()


@pytest.mark.parametrize(("cohort", "expected"), [(2025, []), (2099, ["cohort unknown"])])
def test_a_cohort_is_looked_up_though_the_course_is_wrong(harbour, train, cohort, expected):
    request = ScheduleRequest("ecf-mentor", EXTENDED, str(cohort))

    with pytest.raises(RuleBroken) as broken:
        change_schedule(harbour, train().teacher_id, request, author=Author.system())

    found = [f"{problem.field} {problem.code}" for problem in broken.value.problems]
    assert found == ["course_identifier never_trained", *expected]


# -- Frozen contract periods -----------------------------------------------------------------


def frozen_year(training):
    teacher = training.teacher
    teacher.refresh_from_db()
    role = training.trainee_role
    return getattr(teacher, f"{role}_payments_frozen_year_id")


@pytest.mark.parametrize("role", ["ect", "mentor"])
def test_leaving_a_frozen_year_is_remembered_for_the_role(train, partner_in, role):
    old = train(year=2022, for_mentor=role == "mentor")
    partner_in(2024, old)

    new = change(old, cohort=2024)

    assert new.contract_period_id == 2024
    assert frozen_year(old) == 2022
    other = "ect" if role == "mentor" else "mentor"
    assert getattr(old.teacher, f"{other}_payments_frozen_year_id") is None


def test_going_back_is_allowed_to_that_year_only_and_is_forgotten(train, partner_in, on):
    old = train(year=2022)
    for year in (2021, 2024):
        partner_in(year, old)
    change(old, cohort=2024)
    on("2026-01-21")

    with pytest.raises(RuleBroken, match="cohort payments_frozen"):
        change(old, cohort=2021)
    assert change(old, cohort=2022).contract_period_id == 2022
    assert frozen_year(old) is None


def test_from_one_frozen_year_to_the_recorded_other_the_left_one_is_remembered(train, partner_in):
    old = train(year=2022, teacher__ect_payments_frozen_year=ContractPeriodFactory(year=2021))
    partner_in(2021, old)

    change(old, cohort=2021)

    assert frozen_year(old) == 2022


def test_moving_between_open_years_keeps_what_is_remembered(train, partner_in):
    old = train(teacher__ect_payments_frozen_year=ContractPeriodFactory(year=2022))
    partner_in(2024, old)

    change(old, cohort=2024)

    assert frozen_year(old) == 2022


def test_a_frozen_year_is_left_in_place_too(train, partner_in):
    joining = train(year=2022, started_on=TODAY)
    partner_in(2024, joining)

    assert change(joining, cohort=2024) == joining
    assert frozen_year(joining) == 2022
