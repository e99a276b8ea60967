"""Support makes two records one while somebody changes what was the first one's (spec 01 §7)."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.db import transaction

from register_ects.models import ECTAtSchoolPeriod, InductionPeriod, Teacher
from register_ects.operations.base import Author
from register_ects.operations.inductions.periods import release_ect
from register_ects.operations.placements.details import change_email
from register_ects.operations.placements.leaving import report_leaving
from register_ects.operations.placements.registration import register_ect
from register_ects.operations.teachers.merging import merge_teachers
from register_ects.operations.training.changes import change_lead_provider
from register_ects.rules.seen import mark_of
from tests.factories import ActiveLeadProviderFactory, InductionPeriodFactory, TeacherFactory
from tests.projections.held import Held
from tests.registrations import AUTHOR, DAY, ect, make_world

pytestmark = pytest.mark.django_db(transaction=True)


def leaves(world):
    report_leaving(placement(), last_day=date(2026, 12, 1), was=None, author=AUTHOR)


def changes_provider(world):
    other = ActiveLeadProviderFactory(contract_period_id=2026).lead_provider
    change_lead_provider(placement(), other, author=AUTHOR)


def changes_email(world):
    change_email(
        placement(), "new@school.example.com", seen=mark_of(placement().email), author=AUTHOR
    )


def is_released(world):
    period = InductionPeriod.objects.get()
    release_ect(period, finished_on=DAY, number_of_terms=Decimal(0), author=AUTHOR)


def placement():
    return ECTAtSchoolPeriod.objects.select_related("school", "teacher").get()


@pytest.fixture
def world(on):
    on(DAY)
    return make_world()


@pytest.mark.parametrize("change", [leaves, changes_provider, changes_email, is_released])
def test_the_other_record_is_locked_too(world, change):
    first = register_ect(world.oak, ect(world), author=AUTHOR).teacher
    InductionPeriodFactory(teacher=first, started_on=DAY)
    survivor = TeacherFactory()
    merge = Held(partial(merge_teachers, first, survivor, author=Author.system()))
    assert merge.is_ready(5)
    held = Held(partial(change, world))
    assert not held.is_ready(0.5)  # it waits for the merge

    merge.commit()
    assert held.is_ready(5)
    assert _is_locked(survivor)

    held.commit()


def _is_locked(teacher):
    with transaction.atomic():
        free = Teacher.objects.select_for_update(skip_locked=True, no_key=True)
        return not free.filter(pk=teacher.pk).first()
