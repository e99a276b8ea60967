"""Which mentorship a declaration belongs to (spec 03 §3.2 with its Improve)."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Stretch(Protocol):
    """Days from ``started_on`` to ``finished_on``, both inclusive; None means open."""

    started_on: date
    finished_on: date | None


S = TypeVar("S", bound=Stretch)


def nearest(mentorships: Iterable[S], day: date) -> S | None:
    """Return the mentorship that covers ``day``, else the one whose nearer end is closest to it.

    Of two equally close ones the latest started wins. None when there is no mentorship.
    """
    latest_first = sorted(mentorships, key=lambda each: each.started_on, reverse=True)
    return min(latest_first, key=lambda each: _distance(each, day), default=None)


def _distance(stretch: Stretch, day: date) -> int:
    """Return the days between ``day`` and the stretch, 0 inside it."""
    if day < stretch.started_on:
        return (stretch.started_on - day).days
    if stretch.finished_on is not None and day > stretch.finished_on:
        return (day - stretch.finished_on).days
    return 0
