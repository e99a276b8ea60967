"""Whether a school may report, correct or cancel somebody's last day, and which days it may name.

Source: spec 05 §10 with its Improve, §6.1, §6.6 Improve.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from register_ects.rules.problems import Problem
from register_ects.rules.registration import EarlierRecord, RecordKind, months_after

FURTHEST_LEAVING_MONTHS = 4


class LeavingState(StrEnum):
    """How a person's leaving stands at a school. Only the first two let the school do something."""

    OPEN = "open"  # no last day is known: it may be reported
    REPORTED = "reported"  # this school reported a day that is not past: to correct or cancel
    HAS_LEFT = "has_left"
    SET_BY_ANOTHER_SCHOOL = "set_by_another_school"
    NOT_REPORTED_HERE = "not_reported_here"  # set by an outcome of induction, or by support
    REGISTERED_AGAIN = "registered_again"  # reported here, and they cannot stay any more
    INDUCTION_OVER = "induction_over"


@dataclass(frozen=True)
class LeavingFacts:
    """What decides it. ``finished_on`` is the placement's last day, inclusive, None when open.

    ``reported_here`` says that this school's report set that day; ``is_followed`` that the person
    is registered in the same role from a later day, ``cannot_stay`` that this rules out a later
    last day here (as it does for an ECT, and for a mentor who comes back); ``induction_over`` that
    the ECT has an outcome.
    """

    finished_on: date | None
    reported_here: bool
    is_followed: bool
    cannot_stay: bool
    induction_over: bool


def leaving_state(facts: LeavingFacts, *, today: date) -> LeavingState:
    """Return how a leaving stands: the first that holds."""
    if facts.finished_on is None:
        return LeavingState.OPEN
    reasons = [
        (LeavingState.HAS_LEFT, facts.finished_on < today),
        (LeavingState.SET_BY_ANOTHER_SCHOOL, not facts.reported_here and facts.is_followed),
        (LeavingState.NOT_REPORTED_HERE, not facts.reported_here),
        (LeavingState.REGISTERED_AGAIN, facts.cannot_stay),
        (LeavingState.INDUCTION_OVER, facts.induction_over),
    ]
    return next((state for state, holds in reasons if holds), LeavingState.REPORTED)


_BEFORE = {
    RecordKind.PLACEMENT: "before_placement",
    RecordKind.TRAINING: "before_training",
    RecordKind.DECLARED: "before_declared",
}


def problems_with_last_day(
    leaving_on: date, records: Iterable[EarlierRecord], *, today: date, now: date | None = None
) -> list[Problem]:
    """List what is wrong with a last day, which may be any from the first day of each record.

    ``records`` are the placement, its latest training that has begun and what declarations refer
    to. ``now`` is the last day known so far, where another one is to take its place. The details
    name the ``school``, when the record ``started`` and the ``earliest`` or ``latest`` accepted.
    """
    latest = months_after(today, FURTHEST_LEAVING_MONTHS)
    last = max(records, key=lambda record: record.started_on, default=None)
    if last is not None and leaving_on < last.started_on:
        days = {"started": last.started_on, "earliest": last.started_on}
        return [Problem("leaving_on", _BEFORE[last.kind], {"school": last.school, **days})]
    if leaving_on > latest:
        return [Problem("leaving_on", "too_far_ahead", {"latest": latest})]
    return [Problem("leaving_on", "same_day")] if leaving_on == now else []


def problems_with_days_of_move(*, last_day: date, start: date) -> list[Problem]:
    """List why somebody cannot begin at another school on ``start`` who leaves on ``last_day``."""
    if start > last_day:
        return []
    earliest = last_day + timedelta(days=1)
    return [Problem("started_on", "before_leaving", {"earliest": earliest})]


class Fate(StrEnum):
    """What the end of a placement does to a mentorship or training in it."""

    STAYS = "stays"  # it ends by then
    ENDS = "ends"  # on the last day
    REMOVED = "removed"  # it would begin on the last day or later
    ONE_DAY = "one_day"  # it begins on the last day, and declarations keep it


def fate_of(
    *,
    started_on: date,
    finished_on: date | None,
    is_declared: bool,
    last_day: date,
    remove_from: date | None = None,
) -> Fate:
    """Return what becomes of a part of a placement that ends on ``last_day`` (spec 05 §10.3).

    ``remove_from`` is the first of the first days at which it is removed: the last day, unless
    another is given.
    """
    if finished_on is not None and finished_on <= last_day:
        return Fate.STAYS
    if started_on < (remove_from or last_day):
        return Fate.ENDS
    return Fate.ONE_DAY if is_declared else Fate.REMOVED


class Obstacle(StrEnum):
    """Why something that a leaving ended does not come back when the leaving is cancelled."""

    TAKEN = "taken"  # something else has taken its place
    CHANGED = "changed"  # it was ended, paused or changed otherwise since
    COMPLETED = "completed"  # the mentor has completed training since
    OTHER_LEAVES = "other_leaves"  # the other of the two is not here then


@dataclass(frozen=True)
class RestoredFacts:
    """What decides whether something that a leaving ended comes back.

    ``is_as_it_was_left``: nobody changed it since. ``is_taken``: something else lies on its days.
    ``other_is_here``: the other of a mentorship is at the school on its first day to restore.
    """

    is_as_it_was_left: bool
    is_completed: bool = False
    other_is_here: bool = True
    is_taken: bool = False


def obstacle_to_restoring(facts: RestoredFacts) -> Obstacle | None:
    """Return why it does not come back; None when it does."""
    reasons = [
        (Obstacle.CHANGED, not facts.is_as_it_was_left),
        (Obstacle.COMPLETED, facts.is_completed),
        (Obstacle.OTHER_LEAVES, not facts.other_is_here),
        (Obstacle.TAKEN, facts.is_taken),
    ]
    return next((obstacle for obstacle, holds in reasons if holds), None)
