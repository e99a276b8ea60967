"""Two who register mentors for one ECT at the same moment (spec 05): one is told of the other."""

import threading

import pytest
from django.db import connections

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod, MentorAtSchoolPeriod, School
from register_ects.operations.placements.mentoring import register_mentor
from register_ects.operations.placements.registration import register_ect
from register_ects.rules.problems import RuleBroken
from tests.registrations import AUTHOR, DAY, ect, make_world, mentor, record

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_register_mentors_at_the_same_moment_one_is_told_of_the_other(on):
    on(DAY)
    world = make_world()
    details = ect(world, training_programme="school_led", lead_provider=None)
    asha = register_ect(world.oak, details, author=AUTHOR)
    outcomes, together = [], threading.Barrier(2)

    def register_one(trn: str) -> None:
        try:
            with clock.pretend(DAY):
                placement = ECTAtSchoolPeriod.objects.get(pk=asha.pk)
                of_mentor = mentor(record=record(trn), email=f"{trn}@oak.example.com")
                together.wait()
                register_mentor(
                    School.objects.get(pk=world.oak.pk),
                    placement,
                    of_mentor,
                    author=AUTHOR,
                    replacing=[],
                )
            outcomes.append("registered")
        except RuleBroken as broken:
            outcomes.append(broken.problems[0].code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=register_one, args=[trn]) for trn in ("4000003", "4000004")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["changed_meanwhile", "registered"]
    assert asha.mentorship_periods.count() == 1
    assert MentorAtSchoolPeriod.objects.count() == 1
