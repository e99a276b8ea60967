"""Who takes over from a mentor in training: rule 4 of spec 03 §2.5."""

from datetime import date, timedelta

import pytest

from register_ects.operations.training.plans import replaces_a_trained_mentor
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TeacherFactory,
    TrainingPeriodFactory,
    noon,
)

FIRST, LAST = date(2025, 9, 15), date(2025, 10, 31)
DAY = timedelta(days=1)


pytestmark = pytest.mark.day("2026-02-10")


@pytest.fixture
def mentorship():
    """A mentorship that has ended, of an ECT in provider-led training."""
    ect = ECTAtSchoolPeriodFactory()
    TrainingPeriodFactory(ect_at_school_period=ect)
    return MentorshipPeriodFactory(ect_at_school_period=ect, started_on=FIRST, finished_on=LAST)


@pytest.fixture
def ect(mentorship):
    return mentorship.ect_at_school_period


@pytest.fixture
def mentor(mentorship):
    return mentorship.mentor_at_school_period


def declare(mentor, day, **changes):
    training = TrainingPeriodFactory(mentor_at_school_period=mentor)
    return DeclarationFactory(training_period=training, declaration_date=noon(day), **changes)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (FIRST - DAY, False),
        (FIRST, True),
        (LAST, True),
        (LAST + DAY, False),
    ],
)
def test_the_other_mentors_declaration_is_dated_within_the_mentorship(ect, mentor, day, expected):
    declare(mentor, day)

    assert replaces_a_trained_mentor(TeacherFactory(), ect) is expected


@pytest.mark.parametrize("day", [FIRST, date(2025, 12, 1)])
def test_only_the_mentorship_of_this_ect_counts(ect, mentor, day):
    another = ECTAtSchoolPeriodFactory(school=ect.school)
    MentorshipPeriodFactory(
        ect_at_school_period=another, mentor_at_school_period=mentor, started_on=LAST + DAY
    )
    declare(mentor, day)

    assert replaces_a_trained_mentor(TeacherFactory(), ect) is (day == FIRST)


@pytest.mark.parametrize(("state", "expected"), [("paid", True), ("voided", False)])
def test_a_voided_declaration_is_none(ect, mentor, state, expected):
    declare(mentor, FIRST, **{state: True})

    assert replaces_a_trained_mentor(TeacherFactory(), ect) is expected


def test_a_declaration_as_an_ect_does_not_count(ect, mentor):
    as_ect = TrainingPeriodFactory(teacher=mentor.teacher)
    DeclarationFactory(training_period=as_ect, declaration_date=noon(FIRST))

    assert not replaces_a_trained_mentor(TeacherFactory(), ect)


def test_nobody_takes_over_from_themself(ect, mentor):
    declare(mentor, FIRST)

    assert not replaces_a_trained_mentor(mentor.teacher, ect)


def test_who_is_not_fundable_replaces_nobody(ect, mentor):
    declare(mentor, FIRST)
    ended = TeacherFactory(
        mentor_became_ineligible_for_funding_on=date(2021, 4, 19),
        mentor_became_ineligible_for_funding_reason="completed_during_early_roll_out",
    )

    assert not replaces_a_trained_mentor(ended, ect)


def test_a_mentee_whose_school_leads_training_gives_no_replacement(mentor):
    declare(mentor, FIRST)
    placement = ECTAtSchoolPeriodFactory(school=mentor.school)
    TrainingPeriodFactory(ect_at_school_period=placement, school_led=True)
    MentorshipPeriodFactory(
        ect_at_school_period=placement, mentor_at_school_period=mentor, started_on=FIRST
    )

    assert not replaces_a_trained_mentor(TeacherFactory(), placement)
