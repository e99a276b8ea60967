"""Which mentorship a declaration belongs to, and from when an ECT needs another mentor.

Source: spec 03 §3.2 with its Improve, spec 05 §5.2.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeVar

from register_ects.rules.periods import PeriodLike

_Period = TypeVar("_Period", bound=PeriodLike)


def nearest(mentorships: Iterable[_Period], day: date) -> _Period | None:
    """Return the mentorship that covers ``day``, else the one whose nearer end is closest to it.

    Of two equally close ones the latest started wins. None when there is no mentorship.
    """
    latest_first = sorted(mentorships, key=lambda each: each.started_on, reverse=True)
    return min(latest_first, key=lambda each: _distance(each, day), default=None)


def another_needed_from(*, mentored_until: date | None, here_until: date | None) -> date | None:
    """Return the first day on which an ECT who has a mentor needs another one; None if never.

    ``mentored_until`` is the last day of their last mentorship, ``here_until`` their own last day
    at the school; both inclusive, None means open.
    """
    if mentored_until is None or (here_until is not None and here_until <= mentored_until):
        return None
    return mentored_until + timedelta(days=1)


def _distance(period: PeriodLike, day: date) -> int:
    """Return the days between ``day`` and the period, 0 inside it."""
    if day < period.started_on:
        return (period.started_on - day).days
    if period.finished_on is not None and day > period.finished_on:
        return (day - period.finished_on).days
    return 0
