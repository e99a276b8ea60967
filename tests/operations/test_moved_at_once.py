"""Somebody is moved while others move, report or register the same person (spec 05 §20.6, §13)."""

from datetime import date
from functools import partial

import pytest

from register_ects.models import (
    ECTAtSchoolPeriod,
    Event,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    OutgoingEmail,
)
from register_ects.operations.placements.leaving import report_leaving
from register_ects.operations.placements.mentoring import register_mentor
from register_ects.operations.placements.moving import move_ect, move_mentor
from register_ects.operations.placements.registration import register_ect
from register_ects.rules.problems import RuleBroken
from tests.factories import ECTAtSchoolPeriodFactory, MentorAtSchoolPeriodFactory, SchoolFactory
from tests.races import all_at_once
from tests.registrations import AUTHOR, DAY, ect, make_world, mentor

pytestmark = pytest.mark.django_db(transaction=True)

LAST_DAY, FIRST_DAY = date(2026, 10, 31), date(2026, 11, 1)


@pytest.fixture
def world(on):
    on(DAY)
    world = make_world()
    asha = register_ect(world.oak, ect(world), author=AUTHOR)
    register_mentor(world.oak, asha, mentor(), author=AUTHOR)
    return world


def at_oak(world):
    return ECTAtSchoolPeriod.objects.select_related("school", "teacher").get(school=world.oak)


def moving(world, school, **also):
    details = ect(world, started_on=FIRST_DAY, email="asha@elsewhere.example.com")
    how = {"last_day": LAST_DAY, "author": AUTHOR, **also}
    return partial(move_ect, at_oak(world), school, details, **how)


def refusals(outcomes):
    return sorted(each.problems[0].code for each in outcomes if isinstance(each, RuleBroken))


def test_of_five_who_move_somebody_to_one_school_one_does(world):
    before = OutgoingEmail.objects.count()

    outcomes = all_at_once(*(moving(world, world.elm) for _ in range(5)))

    assert len(refusals(outcomes)) == 4
    assert ECTAtSchoolPeriod.objects.filter(school=world.elm).count() == 1
    assert Event.objects.filter(event_type="teacher_left_school_as_ect").count() == 1
    templates = [each.template for each in OutgoingEmail.objects.order_by("pk")[before:]]
    assert len(templates) == len({*templates})


def test_of_two_who_move_somebody_to_two_schools_one_does(world):
    ash = SchoolFactory()

    outcomes = all_at_once(moving(world, world.elm), moving(world, ash))

    assert refusals(outcomes) == ["registered_again"]
    assert ECTAtSchoolPeriod.objects.exclude(school=world.oak).count() == 1


def test_nobody_moves_whose_leaving_is_reported_at_the_same_moment(world):
    outcomes = all_at_once(
        moving(world, world.elm),
        partial(report_leaving, at_oak(world), last_day=date(2026, 12, 1), author=AUTHOR),
    )

    assert len(refusals(outcomes)) == 1
    ended = at_oak(world).finished_on
    is_moved = ECTAtSchoolPeriod.objects.filter(school=world.elm).exists()
    assert (ended, is_moved) in [(LAST_DAY, True), (date(2026, 12, 1), False)]


def test_nobody_is_at_two_schools_who_is_registered_elsewhere_at_the_same_moment(world):
    ash = SchoolFactory()

    outcomes = all_at_once(
        moving(world, world.elm),
        partial(register_ect, ash, ect(world, started_on=date(2026, 10, 1)), author=AUTHOR),
    )

    assert len(refusals(outcomes)) == 1
    assert ECTAtSchoolPeriod.objects.open().count() == 1


def test_a_mentor_who_may_not_is_refused_and_nothing_is_written(world):
    elsewhere = MentorAtSchoolPeriodFactory(school=SchoolFactory(), started_on=date(2026, 9, 1))

    (outcome,) = all_at_once(moving(world, world.elm, mentor=elsewhere))

    assert refusals([outcome]) == ["not_at_this_school"]
    assert at_oak(world).finished_on is None
    assert MentorshipPeriod.objects.get().finished_on is None
    assert not ECTAtSchoolPeriod.objects.filter(school=world.elm).exists()


def test_of_five_who_move_a_mentor_to_one_ect_one_does(world):
    ben = MentorAtSchoolPeriod.objects.select_related("school", "teacher").get()
    mentee = ECTAtSchoolPeriodFactory(school=world.elm, started_on=date(2026, 9, 1))
    details = mentor(email="ben@elsewhere.example.com", started_on=FIRST_DAY, only_here=True)
    how = {"last_day": LAST_DAY, "author": AUTHOR}

    outcomes = all_at_once(*(partial(move_mentor, ben, mentee, details, **how) for _ in range(5)))

    assert len(refusals(outcomes)) == 4
    assert MentorAtSchoolPeriod.objects.filter(school=world.elm).count() == 1
    assert Event.objects.filter(event_type="teacher_left_school_as_mentor").count() == 1
    assert MentorshipPeriod.objects.filter(mentor_teacher=ben.teacher_id).count() == 2
