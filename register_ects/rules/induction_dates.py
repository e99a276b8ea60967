"""Which days an induction period may have, beside the person's others (spec 06 §6.9, §6.13)."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from register_ects.rules.inductions import (
    EARLIEST_CLAIM,
    InductionPeriodLike,
    problems_with_closing,
)
from register_ects.rules.periods import PeriodLike
from register_ects.rules.problems import Problem

#: Statutory induction began on this day.
EARLIEST_INDUCTION = date(1999, 9, 1)
#: How long a body may correct a release that it recorded.
CORRECTABLE_FOR = timedelta(days=30)


def problem_with_overlap(
    *, started_on: date, finished_on: date | None, others: Iterable[PeriodLike]
) -> Problem | None:
    """Return why a period cannot stand beside the person's others, or None.

    Both ends are inclusive; an open period runs on for ever, so it must be the latest. Told at
    the start or the end that falls inside another period, else of the whole when it holds one.
    """
    known = sorted(others, key=lambda each: each.started_on)
    if any(_holds(each, started_on) for each in known):
        return Problem("started_on", "overlaps", {"earliest": _first_free_day(known)})
    later = [each for each in known if each.started_on > started_on]
    if finished_on is None:
        return Problem("finished_on", "missing") if later else None
    if any(_holds(each, finished_on) for each in later):
        return Problem("finished_on", "overlaps")
    if any(each.started_on <= finished_on for each in later):
        return Problem("", "overlaps")
    return None


def problems_with_new_start(
    *,
    started_on: date,
    recorded: date,
    qts_awarded_on: date | None,
    others: Iterable[PeriodLike],
    today: date,
) -> list[Problem]:
    """Return what is wrong with another first day of a body's open period: one problem at most.

    ``recorded`` is the first day so far: a period that began when bodies could claim goes on
    beginning then or later. Source: spec 06 §6.9 with its Improve, §6.13 "AB edit".
    """
    earliest = EARLIEST_CLAIM if recorded >= EARLIEST_CLAIM else EARLIEST_INDUCTION
    if started_on > today:
        return [Problem("started_on", "in_the_future")]
    if started_on < earliest:
        return [Problem("started_on", "too_early", {"earliest": earliest})]
    if qts_awarded_on is not None and started_on < qts_awarded_on:
        return [Problem("started_on", "before_qts", {"earliest": qts_awarded_on})]
    known = list(others)
    if problem_with_overlap(started_on=started_on, finished_on=None, others=known):
        return [Problem("started_on", "overlaps", {"earliest": _first_free_day(known)})]
    return []


def problems_with_staff_period(
    *,
    started_on: date,
    finished_on: date | None,
    number_of_terms: Decimal | None,
    outcome: str | None,
    qts_awarded_on: date | None,
    others: Iterable[InductionPeriodLike],
    today: date,
) -> list[Problem]:
    """Return what is wrong with the days and terms of a period that staff add or change.

    ``others`` are the person's other periods. Source: spec 06 §6.12, §6.13 "Admin add/edit".
    """
    known = list(others)
    problems = _problems_with_staff_start(started_on, qts_awarded_on, today)
    if finished_on is not None:
        problems += problems_with_closing(
            started_on=started_on,
            finished_on=finished_on,
            number_of_terms=number_of_terms,
            today=today,
        )
        if number_of_terms is None:
            problems.append(Problem("number_of_terms", "missing"))
    elif number_of_terms is not None:
        problems.append(Problem("number_of_terms", "without_end"))
    if outcome and finished_on is None:
        problems.append(Problem("finished_on", "missing_with_outcome"))
    if problems:
        return problems
    if any(each.outcome and each.started_on < started_on for each in known):
        return [Problem("started_on", "after_outcome")]
    if outcome and any(each.started_on > started_on for each in known):
        return [Problem("started_on", "outcome_not_last")]
    overlap = problem_with_overlap(started_on=started_on, finished_on=finished_on, others=known)
    return [overlap] if overlap else []


def _problems_with_staff_start(
    started_on: date, qts_awarded_on: date | None, today: date
) -> list[Problem]:
    if started_on > today:
        return [Problem("started_on", "in_the_future")]
    if started_on < EARLIEST_INDUCTION:
        return [Problem("started_on", "too_early", {"earliest": EARLIEST_INDUCTION})]
    if qts_awarded_on is not None and started_on < qts_awarded_on:
        return [Problem("started_on", "before_qts", {"earliest": qts_awarded_on})]
    return []


def problems_with_correcting(
    *, recorded_on: date | None, started_on: date, others: Iterable[PeriodLike], today: date
) -> list[Problem]:
    """Return why a body may not correct the end of a period that it released, or nothing.

    ``recorded_on`` is the day on which the release was recorded, None when that is not known.
    """
    if any(each.started_on > started_on for each in others):
        return [Problem("", "followed")]
    if recorded_on is None or today > recorded_on + CORRECTABLE_FOR:
        return [Problem("", "too_late")]
    return []


def _holds(period: PeriodLike, day: date) -> bool:
    return period.started_on <= day and (period.finished_on is None or day <= period.finished_on)


def _first_free_day(periods: Iterable[PeriodLike]) -> date | None:
    ends = [each.finished_on for each in periods if each.finished_on is not None]
    return max(ends) + timedelta(days=1) if ends else None
