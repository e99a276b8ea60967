"""Generate a population: plan neighbourhood by neighbourhood, load as one transaction.

A population is recognised by its first person: one training record id is the same in all of
them, the other tells size and seed. So no table of its own is needed.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from uuid import UUID, uuid5

from django.db import transaction

from register_ects.invented.people import POPULATION_TRNS
from register_ects.invented.population.careers import STORIES, Career, Story
from register_ects.invented.population.chance import after, in_proportion
from register_ects.invented.population.declarations import Course, declare
from register_ects.invented.population.ect_lives import ect_life
from register_ects.invented.population.inductions import plan_induction
from register_ects.invented.population.loading import (
    gather_statistics,
    load,
    load_events,
    set_tutors,
    stop_marking,
)
from register_ects.invented.population.mentor_lives import MENTOR_STORIES, MentorStory, train_mentor
from register_ects.invented.population.mentoring import mentor_everybody
from register_ects.invented.population.neighbourhoods import (
    Neighbourhood,
    add_idle_partnerships,
    neighbourhoods,
)
from register_ects.invented.population.people import add_tutors, mark_first, merge_a_second_record
from register_ects.invented.population.plans import Facts
from register_ects.invented.population.reading import read_world
from register_ects.invented.population.world import World
from register_ects.invented.production import refuse_in_production
from register_ects.models import Statement, StatementCount, Teacher
from register_ects.projections.rebuild import rebuild_everything
from register_ects.rules.enumerations import StatementStatus, TraineeRole

MOST_ECTS = 600_000
_NAMESPACE = UUID("9a0d6f6e-3a52-5b0b-8b6e-6f0b4f3c8d21")
_FIRST_PERSON = uuid5(_NAMESPACE, "first person")
#: Mentors for 10 ECTs.
_MENTORS, _FOR_ECTS = 9, 10
#: ECTs planned before what is planned is loaded: bounds memory.
_BATCH = 2_000
#: Batches after which the planner is told what the tables hold: they have doubled since.
_ANALYSED_AFTER = frozenset(2**power for power in range(10))

Progress = Callable[[str], None]


class CannotGenerate(Exception):
    """A population cannot be generated; the message says why."""


@dataclass(frozen=True)
class Wanted:
    """The population asked for, written up to ``today``."""

    ects: int
    seed: int
    today: date

    @property
    def load_id(self) -> UUID:
        """Return the id that the first person has in a population of this size and seed."""
        return uuid5(_NAMESPACE, f"{self.ects} ECTs, seed {self.seed}")


@dataclass
class _Stories:
    """What comes next over the whole population, so that rare things come up."""

    ects: Iterator[Story]
    mentors: Iterator[MentorStory]
    trns: Iterator[str]


def is_loaded(wanted: Wanted) -> bool:
    """Whether this very population is there already.

    Raises CannotGenerate when another one is.
    """
    first = Teacher.objects.filter(api_mentor_training_record_id=_FIRST_PERSON).first()
    if first is None:
        return False
    if first.api_ect_training_record_id == wanted.load_id:
        return True
    raise CannotGenerate(
        "Another population is loaded already: use an empty data directory for this one"
    )


@transaction.atomic
def add_population(wanted: Wanted, progress: Progress = lambda line: None) -> Counter[str]:
    """Generate a population and build what lead providers are shown: all of it or nothing.

    Returns and raises as ``generate`` does.
    """
    counts = generate(wanted, progress)
    for table, rows in counts.items():
        progress(f"{rows:,} rows of {table}")
    gather_statistics()
    rebuild_everything(progress)
    gather_statistics()
    return counts


@transaction.atomic
def generate(wanted: Wanted, progress: Progress = lambda line: None) -> Counter[str]:
    """Plan and load a population; return how many rows each table got.

    ``is_loaded`` must have been asked before. What is shown to lead providers is to be rebuilt
    afterwards. Raises CannotGenerate without schools or lead providers, NotForProduction there.
    """
    refuse_in_production("Invented people")
    world = read_world(wanted.today)
    if not world.schools or not world.providers:
        raise CannotGenerate("Load the schools register, reference data and contracts first")
    stop_marking()
    counts: Counter[str] = Counter()
    done = 0
    for number, (facts, ects) in enumerate(_batches(world, wanted), start=1):
        counts.update(load(facts))
        counts["event"] += load_events(facts, world)
        set_tutors(facts.tutors)
        if number in _ANALYSED_AFTER:
            gather_statistics()
        done += ects
        progress(f"{done:,} of {wanted.ects:,} ECTs, {counts['declaration']:,} declarations")
    paid = Statement.objects.filter(status=StatementStatus.PAID)
    StatementCount.objects.keep(paid.values_list("pk", flat=True))
    return counts


def _batches(world: World, wanted: Wanted) -> Iterator[tuple[Facts, int]]:
    stories = _Stories(
        in_proportion(f"{wanted.seed}:ects", STORIES),
        in_proportion(f"{wanted.seed}:mentors", MENTOR_STORIES),
        map(str, POPULATION_TRNS),
    )
    batch, held, done, mentors = Facts(), 0, 0, 0
    for number, (schools, ects) in enumerate(neighbourhoods(world, wanted.ects, wanted.seed)):
        place = Neighbourhood(world, Random(f"{wanted.seed}:{number}"), schools)
        upto = round((done + ects) * _MENTORS / _FOR_ECTS)
        _populate(place, stories, ects, upto - mentors)
        if number == 0:
            mark_first(place.facts.people[0], _FIRST_PERSON, wanted.load_id)
        batch.add(place.facts)
        done, held, mentors = done + ects, held + ects, upto
        if held >= _BATCH:
            yield batch, held
            batch, held = Facts(), 0
    if held:
        yield batch, held


def _populate(place: Neighbourhood, stories: _Stories, ects: int, mentors: int) -> None:
    """Plan everything about some neighbouring schools."""
    careers = [_career(place, stories) for _ in range(ects)]
    mentors_added = mentor_everybody(place, careers, mentors, stories.trns)
    courses = [_course(career) for career in careers]
    for mentor in mentors_added:
        course = train_mentor(place, mentor, next(stories.mentors))
        if course is not None:
            courses.append(course)
    for course in courses:
        declare(course)
    add_idle_partnerships(place)
    year = max(place.world.providers)
    add_tutors(place.rng, place.facts, place.schools, year, now=place.world.now)


def _career(place: Neighbourhood, stories: _Stories) -> Career:
    story = next(stories.ects)
    career = ect_life(place, story, stories.trns)
    plan_induction(career)
    if story == Story.HAS_TWO_RECORDS:
        at = after(place.rng, career.person.created_at.date(), 90, place.world)
        merge_a_second_record(place.rng, place.facts, career.person, at=at)
    return career


def _course(career: Career) -> Course:
    trainings = [each for placement in career.placements for each in placement.trainings]
    trainings.sort(key=lambda training: training.started_on)
    return Course(
        career.place,
        career.person,
        TraineeRole.ECT,
        trainings,
        career.ends_on,
        completes=not career.left and not career.stopped,
    )
