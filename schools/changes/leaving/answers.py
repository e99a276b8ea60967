"""What the answers given so far mean: the last day, and what it changes."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from register_ects import clock
from register_ects.models import Placement
from register_ects.operations.placements.leaving_effects import PartEffect, effects_of


class LeavingAnswers:
    """The answers of one draft, read for the placement that it is about.

    Without a last day they are about taking back the one that was reported.
    """

    def __init__(self, given: Mapping[str, Any], placement: Placement) -> None:
        self.placement = placement
        self.last_day: date | None = given.get("leaving_on")
        self.now: date | None = placement.finished_on

    @property
    def is_past(self) -> bool:
        """Whether they have left already, so that what happens next happens now."""
        return self.last_day is not None and self.last_day < clock.today()

    @cached_property
    def effects(self) -> list[PartEffect]:
        """Return what becomes of mentoring and training."""
        return effects_of(self.placement, last_day=self.last_day)
