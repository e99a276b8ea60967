"""Whether a person may be registered, and on which dates (spec 05 §6.6, §7.2, §7.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from register_ects.rules.enumerations import AppropriateBodyType, InductionStatus
from register_ects.rules.problems import Problem

FURTHEST_MOVE_MONTHS = 4

_STOPS = {
    InductionStatus.PASSED: "induction_completed",
    InductionStatus.EXEMPT: "induction_exempt",
    InductionStatus.FAILED: "induction_failed",
    InductionStatus.FAILED_IN_WALES: "induction_failed",
}


def reason_not_to_register_ect(
    *, active_at_this_school: bool, induction_status: str | None, prohibited: bool
) -> str | None:
    """Return why a person cannot be registered as an ECT, in the order pages check; or None.

    The codes name the stop pages of spec 05 §7.2. No qualified teacher status is no reason.
    """
    if active_at_this_school:
        return "already_active_at_school"
    if induction_status in _STOPS:
        return _STOPS[InductionStatus(induction_status)]
    return "cannot_register_ect" if prohibited else None


def reason_not_to_register_mentor(
    *, is_the_ect: bool, active_at_this_school: bool, prohibited: bool
) -> str | None:
    """Return why a person cannot be registered as a mentor (spec 05 §8.3); or None."""
    if is_the_ect:
        return "cannot_mentor_themself"
    if active_at_this_school:
        return "already_active_at_school"
    return "cannot_register_mentor" if prohibited else None


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day."""
    year, month0 = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month0 + 1, 1)
    next_first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), next_first - timedelta(days=1))


class RecordKind(StrEnum):
    """What a new placement must come after."""

    PLACEMENT = "placement"  # time at a school
    TRAINING = "training"  # training that began there
    DECLARED = "declared"  # training or mentoring there that declarations refer to
    HERE = "here"  # earlier time at the school that registers now


@dataclass(frozen=True)
class EarlierRecord:
    """A record that a new placement must come after, in terms that its message needs.

    ``school`` is the school's name. ``started_on`` and ``finished_on`` are its first and last day
    (inclusive, None: open); ``first_free`` is the first day on which a new placement may start.
    """

    kind: RecordKind
    school: str
    started_on: date
    first_free: date
    finished_on: date | None = None


def problems_with_earlier_records(
    start: date, records: Iterable[EarlierRecord], *, today: date
) -> list[Problem]:
    """List the record that stands in the way of a start; of several, the one free last.

    The details name the ``school``, when the record ``started`` and ``finished``, and the
    ``earliest`` start that is accepted (spec 05 §6.6 Improve). The code says what the record is,
    and whether it lies ahead of ``today``.
    """
    in_the_way = [record for record in records if start < record.first_free]
    last = max(in_the_way, key=lambda record: record.first_free, default=None)
    if last is None:
        return []
    details = {
        "school": last.school,
        "started": last.started_on,
        "finished": last.finished_on,
        "earliest": last.first_free,
    }
    return [Problem("started_on", _code(last, today), details)]


def _code(record: EarlierRecord, today: date) -> str:
    if record.kind == RecordKind.PLACEMENT and record.started_on > today:
        return "before_later_record"
    return {
        RecordKind.PLACEMENT: "before_previous_record",
        RecordKind.TRAINING: "before_previous_training",
        RecordKind.DECLARED: "before_declared_training",
        RecordKind.HERE: "already_here_then",
    }[record.kind]


def problems_with_ect_start(
    *,
    start: date,
    today: date,
    earliest: date | None,
    latest: date,
    records: Iterable[EarlierRecord],
    moving_from: EarlierRecord | None,
    open_for_registration: bool,
) -> list[Problem]:
    """List what is wrong with an ECT's start date at the school (spec 05 §7.4).

    ``earliest`` is the start of the contract period two back, ``latest`` the end of the next
    contract year: nobody means a later day. ``records`` are those of the latest other placement
    and of time here that is over. ``moving_from`` is the open placement that the move ends, if
    there is one: it may be at most four months ahead. That check waits when registration for the
    date is not open yet, so that the person is told so instead.
    """
    if earliest and start < earliest:
        return [Problem("started_on", "before_earliest", {"earliest": earliest})]
    if start > latest:
        return _mistyped(latest)
    problems = problems_with_earlier_records(start, records, today=today)
    if problems:
        return problems
    return _too_far_ahead(start, moving_from, today=today) if open_for_registration else []


def problems_with_mentor_start(
    *,
    start: date,
    today: date,
    latest: date,
    records: Iterable[EarlierRecord],
    elsewhere: EarlierRecord | None,
    ect_leaves_on: date | None,
) -> list[Problem]:
    """List what is wrong with a mentor's start date at the school (spec 05 §8.3, §6.6).

    ``latest`` is as in ``problems_with_ect_start``. ``elsewhere`` is where else they mentor on the
    start or later, if anywhere: the move may then be at most four months ahead.
    ``ect_leaves_on`` is the last day of the ECT to be mentored.
    """
    if start > latest:
        return _mistyped(latest)
    problems = problems_with_earlier_records(start, records, today=today)
    if problems:
        return problems
    if ect_leaves_on and start > ect_leaves_on:
        return [Problem("started_on", "after_ect_leaves", {"latest": ect_leaves_on})]
    return _too_far_ahead(start, elsewhere, today=today)


def _mistyped(latest: date) -> list[Problem]:
    return [Problem("started_on", "year_too_late", {"latest": latest})]


def _too_far_ahead(start: date, moving_from: EarlierRecord | None, *, today: date) -> list[Problem]:
    """List why a move is too far ahead: the details name what it would leave and the limit."""
    latest = months_after(today, FURTHEST_MOVE_MONTHS)
    if moving_from is None or start <= latest:
        return []
    details = {
        "school": moving_from.school,
        "started": moving_from.started_on,
        "latest": latest,
    }
    return [Problem("started_on", "too_far_ahead", details)]


def problems_with_appropriate_body(
    *, body_type: str, active: bool, independent_school: bool
) -> list[Problem]:
    """List why a school may not choose a body (spec 05 §6.4).

    State-funded schools choose an active teaching school hub; independent ones may choose a
    national body too; nobody chooses a local authority.
    """
    allowed = {AppropriateBodyType.TEACHING_SCHOOL_HUB.value}
    if independent_school:
        allowed.add(AppropriateBodyType.NATIONAL.value)
    if not active:
        return [Problem("appropriate_body", "not_active")]
    if body_type not in allowed:
        return [Problem("appropriate_body", "not_allowed_for_school")]
    return []
