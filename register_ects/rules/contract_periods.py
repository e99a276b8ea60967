"""Which funding year a registration belongs to (spec 01 §8.1, spec 05 §6.5).

One place decides, for the pages that list lead providers and for the operations that write.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

#: Contract years begin on the first day of this month: June.
_FIRST_MONTH = 6


class ContractPeriodLike(Protocol):
    """What the rules need to know of a contract period; both days inclusive."""

    year: int
    started_on: date
    finished_on: date
    enabled: bool
    payments_frozen_at: datetime | None


CP = TypeVar("CP", bound=ContractPeriodLike)


@dataclass(frozen=True)
class PreviousTraining:
    """The training that decides whether a person keeps their contract period.

    ``year`` and ``schedule_identifier`` are None for school-led training; ``frozen`` says that
    payments of that year are frozen and ``successor_year`` where its ECTs then go.
    """

    provider_led: bool
    year: int | None = None
    schedule_identifier: str | None = None
    frozen: bool = False
    successor_year: int | None = None


@dataclass(frozen=True)
class ContractPeriodChoice:
    """The contract period a registration goes into.

    ``moved_out_of`` is the frozen year that the person leaves, if any; ``reassigned`` says that
    an ECT goes to that year's successor, on its extended schedule.
    """

    year: int
    moved_out_of: int | None = None
    reassigned: bool = False


def containing(periods: Sequence[CP], day: date) -> CP | None:
    """Return the contract period that covers ``day``."""
    return next((p for p in periods if p.started_on <= day <= p.finished_on), None)


def registration_period(periods: Sequence[CP], *, start: date, today: date) -> CP | None:
    """Return the contract period for a start date: back-dated starts join the current one.

    None when there is no current period (unless the start lies in an upcoming one), or when the
    start lies after the last known one: registration then stops (spec 01 §8.1 Improve).
    """
    current, wanted = containing(periods, today), containing(periods, start)
    if current is None:
        return wanted if wanted and wanted.started_on > today else None
    if wanted is None:
        return None if start > max(p.finished_on for p in periods) else current
    return wanted if wanted.year > current.year else current


def choice_for_ect(
    periods: Sequence[CP], *, previous: PreviousTraining | None, start: date, today: date
) -> ContractPeriodChoice | None:
    """Return the contract period of an ECT registration, None when it must stop.

    Provider-led training in a frozen year moves to that year's successor, if it has one; in
    another year it keeps the year, even an old one; anyone else goes by the start date.
    """
    if previous and previous.provider_led and previous.frozen and previous.successor_year:
        return ContractPeriodChoice(
            previous.successor_year, moved_out_of=previous.year, reassigned=True
        )
    return _kept_or_by_start(periods, previous=previous, start=start, today=today)


def choice_for_mentor(
    periods: Sequence[CP], *, previous: PreviousTraining | None, start: date, today: date
) -> ContractPeriodChoice | None:
    """Return the contract period of a mentor's training: as for ECTs, but never reassigned."""
    return _kept_or_by_start(periods, previous=previous, start=start, today=today)


def choice_for_change(
    periods: Sequence[CP],
    *,
    previous: PreviousTraining | None,
    is_ect: bool,
    is_unconfirmed: bool,
    starts_on: date,
) -> ContractPeriodChoice | None:
    """Return the contract period of training that a school changes (spec 05 §6.5 R6).

    ``previous`` is the latest provider-led training, which keeps its contract period unless that
    is frozen: ECTs then go to its successor, anyone else to that of the first day. What no
    provider confirmed (``is_unconfirmed``) was never in a frozen period, and nobody leaves one by
    it. None when no contract period covers the first day.
    """
    if previous and previous.year and not previous.frozen:
        return ContractPeriodChoice(previous.year)
    left = previous.year if previous and not is_unconfirmed else None
    if is_ect and left and previous and previous.successor_year:
        return ContractPeriodChoice(previous.successor_year, moved_out_of=left, reassigned=True)
    by_start = containing(periods, starts_on)
    if by_start is None:
        return None
    return ContractPeriodChoice(by_start.year, moved_out_of=None if by_start.year == left else left)


def _kept_or_by_start(
    periods: Sequence[CP], *, previous: PreviousTraining | None, start: date, today: date
) -> ContractPeriodChoice | None:
    by_start = registration_period(periods, start=start, today=today)
    if by_start is None:
        return None
    if previous is None or not previous.provider_led or previous.year in (None, by_start.year):
        return ContractPeriodChoice(by_start.year)
    if previous.frozen:
        return ContractPeriodChoice(by_start.year, moved_out_of=previous.year)
    return ContractPeriodChoice(previous.year)


def earliest_start(periods: Sequence[CP], *, today: date) -> date | None:
    """Return the earliest start date a school may enter: two contract periods back.

    None when there is no current period or it has fewer than two predecessors.
    """
    current = containing(periods, today)
    earlier = sorted(
        (p for p in periods if current and p.year < current.year), key=lambda p: p.year
    )
    return earlier[-2].started_on if len(earlier) >= 2 else None


def latest_start(periods: Sequence[CP], *, today: date) -> date:
    """Return the latest start date that can be meant: the end of the contract year after this one.

    Contract years run from 1 June to 31 May (spec 05 §6.5), and schools register for one from the
    June in which it begins (§7.2). Of a start in the next one they are told that it is not open
    yet; a later date is mistyped, unless a contract period that far ahead is enabled.
    """
    enabled = [period.finished_on for period in periods if period.enabled]
    return max([date(_contract_year(today) + 2, _FIRST_MONTH, 1) - timedelta(days=1), *enabled])


def academic_years(start: date) -> str:
    """Return the years of a contract year in words, by one of its days: "2026 to 2027"."""
    first = _contract_year(start)
    return f"{first} to {first + 1}"


def _contract_year(day: date) -> int:
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


def is_open_for(periods: Sequence[CP], *, start: date, today: date) -> bool:
    """Whether a start may be registered: known period, begun or enabled (spec 05 §7.2)."""
    wanted = containing(periods, start)
    if wanted is None or (containing(periods, today) is None and wanted.started_on <= today):
        return False
    return start <= today or wanted.enabled
