"""Many people at once: the database lets exactly one of two things that exclude each other be."""

import threading
from datetime import date
from functools import partial

import pytest
from django.db import IntegrityError, OperationalError, transaction
from psycopg.errors import DeadlockDetected

from register_ects.models import Declaration, ECTAtSchoolPeriod, InductionPeriod, TrainingPeriod
from register_ects.refusals import rule_broken_by
from tests import races
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    SchoolFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

ATTEMPTS = 20
IN_A_RING = "waited in a ring"


def all_at_once(attempt, times=ATTEMPTS):
    """Run ``attempt(n)`` on its own connection in each of ``times`` threads that start together.

    Return the codes of the refusals, "done" for an attempt that succeeded. Two rows that exclude
    each other can wait for one another: PostgreSQL ends one attempt, which is made again when the
    others are through.
    """

    def run(number):
        try:
            with transaction.atomic():
                attempt(number)
        except IntegrityError as error:
            return rule_broken_by(error).problems[0].code
        except OperationalError as error:
            if not isinstance(error.__cause__, DeadlockDetected):
                raise
            return IN_A_RING
        return "done"

    outcomes = races.all_at_once(*(partial(run, number) for number in range(times)))
    return [
        run(number) if outcome == IN_A_RING else outcome for number, outcome in enumerate(outcomes)
    ]


def test_one_of_many_placements_of_an_ect_is_opened():
    teacher, schools = TeacherFactory(), SchoolFactory.create_batch(ATTEMPTS)

    outcomes = all_at_once(
        lambda n: ECTAtSchoolPeriod.objects.create(
            teacher=teacher, school=schools[n], started_on=date(2025, 9, 1 + n)
        )
    )

    assert sorted(outcomes) == ["done", *["overlaps"] * (ATTEMPTS - 1)]
    assert ECTAtSchoolPeriod.objects.filter(teacher=teacher).count() == 1


def test_one_of_many_claims_of_an_ect_is_made():
    teacher, bodies = TeacherFactory(), AppropriateBodyFactory.create_batch(ATTEMPTS, active=True)

    outcomes = all_at_once(
        lambda n: InductionPeriod.objects.create(
            teacher=teacher,
            appropriate_body=bodies[n],
            started_on=date(2025, 9, 1 + n),
            training_programme="provider_led",
        )
    )

    assert sorted(outcomes) == ["done", *["overlaps"] * (ATTEMPTS - 1)]
    assert InductionPeriod.objects.filter(teacher=teacher).count() == 1


def test_one_of_many_declarations_takes_the_slot():
    training = TrainingPeriodFactory()
    partner = training.school_partnership.lead_provider_delivery_partnership.delivery_partner

    outcomes = all_at_once(
        lambda _n: Declaration.objects.create(
            training_period=training, delivery_partner_when_created=partner
        )
    )

    assert sorted(outcomes) == [*["already_declared"] * (ATTEMPTS - 1), "done"]
    assert Declaration.objects.live().count() == 1


@pytest.mark.parametrize("first", ["training", "placement"])
def test_training_and_the_end_of_its_placement_never_cross(first):
    """Open training in one transaction, end its placement in another; one of them must fail.

    Neither sees what the other has not committed: only the lock on the placement orders them.
    """
    placement = ECTAtSchoolPeriodFactory()
    school_led = {
        "ect_at_school_period": placement,
        "started_on": placement.started_on,
        "training_programme": "school_led",
    }
    both_have_written = threading.Barrier(2)

    def write(number):
        if (number == 0) == (first == "training"):
            TrainingPeriod.objects.create(**school_led)
        else:
            ECTAtSchoolPeriod.objects.filter(pk=placement.pk).update(finished_on=date(2025, 12, 1))
        # The second to write waits for the first to commit, so the first waits here in vain.
        try:
            both_have_written.wait(timeout=0.5)
        except threading.BrokenBarrierError:
            return

    outcomes = all_at_once(write, times=2)

    assert sorted(outcomes)[0] == "done"
    assert sorted(outcomes)[1] in ("outside_placement", "training_or_mentoring_outside")
