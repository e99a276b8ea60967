"""Where periods may meet: the worked examples of spec 01 §13 on the real constraints."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from register_ects.models import ECTAtSchoolPeriod
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)


def day(text):
    return date.fromisoformat(text) if text else None


TWO_PERIODS = [
    pytest.param("2025-09-01", "2025-12-31", "2026-01-01", None, True, id="adjacent"),
    pytest.param("2025-09-01", "2025-12-31", "2025-12-31", None, False, id="starts on last day"),
    pytest.param("2025-12-31", None, "2025-09-01", "2025-12-31", False, id="ends on first day"),
    pytest.param("2025-12-31", None, "2025-09-01", "2025-12-30", True, id="ends the day before"),
    pytest.param("2025-09-01", "2025-12-31", "2025-10-15", "2025-10-15", False, id="one day in"),
    pytest.param("2025-10-15", "2025-10-15", "2025-09-01", "2025-12-31", False, id="around a day"),
    pytest.param("2025-10-15", "2025-10-15", "2025-10-15", "2025-10-15", False, id="same day"),
    pytest.param("2025-10-15", "2025-10-15", "2025-10-16", "2025-10-16", True, id="day after day"),
    pytest.param("2025-09-01", None, "2026-09-01", None, False, id="two open"),
    pytest.param("2026-09-01", None, "2025-09-01", None, False, id="open before a future one"),
]


def training(teacher, start, finish):
    return TrainingPeriodFactory(
        ect_at_school_period=ECTAtSchoolPeriod.objects.get(teacher=teacher),
        started_on=start,
        finished_on=finish,
    )


def induction(teacher, start, finish):
    return InductionPeriodFactory(
        teacher=teacher,
        started_on=start,
        finished_on=finish,
        number_of_terms=1 if finish else None,
    )


def placement(teacher, start, finish):
    return ECTAtSchoolPeriodFactory(teacher=teacher, started_on=start, finished_on=finish)


@pytest.mark.parametrize("make", [training, placement, induction])
@pytest.mark.parametrize(("start", "finish", "next_start", "next_finish", "allowed"), TWO_PERIODS)
def test_two_periods_of_a_person_never_share_a_day(
    make, start, finish, next_start, next_finish, allowed
):
    teacher = TeacherFactory()
    if make is training:
        ECTAtSchoolPeriodFactory(teacher=teacher)
    make(teacher, day(start), day(finish))

    if allowed:
        assert make(teacher, day(next_start), day(next_finish)).pk
        return
    with pytest.raises(IntegrityError, match="never_overlap"), transaction.atomic():
        make(teacher, day(next_start), day(next_finish))


def test_open_training_does_not_fit_a_finished_placement():
    finished = ECTAtSchoolPeriodFactory(finished_on=date(2025, 12, 20))
    with pytest.raises(IntegrityError, match="within its placement"):
        TrainingPeriodFactory(ect_at_school_period=finished)


def test_an_ect_moves_school_once_all_that_is_inside_is_closed():
    mentorship = MentorshipPeriodFactory()
    at_a = mentorship.ect_at_school_period
    training_at_a = TrainingPeriodFactory(ect_at_school_period=at_a)

    for inner in (mentorship, training_at_a, at_a):
        inner.finished_on = date(2026, 1, 4)
        inner.save(update_fields=["finished_on"])
    at_b = ECTAtSchoolPeriodFactory(teacher=at_a.teacher, started_on=date(2026, 1, 5))

    assert at_b.school != at_a.school
    assert TrainingPeriodFactory(ect_at_school_period=at_b).started_on == date(2026, 1, 5)


def test_a_mentor_at_two_schools_trains_once():
    at_a = MentorAtSchoolPeriodFactory()
    TrainingPeriodFactory(mentor_at_school_period=at_a)
    at_b = MentorAtSchoolPeriodFactory(teacher=at_a.teacher, started_on=date(2025, 10, 1))

    with pytest.raises(IntegrityError, match="training_periods_in_a_role_never_overlap"):
        TrainingPeriodFactory(mentor_at_school_period=at_b)
