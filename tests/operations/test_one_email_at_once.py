"""Two who save one email address at the same moment: the second is told that it is taken."""

import pytest

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod, MentorAtSchoolPeriod, School
from register_ects.operations.placements.mentoring import register_mentor
from register_ects.operations.placements.registration import register_ect
from register_ects.rules.problems import RuleBroken
from tests.races import all_at_once
from tests.registrations import AUTHOR, DAY, ect, make_world, mentor, record

pytestmark = pytest.mark.django_db(transaction=True)
SHARED = "office.staff@oak.example.com"


def together(*actions):
    """Do all at the same moment; return how each ended."""
    ended = all_at_once(*actions)
    return sorted(str(each) if isinstance(each, RuleBroken) else "saved" for each in ended)


def registering_ect(world, trn, email):
    school = School.objects.get(pk=world.oak.pk)
    details = ect(
        world,
        record=record(trn),
        email=email,
        training_programme="school_led",
        lead_provider=None,
    )
    return lambda: register_ect(school, details, author=AUTHOR)


def test_two_ects_do_not_get_one_address_however_it_is_written(on):
    on(DAY)
    world = make_world()
    emails = [SHARED, SHARED.upper()] * 2

    outcomes = together(
        *(registering_ect(world, f"400001{n}", email) for n, email in enumerate(emails))
    )

    assert outcomes == ["email taken"] * 3 + ["saved"]
    assert ECTAtSchoolPeriod.objects.count() == 1


def test_an_ect_and_a_mentor_do_not_either(on):
    on(DAY)
    world = make_world()
    asha = registering_ect(world, "4000001", "asha@oak.example.com")
    with clock.pretend(DAY):
        placement = asha()
    school = School.objects.get(pk=world.oak.pk)
    of_mentor = mentor(record=record("4000003"), email=SHARED)

    outcomes = together(
        registering_ect(world, "4000004", SHARED),
        lambda: register_mentor(school, placement, of_mentor, author=AUTHOR, replacing=[]),
    )

    assert outcomes == ["email taken", "saved"]
    placements = (ECTAtSchoolPeriod, MentorAtSchoolPeriod)
    assert sum(each.objects.filter(email=SHARED).count() for each in placements) == 1
