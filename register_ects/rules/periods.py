"""What rules need to know of any period."""

from datetime import date
from typing import Protocol


class PeriodLike(Protocol):
    """Days from ``started_on`` to ``finished_on``, both inclusive; None means open."""

    started_on: date
    finished_on: date | None
