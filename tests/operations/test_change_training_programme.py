"""A school puts an ECT on another programme: every row of spec 05 §9.3, and §21 row 11."""

from datetime import date

import pytest

from register_ects.models import ContractPeriod, Event, TrainingPeriod
from register_ects.operations.training.changes import change_training_programme
from register_ects.operations.training.proposed import (
    mentor_trained_too,
    proposed_change_of_programme,
)
from register_ects.rules.enumerations import MentorFundingEndReason
from register_ects.rules.problems import RuleBroken
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    noon,
)
from tests.operations.training_to_change import (
    TOMORROW,
    YESTERDAY,
    asha,
    ben,
    birch,
    days,
    make_provider,
    mentored,
    partnership,
    problems,
    schedule,
    school_led,
    told,
    trained,
)
from tests.registrations import AUTHOR, DAY

__all__ = ["asha", "ben", "birch", "mentored"]


def to_school_led(ect, **changes):
    return change_training_programme(ect, "school_led", author=AUTHOR, **changes).training


def to_provider(ect, provider, **changes):
    return change_training_programme(
        ect, "provider_led", lead_provider=provider, author=AUTHOR, **changes
    )


# -- To school-led ---------------------------------------------------------------------------


def test_confirmed_training_ends_yesterday_and_the_schools_starts_today(world, asha):
    asha.finished_on = date(2027, 1, 31)
    asha.save()
    old = trained(world, asha, finished_on=asha.finished_on)

    new = to_school_led(asha)

    assert days(old) == (date(2025, 9, 1), YESTERDAY)
    assert days(new) == (DAY, date(2027, 1, 31))
    assert (new.lead_provider, new.schedule, new.contract_period) == (None, None, None)
    assert told() == ["teacher_finishes_training_period", "teacher_training_programme_updated"]


def test_the_event_tells_the_old_programme_and_the_new(world, asha):
    trained(world, asha)

    new = to_school_led(asha)

    event = Event.objects.get(event_type="teacher_training_programme_updated")
    assert event.modifications == ["Training programme changed from 'Provider-led' to 'School-led'"]
    assert (event.teacher, event.training_period) == (asha.teacher, new)


@pytest.mark.parametrize("state", [{}, {"eoi_only": True}])
def test_training_that_starts_today_is_removed(world, asha, state):
    """Spec 05 §21 row 11; the event of it stays."""
    trained(world, asha, started_on=DAY, **state)

    new = to_school_led(asha)

    assert TrainingPeriod.objects.get() == new
    assert days(new) == (DAY, None)
    assert told() == ["teacher_finishes_training_period", "teacher_training_programme_updated"]


def test_training_that_starts_later_is_removed(world, asha):
    trained(world, asha, started_on=date(2026, 10, 5))

    assert days(to_school_led(asha)) == (DAY, None)
    assert TrainingPeriod.objects.count() == 1


def test_training_of_an_ect_who_has_not_started_is_removed(world):
    ahead = ECTAtSchoolPeriodFactory(school=world.oak, started_on=date(2026, 10, 5))
    trained(world, ahead, 2026)

    assert days(to_school_led(ahead)) == (date(2026, 10, 5), None)
    assert TrainingPeriod.objects.count() == 1


def test_an_unconfirmed_interest_is_removed(world, asha):
    trained(world, asha, eoi_only=True)

    assert days(to_school_led(asha)) == (DAY, None)
    assert TrainingPeriod.objects.count() == 1


@pytest.mark.parametrize("trait", ["withdrawn", "deferred"])
@pytest.mark.parametrize("state", [{}, {"eoi_only": True}])
def test_training_that_has_already_ended_is_left_as_it_is(world, asha, trait, state):
    """Spec 05 §9.3 Improve (a)."""
    stopped = trained(world, asha, **state, **{trait: True}, finished_on=date(2026, 7, 1))

    new = to_school_led(asha)

    assert days(stopped) == (date(2025, 9, 1), date(2026, 7, 1))
    assert new.started_on == DAY


def test_training_that_was_stopped_today_is_followed_tomorrow(world, asha):
    stopped = trained(world, asha, withdrawn=True, finished_on=DAY)

    new = to_school_led(asha)

    assert (days(stopped)[1], new.started_on) == (DAY, TOMORROW)
    back = to_provider(asha, world.larch).training
    assert days(back) == (TOMORROW, None)
    assert set(TrainingPeriod.objects.all()) == {stopped, back}


@pytest.mark.parametrize(("started_on", "last_day"), [(date(2026, 8, 1), YESTERDAY), (DAY, DAY)])
def test_training_with_declarations_ends_and_is_never_removed(world, asha, started_on, last_day):
    """Spec 05 §9.3 Improve (b)."""
    old = trained(world, asha, started_on=started_on)
    DeclarationFactory(training_period=old, declaration_date=noon(started_on))

    new = to_school_led(asha)

    assert days(old) == (started_on, last_day)
    assert new.started_on == (DAY if last_day == YESTERDAY else TOMORROW)


# -- To provider-led -------------------------------------------------------------------------


def test_school_led_training_ends_yesterday_and_the_providers_starts_today(world, birch, asha):
    old = school_led(asha)

    new = to_provider(asha, birch).training

    assert days(old) == (date(2025, 9, 1), YESTERDAY)
    assert days(new) == (DAY, None)
    assert (new.lead_provider, new.is_confirmed) == (birch, False)
    assert new.schedule == schedule(2026, "standard-september")
    assert told() == [
        "teacher_finishes_training_period",
        "teacher_schedule_assigned_to_training_period",
        "teacher_training_programme_updated",
    ]


def test_school_led_training_that_starts_today_is_removed(birch, asha):
    school_led(asha, started_on=DAY)

    new = to_provider(asha, birch).training

    assert TrainingPeriod.objects.get() == new


def test_the_schools_partnership_confirms_it(world, birch, asha):
    school_led(asha)
    agreed = partnership(world, birch, 2026)

    assert to_provider(asha, birch).training.school_partnership == agreed


def after_provider_led(world, asha, year, **changes):
    """Return school-led training from September 2025 that followed a provider's of a year."""
    asha.started_on = date(year, 9, 1)
    asha.save()
    trained(world, asha, year, "standard-january", finished_on=date(2025, 8, 31), **changes)
    return school_led(asha, started_on=date(2025, 9, 1))


def test_the_last_providers_contract_period_and_schedule_are_kept(world, birch, asha):
    after_provider_led(world, asha, 2024)

    assert to_provider(asha, birch).training.schedule == schedule(2024, "standard-january")


def test_provider_led_training_at_another_school_counts_too(world, birch, asha):
    earlier = ECTAtSchoolPeriodFactory(
        teacher=asha.teacher,
        school=world.elm,
        started_on=date(2024, 9, 1),
        finished_on=date(2025, 8, 31),
    )
    trained(
        world,
        earlier,
        2024,
        "reduced-september",
        school=world.elm,
        finished_on=date(2025, 8, 31),
    )
    school_led(asha)

    assert to_provider(asha, birch).training.schedule == schedule(2024, "reduced-september")


def test_an_ect_last_trained_in_a_frozen_period_goes_to_its_successor(world, birch, asha):
    after_provider_led(world, asha, 2022)

    new = to_provider(asha, birch).training

    assert new.schedule == schedule(2024, "extended-september")
    asha.teacher.refresh_from_db()
    assert asha.teacher.ect_payments_frozen_year_id == 2022


def test_the_successor_year_stands_on_the_contract_period(world, birch, asha):
    """Spec 05 §6.5 Improve."""
    ContractPeriod.objects.filter(year=2022).update(successor=2025)
    after_provider_led(world, asha, 2022)

    assert to_provider(asha, birch).training.schedule == schedule(2025, "extended-september")


def test_offers_the_providers_of_the_period_that_it_is_written_to(world, asha):
    """Spec 05 §9.3 Improve (e): not of the period that the ECT started in."""
    school_led(asha)
    make_provider("Birch", 2025)
    cedar = make_provider("Cedar", 2026)

    offered = proposed_change_of_programme(asha).lead_providers()

    assert offered == [cedar, world.larch]
    assert to_provider(asha, cedar).training.lead_provider == cedar


def test_an_ect_without_any_training_may_get_it(world, asha):
    assert days(to_provider(asha, world.larch).training) == (DAY, None)


# -- The mentor ------------------------------------------------------------------------------


def test_the_mentor_trains_too_from_today(birch, asha, ben, mentored):
    school_led(asha)
    ben.finished_on = date(2027, 4, 1)
    mentored.finished_on = ben.finished_on
    mentored.save()
    ben.save()

    change = to_provider(asha, birch)

    trains = change.mentor_training
    assert trains.mentor_at_school_period == ben
    assert trains.lead_provider == birch
    assert days(trains) == (DAY, date(2027, 4, 1))
    assert Event.objects.filter(
        event_type="teacher_starts_training_period", training_period=trains
    ).exists()


def test_a_mentor_who_starts_later_trains_from_their_first_day(world, birch, asha):
    """Spec 05 §9.3 Improve (c)."""
    school_led(asha)
    later = MentorAtSchoolPeriodFactory(school=world.oak, started_on=date(2026, 10, 5))
    MentorshipPeriodFactory(
        ect_at_school_period=asha, mentor_at_school_period=later, started_on=later.started_on
    )

    assert days(to_provider(asha, birch).mentor_training) == (date(2026, 10, 5), None)


@pytest.mark.parametrize("why_not", ["trained before", "trains elsewhere", "completed", "left"])
def test_the_mentor_is_left_out_and_the_switch_goes_on(world, birch, asha, ben, mentored, why_not):
    """Spec 05 §9.3 Improve (c), spec 03 §12.2 Improve (b)."""
    school_led(asha)
    if why_not == "trained before":
        trained(world, ben, withdrawn=True, finished_on=date(2026, 7, 1))
    elif why_not == "trains elsewhere":
        other = MentorAtSchoolPeriodFactory(
            teacher=ben.teacher, school=world.elm, started_on=date(2025, 9, 1)
        )
        trained(world, other, school=world.elm)
    elif why_not == "completed":
        ben.teacher.mentor_became_ineligible_for_funding_on = date(2025, 7, 1)
        ben.teacher.mentor_became_ineligible_for_funding_reason = (
            MentorFundingEndReason.STARTED_NOT_COMPLETED
        )
        ben.teacher.save()
    else:
        mentored.finished_on = YESTERDAY
        mentored.save()
    before = TrainingPeriod.objects.filter(trainee_role="mentor").count()

    change = to_provider(asha, birch)

    assert change.training.started_on == DAY
    assert change.mentor_training is None
    assert TrainingPeriod.objects.filter(trainee_role="mentor").count() == before


def test_a_provider_without_a_contract_in_the_mentors_period_trains_the_ect_alone(
    world, asha, mentored
):
    birch = make_provider("Birch", 2024)
    after_provider_led(world, asha, 2024)

    assert mentor_trained_too(asha, birch, starts_on=DAY) is None
    assert to_provider(asha, birch).mentor_training is None


def test_the_mentors_training_goes_on_when_the_ect_becomes_school_led(world, asha, ben, mentored):
    trained(world, asha)
    trains = trained(world, ben)

    to_school_led(asha)

    assert days(trains) == (date(2025, 9, 1), None)


# -- Refusals --------------------------------------------------------------------------------


def test_the_programme_that_they_are_on_is_refused(world, birch, asha):
    trained(world, asha)

    with pytest.raises(RuleBroken) as broken:
        to_provider(asha, birch)

    assert problems(broken) == ["training_programme no_change"]


def test_who_has_left_is_refused(world, asha):
    trained(world, asha, finished_on=YESTERDAY)
    asha.finished_on = YESTERDAY
    asha.save()

    with pytest.raises(RuleBroken) as broken:
        to_school_led(asha)

    assert problems(broken) == ["has_left"]


def test_what_changed_meanwhile_is_not_undone_unseen(world, asha):
    trained(world, asha)
    seen = proposed_change_of_programme(asha).mark
    to_school_led(asha, seen=seen)

    with pytest.raises(RuleBroken) as broken:
        to_provider(asha, world.larch, seen=seen)

    assert problems(broken) == ["shown changed_meanwhile"]


def test_nothing_is_changed_when_the_provider_is_refused(world, asha):
    old = school_led(asha)

    with pytest.raises(RuleBroken) as broken:
        to_provider(asha, make_provider("Birch", 2025))

    assert problems(broken) == ["lead_provider not_active"]
    assert days(old) == (date(2025, 9, 1), None)
