"""An operation is refused before it makes others wait for its refresh, not at the commit.

The commit's own checks would lock rows whose holders may wait for that refresh: a ring. So it
goes for operations in a transaction of somebody else, too (a journey, an ``Idempotency-Key``).
"""

import pytest
from django.db import IntegrityError, transaction

from register_ects.models import InductionPeriod
from register_ects.operations.base import operation
from register_ects.rules.problems import RuleBroken
from tests.factories import ECTAtSchoolPeriodFactory, InductionPeriodFactory

pytestmark = pytest.mark.django_db(transaction=True)
NOBODY = 10_000_000


@operation
def point_to_nobody(period: InductionPeriod) -> None:
    InductionPeriod.objects.filter(pk=period.pk).update(teacher=NOBODY)


@operation
def do_nothing() -> None:
    return None


def test_inside_a_transaction_of_somebody_else_too():
    period = InductionPeriodFactory()
    with transaction.atomic(), pytest.raises(RuleBroken):
        point_to_nobody(period)


def test_what_follows_in_that_transaction_may_still_be_completed_by_its_end():
    period = InductionPeriodFactory()
    with transaction.atomic():
        do_nothing()
        InductionPeriod.objects.filter(pk=period.pk).update(teacher=NOBODY)
        InductionPeriod.objects.filter(pk=period.pk).update(teacher=period.teacher)
    assert InductionPeriod.objects.get().teacher == period.teacher


def test_what_follows_never_overlaps_even_for_a_moment():
    placement = ECTAtSchoolPeriodFactory()
    with transaction.atomic():
        do_nothing()
        with pytest.raises(IntegrityError), transaction.atomic():
            ECTAtSchoolPeriodFactory(teacher=placement.teacher, started_on=placement.started_on)
