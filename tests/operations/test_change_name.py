"""Correcting a name: locked, asked again, recorded once (spec 05 §9, §9.1)."""

from datetime import date

import pytest

from register_ects.models import Event
from register_ects.operations.teachers.names import change_name
from register_ects.rules.problems import RuleBroken
from register_ects.rules.seen import mark_of
from tests.factories import ECTAtSchoolPeriodFactory, MentorAtSchoolPeriodFactory
from tests.races import answer_while
from tests.registrations import AUTHOR, DAY

SEEN = mark_of("Ada Okafor")


def ada(factory=ECTAtSchoolPeriodFactory, **values):
    return factory(teacher__corrected_name="Ada Okafor", started_on=date(2026, 6, 1), **values)


@pytest.mark.parametrize("factory", [ECTAtSchoolPeriodFactory, MentorAtSchoolPeriodFactory])
def test_the_event_tells_at_which_school_it_was_changed(on, factory):
    on(DAY)
    placement = ada(factory)

    change_name(placement, "Ada Nwosu", seen=SEEN, author=AUTHOR)

    event = Event.objects.get(event_type="teacher_name_updated_by_user")
    assert event.heading == "Name changed from 'Ada Okafor' to 'Ada Nwosu'"
    assert (event.teacher, event.school) == (placement.teacher, placement.school)
    assert placement in (event.ect_at_school_period, event.mentor_at_school_period)


@pytest.mark.parametrize(
    ("name", "seen", "finished_on", "problem"),
    [
        pytest.param("Ada Okafor", SEEN, None, "name unchanged", id="the same"),
        pytest.param("Ada Nwosu", mark_of("Ada"), None, "shown changed_meanwhile", id="unseen"),
        pytest.param("Ada Nwosu", SEEN, date(2026, 9, 9), "has_left", id="left yesterday"),
    ],
)
def test_nothing_changes_when_a_rule_is_broken(on, name, seen, finished_on, problem):
    on(DAY)
    placement = ada(finished_on=finished_on)

    with pytest.raises(RuleBroken, match=problem):
        change_name(placement, name, seen=seen, author=AUTHOR)

    placement.teacher.refresh_from_db()
    assert placement.teacher.name == "Ada Okafor"
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_schools_at_once_the_second_is_told(on):
    on(DAY)
    placement = ada()

    def refused():
        with pytest.raises(RuleBroken) as caught:
            change_name(placement, "Ada Diaz", seen=SEEN, author=AUTHOR)
        return str(caught.value)

    change = lambda: change_name(placement, "Ada Nwosu", seen=SEEN, author=AUTHOR)  # noqa: E731
    assert answer_while(change, refused) == "shown changed_meanwhile"
    placement.teacher.refresh_from_db()
    assert placement.teacher.name == "Ada Nwosu"
