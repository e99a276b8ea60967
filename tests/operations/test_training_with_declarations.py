"""Training that declarations were made for is never removed or rewritten (spec 03 §2.1 rule 9)."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from register_ects.models import Declaration, TrainingPeriod
from register_ects.operations.placements.finishing import finish_placement
from register_ects.operations.placements.registration import register_ect
from register_ects.rules.problems import RuleBroken
from tests.factories import DeclarationFactory, ECTAtSchoolPeriodFactory, TrainingPeriodFactory
from tests.registrations import AUTHOR, ect
from tests.registrations import world as world

STATES = ["submitted", "eligible", "payable", "paid", "voided", "awaiting_clawback", "clawed_back"]
LAST_DAY = date(2026, 9, 18)


@pytest.fixture
def placement(world):
    return ECTAtSchoolPeriodFactory(
        teacher__trn="4000001", school=world.elm, started_on=date(2026, 9, 1)
    )


def declared(training, state):
    trait = {} if state == "submitted" else {state: True}
    return DeclarationFactory(training_period=training, **trait)


def delete_row(training):
    """Delete it behind the models' back."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM training_period WHERE id = %s", [training.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def leave(placement):
    finish_placement(placement, last_day=LAST_DAY, author=AUTHOR, reported_by=placement.school)


@pytest.mark.parametrize("state", STATES)
def test_training_that_begins_on_the_last_day_is_kept_for_that_day(placement, state):
    training = TrainingPeriodFactory(ect_at_school_period=placement, started_on=LAST_DAY, year=2026)
    declared(training, state)

    leave(placement)

    training.refresh_from_db()
    assert (training.started_on, training.finished_on) == (LAST_DAY, LAST_DAY)


def test_without_declarations_it_is_removed(placement):
    TrainingPeriodFactory(ect_at_school_period=placement, started_on=LAST_DAY, year=2026)

    leave(placement)

    assert not TrainingPeriod.objects.exists()


@pytest.mark.parametrize("state", STATES)
def test_a_leaving_before_declared_training_begins_is_refused(placement, state):
    training = TrainingPeriodFactory(
        ect_at_school_period=placement, started_on=date(2026, 9, 21), year=2026
    )
    declared(training, state)

    with pytest.raises(RuleBroken, match="declarations_after"), transaction.atomic():
        leave(placement)

    placement.refresh_from_db()
    assert placement.finished_on is None


def test_a_new_school_waits_for_training_that_was_declared_for(world, placement):
    declared(
        TrainingPeriodFactory(
            ect_at_school_period=placement, started_on=date(2026, 9, 21), year=2026
        ),
        "submitted",
    )

    with pytest.raises(RuleBroken, match="started_on before_declared_training"):
        register_ect(world.oak, ect(world, started_on=date(2026, 9, 14)), author=AUTHOR)

    assert TrainingPeriod.objects.count() == 1


@pytest.mark.parametrize("state", STATES)
def test_the_database_does_not_delete_it_either(placement, state):
    training = TrainingPeriodFactory(ect_at_school_period=placement, year=2026)
    declared(training, state)

    with pytest.raises(ProtectedError):
        training.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        delete_row(training)
    assert Declaration.objects.get().training_period == training
