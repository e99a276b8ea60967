"""Whether a person may be registered, and on which dates (spec 05 §6.6, §7.2, §7.4)."""

from datetime import date, timedelta

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


def first_day_after_records(
    *, placement_started_on: date | None, training_started_on: date | None
) -> date | None:
    """Return the first day on which a new placement may start after earlier records.

    The day after the start of the latest other placement, and of its latest begun training,
    whichever is later (spec 05 §6.6 Improve). None when there is no record.
    """
    starts = [day for day in (placement_started_on, training_started_on) if day]
    return max(starts) + timedelta(days=1) if starts else None


def problems_with_ect_start(
    *,
    start: date,
    today: date,
    earliest: date | None,
    first_day_after: date | None,
    moving_from_open_placement: bool,
    open_for_registration: bool,
) -> list[Problem]:
    """List what is wrong with an ECT's start date at the school (spec 05 §7.4).

    ``earliest`` is the start of the contract period two back; ``first_day_after`` the first day
    free after the latest other placement. A move from an open placement may be at most four
    months ahead; that check waits when registration for the date is not open yet, so that the
    person is told so instead.
    """
    if earliest and start < earliest:
        return [Problem("started_on", "before_earliest", {"earliest": earliest})]
    if first_day_after and start < first_day_after:
        return [Problem("started_on", "before_previous_record", {"earliest": first_day_after})]
    latest = months_after(today, FURTHEST_MOVE_MONTHS)
    if moving_from_open_placement and start > latest and open_for_registration:
        return [Problem("started_on", "too_far_ahead", {"latest": latest})]
    return []


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
