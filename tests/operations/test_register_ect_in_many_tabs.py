"""Whoever registers the same ECT many times at once has registered them once (spec 05 §7.8)."""

import threading

import pytest
from django.db import connections

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod, OutgoingEmail, School, Teacher
from register_ects.operations.placements.registration import register_ect
from register_ects.rules.problems import RuleBroken
from tests.registrations import AUTHOR, DAY, ect, make_world

pytestmark = pytest.mark.django_db(transaction=True)


def test_many_tabs_register_one_person_once(on):
    on(DAY)
    world = make_world()
    details, outcomes = ect(world), []

    def register() -> None:
        try:
            with clock.pretend(DAY):
                register_ect(School.objects.get(pk=world.oak.pk), details, author=AUTHOR)
            outcomes.append("registered")
        except RuleBroken as broken:
            outcomes.append(broken.problems[0].code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=register) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["already_active_at_school"] * 7 + ["registered"]
    assert Teacher.objects.count() == ECTAtSchoolPeriod.objects.count() == 1
    assert OutgoingEmail.objects.count() == 1
