"""What rules need to know of any period."""

from datetime import date
from typing import Protocol


class PeriodLike(Protocol):
    """Days from ``started_on`` to ``finished_on``, both inclusive; None means open."""

    @property
    def started_on(self) -> date:
        """Return the first day."""

    @property
    def finished_on(self) -> date | None:
        """Return the last day."""


def goes_on(last_day: date | None, today: date) -> bool:
    """Whether what ends on ``last_day``, None for open, covers today or a later day."""
    return last_day is None or last_day >= today
