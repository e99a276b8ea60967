"""What a check page says of a leaving is what becomes of everything (spec 05 §10 Improve)."""

from datetime import date

import pytest

from register_ects.models import MentorAtSchoolPeriod, MentorshipPeriod
from register_ects.operations.placements.leaving import cancel_leaving, report_leaving
from register_ects.operations.placements.leaving_effects import effects_of
from register_ects.operations.placements.mentoring import assign_mentor, register_mentor
from register_ects.operations.placements.registration import register_ect
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TrainingPeriodFactory,
)
from tests.registrations import AUTHOR, ect, mentor

LAST_DAY, NEW_YEAR = date(2026, 11, 30), date(2027, 1, 1)


@pytest.fixture
def asha(world, on):
    """Asha Rao trains with Larch and is mentored by Ben; from the new year by Ceri, school-led."""
    asha = register_ect(world.oak, ect(world), author=AUTHOR)
    register_mentor(world.oak, asha, mentor(lead_provider=world.larch), author=AUTHOR)
    on("2026-11-01")
    MentorshipPeriod.objects.update(finished_on=date(2026, 12, 31))
    asha.training_periods.update(finished_on=date(2026, 12, 31))
    ceri = MentorAtSchoolPeriodFactory(
        school=world.oak,
        started_on=date(2026, 9, 1),
        teacher__trs_first_name="Ceri",
        teacher__trs_last_name="Pugh",
    )
    MentorshipPeriodFactory(
        ect_at_school_period=asha, mentor_at_school_period=ceri, started_on=NEW_YEAR
    )
    TrainingPeriodFactory(ect_at_school_period=asha, started_on=NEW_YEAR, school_led=True)
    return asha


def told(placement, last_day):
    return [
        (each.name, each.effect.value, each.until, each.obstacle and each.obstacle.value)
        for each in effects_of(placement, last_day=last_day)
    ]


def report(placement, last_day=LAST_DAY, **options):
    report_leaving(placement, last_day=last_day, author=AUTHOR, **options)


def test_what_a_report_ends_and_removes(asha):
    assert told(asha, LAST_DAY) == [
        ("Ben Lowe", "ends", LAST_DAY, None),
        ("Larch Learning", "ends", LAST_DAY, None),
        ("Ceri Pugh", "removed", None, None),
        (None, "removed", None, None),
    ]


def test_what_ends_before_is_left_out(asha):
    assert told(asha, NEW_YEAR) == [
        ("Ceri Pugh", "removed", None, None),
        (None, "removed", None, None),
    ]


def test_what_begins_on_the_last_day_and_is_declared_for_is_kept_for_that_day(asha):
    placement = ECTAtSchoolPeriodFactory(school=asha.school, started_on=date(2026, 9, 1))
    training = TrainingPeriodFactory(ect_at_school_period=placement, started_on=LAST_DAY, year=2026)
    DeclarationFactory(training_period=training)

    [effect] = effects_of(placement, last_day=LAST_DAY)

    assert (effect.effect, effect.until) == ("ends", LAST_DAY)


def test_cancelling_tells_what_goes_on_and_what_starts_after_all(asha):
    report(asha)

    assert told(asha, None) == [
        ("Ben Lowe", "goes_on", date(2026, 12, 31), None),
        ("Larch Learning", "goes_on", date(2026, 12, 31), None),
        ("Ceri Pugh", "starts_after_all", None, None),
        (None, "starts_after_all", None, None),
    ]


def test_a_later_day_tells_of_each_part_what_becomes_of_it(asha):
    report(asha)

    assert told(asha, date(2027, 2, 12)) == [
        ("Ben Lowe", "goes_on", date(2026, 12, 31), None),
        ("Larch Learning", "goes_on", date(2026, 12, 31), None),
        ("Ceri Pugh", "starts_after_all", date(2027, 2, 12), None),
        (None, "starts_after_all", date(2027, 2, 12), None),
    ]


def test_an_earlier_day_only_ends_sooner(asha):
    report(asha)

    assert told(asha, date(2026, 11, 20)) == [
        ("Ben Lowe", "ends", date(2026, 11, 20), None),
        ("Larch Learning", "ends", date(2026, 11, 20), None),
    ]


def test_cancelling_tells_what_does_not_come_back_and_why(world, asha):
    ben = MentorAtSchoolPeriod.objects.get(teacher__trs_first_name="Ben")
    report(ben)
    dai = MentorAtSchoolPeriodFactory(school=world.oak, started_on=date(2026, 12, 1))
    assign_mentor(asha, dai, author=AUTHOR)

    assert told(ben, None) == [
        ("Asha Rao", "stays_ended", LAST_DAY, "taken"),
        ("Larch Learning", "goes_on", None, None),
    ]
    assert told(ben, date(2026, 12, 18)) == [
        ("Asha Rao", "stays_ended", LAST_DAY, "taken"),
        ("Larch Learning", "ends", date(2026, 12, 18), None),
    ]
    assert told(ben, date(2026, 11, 20))[0] == ("Asha Rao", "ends", date(2026, 11, 20), "taken")


@pytest.mark.parametrize("last_day", [None, date(2026, 11, 20), date(2027, 2, 12)])
def test_it_is_what_then_happens(asha, last_day):
    report(asha)
    effects = effects_of(asha, last_day=last_day)

    if last_day:
        report(asha, last_day, was=LAST_DAY)
    else:
        cancel_leaving(asha, was=LAST_DAY, author=AUTHOR)

    rows = [*asha.mentorship_periods.all(), *asha.training_periods.all()]
    ends = {(type(row).__name__[:5], row.started_on): row.finished_on for row in rows}
    for effect in effects:
        kind = "Mento" if effect.kind == "mentorship" else "Train"
        assert ends[kind, effect.started_on] == effect.until


def test_it_costs_as_many_queries_for_many(asha, django_assert_max_num_queries):
    ben = MentorAtSchoolPeriod.objects.get(teacher__trs_first_name="Ben")
    for _ in range(5):
        MentorshipPeriodFactory(mentor_at_school_period=ben)
    report(ben)

    with django_assert_max_num_queries(14):
        effects = effects_of(ben, last_day=None)

    assert len(effects) == 7
