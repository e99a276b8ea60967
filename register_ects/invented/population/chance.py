"""Chance that is the same each time: everything is drawn from one seeded generator."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

from register_ects.invented.population.world import World
from register_ects.rules.working_days import working_day

T = TypeVar("T")


def new_id(rng: Random) -> UUID:
    """Return a public id."""
    return UUID(int=rng.getrandbits(128), version=4)


def one_of(rng: Random, weights: Mapping[T, float]) -> T:
    """Return one key of a table of weights."""
    return rng.choices(list(weights), list(weights.values()))[0]


def day_between(rng: Random, first: date, last: date) -> date:
    """Return a day, both ends inclusive."""
    return first + timedelta(days=rng.randint(0, (last - first).days))


def moment(rng: Random, day: date, world: World) -> datetime:
    """Return a time of the day, or of the working day after it, none later than the world's now."""
    day = working_day(day)
    hour = time(rng.randint(8, 17), rng.randint(0, 59), rng.randint(0, 59), tzinfo=UTC)
    return min(datetime.combine(day, hour), world.now)


def after(rng: Random, day: date, days: int, world: World) -> datetime:
    """Return a moment within so many days after a day."""
    return moment(rng, day + timedelta(days=rng.randint(0, days)), world)


def in_proportion(seed: str, counts: Mapping[T, int]) -> Iterator[T]:
    """Yield without end, each as often as the table says in every run of its total.

    What is rare is thus sure to come up, even among few people.
    """
    all_of_them: Sequence[T] = [each for each, count in counts.items() for _ in range(count)]
    rng = Random(seed)
    while True:
        yield from rng.sample(all_of_them, len(all_of_them))
