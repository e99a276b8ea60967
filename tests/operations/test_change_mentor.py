"""A school gives an ECT another mentor: what spec 05 §9.4 changes besides the mentorship."""

from datetime import date

import pytest

from register_ects.models import TrainingPeriod
from register_ects.operations.placements.mentoring import assign_mentor
from tests.factories import (
    DeclarationFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    noon,
)
from tests.operations.training_to_change import (
    YESTERDAY,
    asha,
    ben,
    birch,
    days,
    schedule,
    told,
    trained,
)
from tests.registrations import AUTHOR, DAY

__all__ = ["asha", "ben", "birch"]


@pytest.fixture
def mentored(world, asha, ben):
    """Asha in training with Larch, mentored by Ben."""
    trained(world, asha)
    return MentorshipPeriodFactory(
        ect_at_school_period=asha, mentor_at_school_period=ben, started_on=date(2025, 9, 1)
    )


@pytest.mark.parametrize(
    ("starts_here", "trains_from"),
    [(date(2024, 9, 1), DAY), (date(2026, 10, 5), date(2026, 10, 5))],
)
def test_the_new_mentor_trains_from_today_or_their_own_first_day(
    world, birch, asha, mentored, starts_here, trains_from
):
    new = MentorAtSchoolPeriodFactory(school=world.oak, started_on=starts_here)

    assign_mentor(asha, new, author=AUTHOR, lead_provider=birch)

    training = new.training_periods.get()
    assert (training.started_on, training.lead_provider) == (trains_from, birch)


def test_both_mentors_and_the_ect_are_told(world, asha, mentored):
    new = MentorAtSchoolPeriodFactory(school=world.oak)

    assign_mentor(asha, new, author=AUTHOR)

    assert days(mentored) == (date(2025, 9, 1), YESTERDAY)
    assert told() == [
        "teacher_finishes_being_mentored",
        "teacher_finishes_mentoring",
        "teacher_starts_being_mentored",
        "teacher_starts_mentoring",
    ]


def test_the_old_mentors_training_goes_on_without_an_ect(world, asha, ben, mentored):
    trains = trained(world, ben)

    assign_mentor(asha, MentorAtSchoolPeriodFactory(school=world.oak), author=AUTHOR)

    assert days(trains) == (date(2025, 9, 1), None)


def test_who_replaces_a_mentor_that_was_declared_for_is_on_a_replacement_schedule(
    world, asha, ben, mentored
):
    declared = trained(world, ben)
    DeclarationFactory(training_period=declared, declaration_date=noon(date(2025, 10, 1)))
    new = MentorAtSchoolPeriodFactory(school=world.oak)

    assign_mentor(asha, new, author=AUTHOR, lead_provider=world.larch)

    assert new.training_periods.get().schedule == schedule(2026, "replacement-september")


def test_a_mentor_who_has_trained_before_gets_no_training(world, birch, asha, mentored):
    new = MentorAtSchoolPeriodFactory(school=world.oak, started_on=date(2025, 9, 1))
    trained(world, new, finished_on=date(2026, 1, 1))

    assign_mentor(asha, new, author=AUTHOR, lead_provider=birch)

    assert TrainingPeriod.objects.filter(mentor_at_school_period=new).count() == 1
