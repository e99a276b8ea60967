"""By what an action chooses whom and what it concerns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import models

from register_ects import clock
from tests.projections.little_england import LittleEngland


@dataclass
class Chance:
    """The country and four numbers by which an action chooses whom and what it concerns."""

    england: LittleEngland
    a: int
    b: int
    c: int
    d: int

    def one(self, rows: Any, number: int | None = None) -> Any:
        """Return one of a list or of a queryset, None of none."""
        found = list(rows.order_by("pk")) if isinstance(rows, models.QuerySet) else list(rows)
        return found[(self.a if number is None else number) % len(found)] if found else None

    def all(self, model: type[models.Model]) -> Any:
        """Return all rows of a model, here."""
        return self.england.of(model)

    @property
    def provider(self) -> Any:
        return self.one(self.england.providers, self.b)

    @property
    def school(self) -> Any:
        return self.one(self.england.schools, self.c)

    @property
    def day(self) -> Any:
        """Return a day within a month of today."""
        return clock.today() + timedelta(days=self.d % 61 - 30)


Action = Callable[[Chance], Any]
