"""A leaving is changed while somebody else registers, reports or assigns (spec 05 §10, §13)."""

from datetime import date
from functools import partial

import pytest

from register_ects.models import ECTAtSchoolPeriod, Event, MentorAtSchoolPeriod, MentorshipPeriod
from register_ects.operations.placements.leaving import cancel_leaving, report_leaving
from register_ects.operations.placements.mentoring import assign_mentor, register_mentor
from register_ects.operations.placements.registration import register_ect
from register_ects.rules.problems import RuleBroken
from tests.factories import MentorAtSchoolPeriodFactory, MentorshipPeriodFactory
from tests.races import all_at_once, answer_while
from tests.registrations import AUTHOR, DAY, ect, make_world, mentor

pytestmark = pytest.mark.django_db(transaction=True)

LAST_DAY = date(2026, 11, 30)


@pytest.fixture
def world(on):
    on(DAY)
    return make_world()


def refusals(outcomes):
    return sorted(each.problems[0].code for each in outcomes if isinstance(each, RuleBroken))


def fresh(model):
    return model.objects.select_related("school", "teacher").earliest("pk")


def test_of_five_who_report_it_one_does(world):
    register_ect(world.oak, ect(world), author=AUTHOR)

    outcomes = all_at_once(
        *(
            partial(
                report_leaving,
                fresh(ECTAtSchoolPeriod),
                last_day=date(2026, 11, 26 + number),
                author=AUTHOR,
            )
            for number in range(5)
        )
    )

    assert refusals(outcomes) == ["changed_meanwhile"] * 4
    assert Event.objects.filter(event_type="teacher_left_school_as_ect").count() == 1


def test_nobody_stays_here_who_is_registered_elsewhere_at_the_same_moment(world, on):
    register_ect(world.oak, ect(world), author=AUTHOR)
    report_leaving(fresh(ECTAtSchoolPeriod), last_day=LAST_DAY, author=AUTHOR)
    moving = ect(world, started_on=date(2026, 12, 1))

    outcomes = all_at_once(
        partial(cancel_leaving, fresh(ECTAtSchoolPeriod), was=LAST_DAY, author=AUTHOR),
        partial(register_ect, world.elm, moving, author=AUTHOR),
    )

    assert fresh(ECTAtSchoolPeriod).finished_on == LAST_DAY
    assert refusals(outcomes) in ([], ["registered_again"])
    assert ECTAtSchoolPeriod.objects.filter(school=world.elm).exists()


def test_a_mentor_leaves_while_their_ects_are_given_another(world):
    """None waits for the other in a ring, and no ECT has two mentors on a day."""
    ben = MentorAtSchoolPeriodFactory(school=world.oak, started_on=date(2026, 9, 1))
    ects = [MentorshipPeriodFactory(mentor_at_school_period=ben) for _ in range(3)]
    ceri = MentorAtSchoolPeriodFactory(school=world.oak, started_on=date(2026, 9, 1))

    outcomes = all_at_once(
        partial(report_leaving, fresh(MentorAtSchoolPeriod), last_day=LAST_DAY, author=AUTHOR),
        *(partial(assign_mentor, each.ect_at_school_period, ceri, author=AUTHOR) for each in ects),
    )

    assert refusals(outcomes) == []
    now = MentorshipPeriod.objects.filter(finished_on=None)
    assert {each.mentor_at_school_period_id for each in now} == {ceri.pk}
    assert now.count() == 3


def test_a_mentor_leaves_on_another_day_while_another_one_is_registered_instead(world):
    """Whoever registers the new mentor takes away what the changed leaving would give back."""
    register_ect(world.oak, ect(world), author=AUTHOR)
    taught = fresh(ECTAtSchoolPeriod)
    leaver = MentorAtSchoolPeriodFactory(school=world.oak, started_on="2025-09-01")
    MentorshipPeriodFactory(
        ect_at_school_period=taught, mentor_at_school_period=leaver, started_on=taught.started_on
    )
    report_leaving(leaver, last_day=LAST_DAY, author=AUTHOR)
    new = mentor(started_on=taught.started_on)

    outcome = answer_while(
        lambda: register_mentor(world.oak, taught, new, author=AUTHOR),
        lambda: report_leaving(leaver, last_day=date(2026, 11, 20), was=LAST_DAY, author=AUTHOR),
    )

    assert outcome is None
    (mentorship,) = MentorshipPeriod.objects.filter(finished_on=None)
    assert mentorship.mentor_at_school_period.teacher.trn == new.record.trn
    leaver.refresh_from_db()
    assert leaver.finished_on == date(2026, 11, 20)
