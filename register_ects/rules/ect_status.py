"""What a school is told about an ECT: one status, and the appropriate body. Pure.

Source: spec 05 §5.2 and §5.4 with their Improves; spec 01 §9.2 with its Improve.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from register_ects.rules.enumerations import InductionOutcome, InductionStatus
from register_ects.rules.periods import PeriodLike


class ECTStatus(StrEnum):
    """A status as schools read it. Two of them ask the school to act."""

    LEFT_SCHOOL = "left_school"
    LEAVING_SCHOOL = "leaving_school"
    JOINING_ANOTHER_SCHOOL = "joining_another_school"
    EXEMPT = "exempt"
    COMPLETED_INDUCTION = "completed_induction"
    FAILED_INDUCTION = "failed_induction"
    TRAINING_WITHDRAWN = "training_withdrawn"
    TRAINING_PAUSED = "training_paused"
    MENTOR_NEEDED = "mentor_needed"
    REGISTERED = "registered"


#: People with one of these have finished induction: no school lists them any more.
CONCLUDED_STATUSES = frozenset(
    {InductionStatus.PASSED, InductionStatus.FAILED, InductionStatus.FAILED_IN_WALES}
)
#: Whoever has one of these needs no mentor.
WITHOUT_MENTOR = CONCLUDED_STATUSES | {InductionStatus.EXEMPT}

_OF_OUTCOME = {
    InductionOutcome.PASS: InductionStatus.PASSED,
    InductionOutcome.FAIL: InductionStatus.FAILED,
}


def known_status(trs_status: str | None, outcomes: Iterable[str | None]) -> str | None:
    """Return how induction stands: as TRS last said, or as a body has recorded here since.

    ``outcomes`` are those of the person's induction periods. TRS hears of an outcome some time
    after it was recorded; until then it says what was.
    """
    if trs_status in WITHOUT_MENTOR:
        return trs_status
    recorded = (_OF_OUTCOME[InductionOutcome(outcome)] for outcome in outcomes if outcome)
    return next(recorded, trs_status)


def needs_mentor(induction_status: str | None) -> bool:
    """Whether an ECT may be given a mentor: not once induction is over, nor when exempt.

    They could not be registered as an ECT then either (spec 05 §7.2, §6.8).
    """
    return induction_status not in WITHOUT_MENTOR


@dataclass(frozen=True)
class ECTFacts:
    """What decides an ECT's status at one school.

    ``finished_on`` is the placement's last day (inclusive), None when open.
    ``reported_leaving`` says that this school reported it; ``joins_another_school`` that another
    school registered the person from a later day. ``training_status`` is active, deferred or
    withdrawn for the current or next training, else the latest, when a provider leads it; None
    for school-led training or none. ``has_mentor`` counts a current or next mentor.
    """

    finished_on: date | None
    reported_leaving: bool
    joins_another_school: bool
    induction_status: str | None
    training_status: str | None
    has_mentor: bool


def ect_status(facts: ECTFacts, *, today: date) -> ECTStatus:
    """Return the status to show; the first that holds, in the order of ``ECTStatus``.

    An induction that is over comes before what a lead provider said of training. A placement
    whose last day has passed is over, whatever else is known of the person.
    """
    last_day, induction = facts.finished_on, facts.induction_status
    is_going = last_day is not None and last_day >= today
    reasons = [
        (ECTStatus.LEFT_SCHOOL, last_day is not None and last_day < today),
        (ECTStatus.LEAVING_SCHOOL, is_going and facts.reported_leaving),
        (ECTStatus.JOINING_ANOTHER_SCHOOL, is_going and facts.joins_another_school),
        (ECTStatus.EXEMPT, induction == InductionStatus.EXEMPT),
        (ECTStatus.COMPLETED_INDUCTION, induction == InductionStatus.PASSED),
        (ECTStatus.FAILED_INDUCTION, induction in CONCLUDED_STATUSES),
        (ECTStatus.TRAINING_WITHDRAWN, facts.training_status == "withdrawn"),
        (ECTStatus.TRAINING_PAUSED, facts.training_status == "deferred"),
        (ECTStatus.MENTOR_NEEDED, not facts.has_mentor),
    ]
    return next((status for status, holds in reasons if holds), ECTStatus.REGISTERED)


class InductionLike(PeriodLike, Protocol):
    """An induction period; one that ended without an outcome was a release."""

    @property
    def outcome(self) -> str | None:
        """Return pass, fail or None."""


_Period = TypeVar("_Period", bound=PeriodLike)
_Induction = TypeVar("_Induction", bound=InductionLike)


def current_or_next(periods: Iterable[_Period], *, today: date) -> _Period | None:
    """Return the earliest period that covers today or a later day, or None (spec 05 §1)."""
    ahead = (p for p in periods if p.finished_on is None or p.finished_on >= today)
    return min(ahead, key=lambda period: period.started_on, default=None)


def confirming_induction(
    placement: PeriodLike, inductions: Iterable[_Induction]
) -> _Induction | None:
    """Return the induction that confirms who assures, or assured, induction at this placement.

    Only one that began within the placement counts: an induction claimed before it, or at a
    previous school, confirms nothing here. It is open, outlasts the placement, or was passed or
    failed within it: nothing is awaited after that. Source: spec 05 §5.4.
    """
    return next(
        (
            induction
            for induction in inductions
            if _covers(placement, induction.started_on) and _still_confirms(placement, induction)
        ),
        None,
    )


def released_on(placement: PeriodLike, inductions: Iterable[InductionLike]) -> date | None:
    """Return the day on which a body last stopped being responsible for induction here, if it did.

    ``inductions`` are that body's. Only releases from an induction that began within the placement
    and did not outlast it count.
    """
    return max(
        (
            induction.finished_on
            for induction in inductions
            if induction.finished_on is not None
            and _covers(placement, induction.started_on)
            and not _still_confirms(placement, induction)
        ),
        default=None,
    )


def without_body_since(placement: PeriodLike, inductions: Iterable[InductionLike]) -> date | None:
    """Return the day on which a body released somebody here, where none is responsible since.

    ``inductions`` are those of all bodies. None while one is open, wherever it began, once one has
    an outcome, and where nobody released them within the placement: then a body may be awaited.
    """
    known = list(inductions)
    if any(each.finished_on is None or each.outcome is not None for each in known):
        return None
    last_days = (each.finished_on for each in known if each.finished_on is not None)
    last = max(last_days, default=None)
    return last if last is not None and _covers(placement, last) else None


def _still_confirms(placement: PeriodLike, induction: InductionLike) -> bool:
    last_day = induction.finished_on
    return last_day is None or induction.outcome is not None or not _covers(placement, last_day)


def _covers(period: PeriodLike, day: date) -> bool:
    return period.started_on <= day and (period.finished_on is None or day <= period.finished_on)
