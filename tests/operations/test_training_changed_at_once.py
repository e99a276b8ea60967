"""Two who change one person's training at the same moment: the second undoes nothing unseen."""

from functools import partial

import pytest

from register_ects.models import ECTAtSchoolPeriod
from register_ects.operations.base import Author
from register_ects.operations.placements.registration import register_ect
from register_ects.operations.training.changes import (
    change_lead_provider,
    change_training_programme,
)
from register_ects.operations.training.participant_actions import withdraw_participant
from register_ects.operations.training.proposed import proposed_change_of_provider
from register_ects.rules.participant_actions import ActionRequest
from register_ects.rules.problems import RuleBroken
from tests.factories import SchoolPartnershipFactory
from tests.operations.training_to_change import make_provider
from tests.races import all_at_once
from tests.registrations import AUTHOR, DAY, ect, make_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(on):
    on("2026-09-01")
    world = make_world()
    SchoolPartnershipFactory(
        school=world.oak, lead_provider=world.larch, delivery_partner=world.tern, year=2026
    )
    return world


@pytest.fixture
def asha(world, on):
    """Asha Rao, in training with Larch since the first of September."""
    placement = register_ect(world.oak, ect(world), author=AUTHOR)
    on(DAY)
    return placement


def copy(placement):
    return ECTAtSchoolPeriod.objects.get(pk=placement.pk)


def codes(outcomes):
    return [one.problems[0].code for one in outcomes if isinstance(one, RuleBroken)]


def test_of_two_who_choose_another_provider_the_second_is_told(world, asha):
    seen = proposed_change_of_provider(asha).mark
    chosen = [make_provider("Birch", 2026), make_provider("Cedar", 2026)]

    outcomes = all_at_once(
        *(
            partial(change_lead_provider, copy(asha), provider, seen=seen, author=AUTHOR)
            for provider in chosen
        )
    )

    assert codes(outcomes) == ["changed_meanwhile"]
    assert asha.training_periods.count() == 2


def test_of_two_who_change_the_programme_only_one_does(world, asha):
    outcomes = all_at_once(
        *(
            partial(change_training_programme, copy(asha), "school_led", author=AUTHOR)
            for _ in range(2)
        )
    )

    assert codes(outcomes) == ["no_change"]
    assert asha.training_periods.count() == 2


def test_a_withdrawal_at_the_same_moment_loses_nothing(world, asha):
    birch = make_provider("Birch", 2026)
    withdrawal = ActionRequest(course_identifier="ecf-induction", reason="moved-school")

    all_at_once(
        partial(change_lead_provider, copy(asha), birch, author=AUTHOR),
        partial(
            withdraw_participant,
            world.larch,
            asha.teacher_id,
            withdrawal,
            author=Author.lead_provider(world.larch),
        ),
    )

    old, new = asha.training_periods.order_by("started_on")
    assert (old.lead_provider, new.lead_provider) == (world.larch, birch)
    assert old.finished_on < new.started_on
