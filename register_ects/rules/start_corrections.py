"""Whether a school may correct an ECT's start date itself (spec 05 §9 Improve). Pure.

It may while no declaration exists and no other period is affected. Otherwise support does it, which
can put right what depends on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from register_ects.rules.periods import PeriodLike
from register_ects.rules.problems import Problem
from register_ects.rules.registration import problems_with_ect_start


class Affected(StrEnum):
    """What a school cannot put right itself when a start date changes."""

    DECLARATIONS = "declarations"
    OTHER_SCHOOL = "other_school"  # time as an ECT before or after this one
    INDUCTION = "induction"
    TRAINING = "training"
    MENTORING = "mentoring"


@dataclass(frozen=True)
class StartFacts:
    """What depends on the start of an ECT's time at a school.

    ``placement`` is that time, ``others`` the person's other placements as an ECT. ``training``,
    ``mentoring`` and ``inductions`` are first days: those within the placement.
    """

    placement: PeriodLike
    others: tuple[PeriodLike, ...] = ()
    training: tuple[date, ...] = ()
    mentoring: tuple[date, ...] = ()
    inductions: tuple[date, ...] = ()
    has_declarations: bool = False


def affected_by(facts: StartFacts, start: date, *, today: date) -> Affected | None:
    """Return what else would have to change if the placement had begun on ``start``; or None.

    Training and mentoring that are to begin with the placement would have to begin with it still.
    An earlier placement that ends on the day before was ended by this one.
    """
    reasons = [
        (Affected.DECLARATIONS, facts.has_declarations),
        (Affected.OTHER_SCHOOL, any(_touches(facts, other, start) for other in facts.others)),
        (Affected.INDUCTION, any(day < start for day in facts.inductions)),
        (Affected.TRAINING, _moves(facts, facts.training, start, today)),
        (Affected.MENTORING, _moves(facts, facts.mentoring, start, today)),
    ]
    return next((what for what, is_affected in reasons if is_affected), None)


def problems_with_corrected_start(
    start: date,
    placement: PeriodLike,
    *,
    today: date,
    earliest: date | None,
    latest: date,
    is_open: bool,
) -> list[Problem]:
    """List why a date cannot be the start of a placement, whoever would correct it.

    ``earliest`` and ``latest`` are the limits of registration, ``is_open`` whether registration for
    the date is.
    """
    if start == placement.started_on:
        return [Problem("started_on", "unchanged")]
    if placement.finished_on is not None and start > placement.finished_on:
        return [Problem("started_on", "after_last_day", {"latest": placement.finished_on})]
    problems = problems_with_ect_start(
        start=start,
        today=today,
        earliest=earliest,
        latest=latest,
        records=(),
        moving_from=None,
        open_for_registration=is_open,
    )
    if not problems and not is_open:
        return [Problem("started_on", "not_open_yet")]
    return problems


def _touches(facts: StartFacts, other: PeriodLike, start: date) -> bool:
    """Whether another placement lies in the way of the new start, or was ended by this one."""
    if other.started_on > facts.placement.started_on or other.finished_on is None:
        return False  # it comes later, and the end of this one stays
    ended_by_this = other.finished_on == facts.placement.started_on - timedelta(days=1)
    return ended_by_this or start <= other.finished_on


def _moves(facts: StartFacts, first_days: Iterable[date], start: date, today: date) -> bool:
    """Whether something would begin before the new start, or was to begin with the placement."""
    planned = facts.placement.started_on
    return any(day < start or (day == planned and day > today) for day in first_days)
