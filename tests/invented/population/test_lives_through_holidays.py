"""What an ECT's life is made of ends no earlier than it begins, whatever holidays put off."""

from random import Random

import pytest

from register_ects.invented.population.careers import Story
from register_ects.invented.population.ect_lives import ect_life
from register_ects.invented.population.inductions import plan_induction
from register_ects.invented.population.neighbourhoods import Neighbourhood, neighbourhoods
from register_ects.invented.population.reading import read_world
from tests.invented.population.conftest import TODAY

_LIVES = 2_000


@pytest.mark.usefixtures("population")
@pytest.mark.parametrize(
    "story",
    [
        Story.MOVES,
        Story.MOVES_TO_OTHER_PROVIDER,
        Story.CHANGES_PROVIDER,
        Story.CHANGES_SCHEDULE,
        Story.SWITCHES_TO_SCHOOL_LED,
    ],
)
def test_whatever_begins_late_ends_later(story):
    world = read_world(TODAY)
    schools, _ = next(iter(neighbourhoods(world, 2_000, 1)))
    place = Neighbourhood(world, Random("lives"), schools)
    trns = map(str, range(7_000_000, 7_000_000 + _LIVES))

    for _ in range(_LIVES):
        plan_induction(ect_life(place, story, trns))

    facts = place.facts
    periods = [*facts.ect_placements, *facts.trainings, *facts.inductions]
    assert [
        (each.started_on, each.finished_on)
        for each in periods
        if each.finished_on and each.finished_on < each.started_on
    ] == []
