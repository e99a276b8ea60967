"""What may be done with an induction, what TRS must be told of it, and how screens name it.

Pure: periods and facts in, problems and words out. Source: spec 06 §6.5, §6.8, §6.10, §6.13,
§6.16.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from register_ects.rules.enumerations import (
    InductionOutcome,
    InductionStatus,
)
from register_ects.rules.names import has_letter
from register_ects.rules.periods import PeriodLike
from register_ects.rules.problems import Problem

#: Characters of a reason in a body's own words.
LONGEST_REASON = 200
#: Bodies may not claim an induction that began before this day.
EARLIEST_CLAIM = date(2021, 9, 1)
#: Full-time equivalent terms: what an induction normally takes, and the most one period may have.
STANDARD_TERMS = Decimal(6)
MOST_TERMS = Decimal(16)

#: A term has at least this many days, holidays within it included; one may have begun before.
DAYS_OF_A_TERM = 60

CLAIMABLE_STATUSES = frozenset(
    {InductionStatus.NONE, InductionStatus.REQUIRED_TO_COMPLETE, InductionStatus.IN_PROGRESS}
)
_STATUS_OF_OUTCOME = {
    InductionOutcome.PASS: InductionStatus.PASSED,
    InductionOutcome.FAIL: InductionStatus.FAILED,
}


class InductionPeriodLike(PeriodLike, Protocol):
    """What the rules need to know of a period of induction."""

    outcome: str | None
    number_of_terms: Decimal | None


@dataclass(frozen=True)
class ClaimFacts:
    """What decides whether a body may claim someone.

    ``held_by_another`` names the other body that has an open period, if one does.
    ``local_outcome`` is an outcome recorded here, which TRS may not know yet.
    """

    qts_awarded_on: date | None
    prohibited: bool
    trs_status: str | None
    local_outcome: str | None = None
    held_by_another: str | None = None


@dataclass(frozen=True)
class TRSState:
    """The whole state of an induction as TRS stores it; both dates inclusive."""

    status: str
    start_date: date | None = None
    completed_date: date | None = None


class InductionState(StrEnum):
    """What an induction is said to be on pages: TRS's statuses, and three more."""

    NONE = InductionStatus.NONE
    REQUIRED_TO_COMPLETE = InductionStatus.REQUIRED_TO_COMPLETE
    IN_PROGRESS = InductionStatus.IN_PROGRESS
    PASSED = InductionStatus.PASSED
    FAILED = InductionStatus.FAILED
    FAILED_IN_WALES = InductionStatus.FAILED_IN_WALES
    EXEMPT = InductionStatus.EXEMPT
    PAUSED = "paused"
    RELEASED = "released"
    UNKNOWN = "unknown"


def problem_with_claiming(facts: ClaimFacts) -> Problem | None:
    """Return the first reason not to claim someone, in the order of spec 06 §6.8 step 2.

    A status that TRS did not give, or that we do not know, comes last: nothing can be claimed
    on it (step 3).
    """
    status, outcome = facts.trs_status, facts.local_outcome
    failed = {InductionStatus.FAILED, InductionStatus.FAILED_IN_WALES}
    reasons = [
        ("no_qts", facts.qts_awarded_on is None),
        ("prohibited", facts.prohibited),
        ("passed", status == InductionStatus.PASSED or outcome == InductionOutcome.PASS),
        ("failed", status in failed or outcome == InductionOutcome.FAIL),
        ("exempt", status == InductionStatus.EXEMPT),
        ("held_by_another", facts.held_by_another is not None),
        ("unknown_status", status not in CLAIMABLE_STATUSES),
    ]
    code = next((code for code, holds in reasons if holds), None)
    if code is None:
        return None
    return Problem("", code, {"held_by": facts.held_by_another})


def problems_with_claim_start(
    *,
    started_on: date,
    qts_awarded_on: date | None,
    earlier_periods: Iterable[InductionPeriodLike],
    today: date,
) -> list[Problem]:
    """Return what is wrong with the first day of a claim: one problem at most.

    Today, the QTS date and the day after the last finished period are allowed.
    Source: spec 06 §6.13, "Claim step 3".
    """
    ends = [period.finished_on for period in earlier_periods if period.finished_on]
    if started_on > today:
        return [Problem("started_on", "in_the_future")]
    if started_on < EARLIEST_CLAIM:
        return [Problem("started_on", "too_early", {"earliest": EARLIEST_CLAIM})]
    if qts_awarded_on is not None and started_on < qts_awarded_on:
        return [Problem("started_on", "before_qts", {"earliest": qts_awarded_on})]
    if ends and started_on <= max(ends):
        earliest = max(ends) + timedelta(days=1)
        return [Problem("started_on", "overlaps", {"earliest": earliest})]
    return []


def problems_with_closing(
    *,
    started_on: date,
    finished_on: date | None,
    number_of_terms: Decimal | None,
    today: date,
) -> list[Problem]:
    """List every reason not to close an induction period; none means it may be closed.

    ``started_on`` and ``finished_on`` are the first and last day covered; they may be equal.
    ``number_of_terms`` is full-time equivalent. None stands for an answer that could not be
    read: the other is judged all the same. Source: spec 06 §6.10, §6.13.
    """
    problems = []
    if finished_on is not None and finished_on > today:
        problems.append(Problem("finished_on", "in_the_future"))
    elif finished_on is not None and finished_on < started_on:
        problems.append(Problem("finished_on", "before_start", {"earliest": started_on}))
    if number_of_terms is None:
        return problems
    if not number_of_terms.is_finite() or not 0 <= number_of_terms <= MOST_TERMS:
        problems.append(Problem("number_of_terms", "out_of_range"))
    elif number_of_terms != round(number_of_terms, 1):
        problems.append(Problem("number_of_terms", "too_precise"))
    return problems


def question_about_terms(
    *,
    started_on: date,
    finished_on: date | None,
    number_of_terms: Decimal,
    served_before: Decimal,
    needed: Decimal,
    is_outcome: bool,
) -> Problem | None:
    """Return what needs a reason about the terms of a period that ends, or None.

    Both days are inclusive; ``finished_on`` is None where the end is not known to be possible.
    ``served_before`` are the terms of the person's other periods. With an outcome, fewer terms in
    all than ``needed`` may be a reduced induction; terms that the days cannot hold may be a slip.
    All terms are full-time equivalent. Source: spec 06 §6.10 Improve.
    """
    days = (finished_on - started_on).days + 1 if finished_on else 0
    if days > 0 and number_of_terms > Decimal(days) / DAYS_OF_A_TERM + 1:
        return Problem("terms_reason", "more_than_the_dates_hold", {"days": days})
    total = served_before + number_of_terms
    if is_outcome and total < needed:
        return Problem("terms_reason", "fewer_than_needed", {"total": total, "needed": needed})
    return None


def problem_with_reason_words(words: str | None) -> Problem | None:
    """Return what is wrong with a body's own words for "another reason", or None.

    A reason has at least one letter: "." and "1" tell nobody why. Source: spec 06 §6.10 Improve.
    """
    if not words:
        return Problem("terms_reason_words", "missing")
    return None if has_letter(words) else Problem("terms_reason_words", "without_letters")


def problems_with_fail_confirmation(
    *, sent_on: date, finished_on: date | None, today: date
) -> list[Problem]:
    """Return what is wrong with the day the ECT was told in writing that they failed.

    It lies between the last day of induction (None: not known yet) and today, both allowed.
    Source: spec 06 §6.10.
    """
    if sent_on > today:
        return [Problem("fail_confirmation_sent_on", "in_the_future")]
    if finished_on is not None and sent_on < finished_on:
        return [Problem("fail_confirmation_sent_on", "before_end", {"earliest": finished_on})]
    return []


def trs_state(periods: Sequence[InductionPeriodLike]) -> TRSState:
    """Return all that TRS should hold, worked out from all of a person's periods.

    An outcome: its status, the first start and the end of the period with the outcome. Any other
    period: in progress since the first start. None: required to complete.
    Source: spec 06 §6.16 Improve.
    """
    if not periods:
        return TRSState(InductionStatus.REQUIRED_TO_COMPLETE)
    first_day = min(period.started_on for period in periods)
    concluding = next((period for period in periods if period.outcome), None)
    if concluding is None:
        return TRSState(status_for(None), first_day)
    return TRSState(status_for(concluding.outcome), first_day, concluding.finished_on)


def status_for(outcome: str | None) -> str:
    """Return what TRS should say of an induction that has begun: by its outcome, if it has one."""
    if outcome is None:
        return InductionStatus.IN_PROGRESS
    return _STATUS_OF_OUTCOME[InductionOutcome(outcome)]


def induction_state(
    periods: Iterable[InductionPeriodLike], *, trs_status: str | None
) -> InductionState:
    """Return the state to show: what is recorded here first, else what TRS says.

    An outcome here wins; an open period is in progress; a released one is paused unless TRS
    holds a final status. Source: spec 06 §6.5 with its Improve.
    """
    recorded = list(periods)
    outcome = next((period.outcome for period in recorded if period.outcome), None)
    if outcome:
        return InductionState(_STATUS_OF_OUTCOME[InductionOutcome(outcome)])
    if any(period.finished_on is None for period in recorded):
        return InductionState.IN_PROGRESS
    unfinished_in_trs = trs_status is None or trs_status in CLAIMABLE_STATUSES
    if trs_status == InductionStatus.IN_PROGRESS or (recorded and unfinished_in_trs):
        return InductionState.PAUSED
    return state_in_trs(trs_status)


def state_in_trs(trs_status: str | None) -> InductionState:
    """Return what TRS itself says, whatever is recorded here."""
    if trs_status is None or trs_status not in InductionStatus.values:
        return InductionState.UNKNOWN
    return InductionState(trs_status)


def disagrees_with_trs(periods: Sequence[InductionPeriodLike], *, trs_status: str | None) -> bool:
    """Whether TRS's status is another than our periods call for (none: nothing to say)."""
    return bool(periods) and trs_state(periods).status != trs_status


def terms_served(periods: Iterable[InductionPeriodLike]) -> Decimal:
    """Return the full-time equivalent terms of the finished periods; an open one counts none."""
    return sum((period.number_of_terms or Decimal(0) for period in periods), Decimal(0))


def terms_needed(extensions: Iterable[Decimal]) -> Decimal:
    """Return the terms an induction takes: six, and every extension."""
    return STANDARD_TERMS + sum(extensions, Decimal(0))
