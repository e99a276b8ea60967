"""Correcting an ECT's start date: only where nothing else depends on it (spec 05 §9 Improve)."""

from datetime import date, timedelta

import pytest

from register_ects.models import Event
from register_ects.operations.placements.registration import register_ect
from register_ects.operations.placements.starts import correct_start
from register_ects.rules.problems import RuleBroken
from register_ects.rules.seen import mark_of
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    MentorshipPeriodFactory,
    SchoolPartnershipFactory,
)
from tests.registrations import AUTHOR, ect, world, worlds_rows  # noqa: F401

OLD = date(2026, 9, 1)
SEEN = mark_of(OLD)


@pytest.fixture
def asha(world):  # noqa: F811
    """Asha Rao at Oak from 1 September 2026, trained from 10 September, today."""
    SchoolPartnershipFactory(
        school=world.oak, lead_provider=world.larch, delivery_partner=world.tern, year=2026
    )
    return register_ect(world.oak, ect(world), author=AUTHOR)


def refused(placement, start, *, seen=SEEN):
    with pytest.raises(RuleBroken) as caught:
        correct_start(placement, start, seen=seen, author=AUTHOR)
    placement.refresh_from_db()
    assert placement.started_on == OLD
    (problem,) = caught.value.problems
    return problem.details.get("what", problem.code)


@pytest.mark.parametrize("start", [date(2026, 8, 24), date(2026, 9, 10)])
def test_the_date_is_corrected_and_nothing_else(asha, start):
    training = asha.training_periods.get()

    correct_start(asha, start, seen=SEEN, author=AUTHOR)

    asha.refresh_from_db()
    assert asha.started_on == start
    assert asha.training_periods.get().started_on == training.started_on
    event = Event.objects.get(event_type="teacher_school_start_date_corrected")
    assert event.metadata == {"started_on": ["2026-09-01", str(start)]}
    assert (event.teacher, event.school) == (asha.teacher, asha.school)


@pytest.mark.parametrize(
    ("start", "seen", "expected"),
    [
        (date(2026, 9, 11), SEEN, "training"),
        (OLD, SEEN, "unchanged"),
        (date(2024, 5, 31), SEEN, "before_earliest"),
        (date(2026, 9, 2), mark_of(date(2026, 9, 4)), "changed_meanwhile"),
    ],
)
def test_a_date_that_is_not_allowed_changes_nothing(asha, start, seen, expected):
    assert refused(asha, start, seen=seen) == expected


def test_nobody_corrects_the_start_of_declared_training(asha):
    DeclarationFactory(training_period=asha.training_periods.get())

    assert refused(asha, date(2026, 9, 2)) == "declarations"


def test_time_before_that_ended_for_this_one_depends_on_it(asha):
    ECTAtSchoolPeriodFactory(
        teacher=asha.teacher, started_on=date(2025, 9, 1), finished_on=OLD - timedelta(days=1)
    )

    assert refused(asha, date(2026, 9, 2)) == "other_school"


def test_mentoring_that_began_before_depends_on_it(asha):
    MentorshipPeriodFactory(ect_at_school_period=asha, started_on=date(2026, 9, 2))

    assert refused(asha, date(2026, 9, 3)) == "mentoring"


def test_an_induction_that_a_body_began_depends_on_it(asha):
    InductionPeriodFactory(teacher=asha.teacher, started_on=OLD)

    assert refused(asha, date(2026, 9, 2)) == "induction"
