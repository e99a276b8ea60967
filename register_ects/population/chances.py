"""The one source of chance: the same seed gives the same choices, ids and times."""

import random
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from register_ects import clock

T = TypeVar("T")
_OPENS, _CLOSES = 8 * 3600, 18 * 3600


class Chances(random.Random):
    """A seeded source of chance with the questions that histories ask."""

    def happens(self, probability: float) -> bool:
        """Say yes with a probability between 0 and 1."""
        return self.random() < probability

    def among(self, weights: Mapping[T, float]) -> T:
        """Pick a key in proportion to its weight."""
        return self.choices(list(weights), list(weights.values()))[0]

    def day(self, first: date, last: date) -> date:
        """Return a day from ``first`` to ``last``, both inclusive."""
        return first + timedelta(days=self.randint(0, (last - first).days))

    def days(self, least: int, most: int) -> timedelta:
        """Return so many days, both limits inclusive."""
        return timedelta(days=self.randint(least, most))

    def at(self, day: date) -> datetime:
        """Return an instant of a London day, in office hours."""
        return _midnight(day) + timedelta(seconds=self.randrange(_OPENS, _CLOSES))

    def uuid(self) -> UUID:
        """Return a random id (version 4)."""
        return UUID(int=self.getrandbits(128), version=4)


@lru_cache(maxsize=4096)
def _midnight(day: date) -> datetime:
    return clock.london_midnight(day)
