"""What does not agree about an ECT, or should be looked at by their appropriate body. Pure.

Source: spec 06 §6.21.2.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from register_ects.rules.inductions import STANDARD_TERMS
from register_ects.rules.terms import ASSUMED_PART_TIME, Served, TermCalendar
from register_ects.rules.working_days import working_days_after

#: After so many working days at a school an ECT should have been claimed.
DAYS_TO_CLAIM = 10
#: After so many working days an outcome is overdue.
DAYS_TO_RECORD = 20
#: An induction may begin so long before the first school start, and no longer.
LONGEST_BEFORE_SCHOOL = timedelta(days=31)
#: TRS has so long to say what is recorded here.
TIME_OF_TRS = timedelta(hours=24)
_ONE = Decimal(1)


class InductionFlag(StrEnum):
    """Something that a body should look at, in the order in which it is listed."""

    NOT_CLAIMED = "not_claimed"
    CLAIMED_NOT_REGISTERED = "claimed_not_registered"
    AB_MISMATCH = "ab_mismatch"
    PROGRAMME_MISMATCH = "programme_mismatch"
    LEAVING_NOT_RELEASED = "leaving_not_released"
    START_BEFORE_SCHOOL = "start_before_school"
    STATUS_MISMATCH = "status_mismatch"
    TRS_WRITE_FAILED = "trs_write_failed"
    QTS_MISSING = "qts_missing"
    QTS_AFTER_START = "qts_after_start"
    TRN_CHANGED = "trn_changed"
    OVERRUNNING = "overrunning"
    DUE_NO_OUTCOME = "due_no_outcome"
    TRAINING_ENDED_EARLY = "training_ended_early"
    POSSIBLE_CONFLICT = "possible_conflict"


@dataclass(frozen=True)
class Facts:
    """What is known of an ECT, to whoever is their body or is named as it.

    ``body`` is the key of the body that asks, ``held_by`` of the one with the open period.
    ``open_since`` and ``open_programme`` are of that period; ``first_day`` is the first day with
    any body, ``served`` the terms of closed periods, ``extensions`` those added.
    ``recorded_at`` is when the periods last changed. ``differs_from_trs`` says that TRS has
    another status than they call for; ``trs_refused`` that it did not accept the latest message;
    ``trs_shows_none`` that it has no record under this TRN any more.
    ``named_since`` is the first day of the present or next placement that names the body.
    ``school_since`` is the first day at any school; ``is_at_school`` says that a placement goes on
    or is to come, ``left_on`` is the last day where none does, and ``reported_body`` whom the
    present one names. ``training_programme`` and ``training_status`` are of the present training.
    """

    body: int
    held_by: int | None
    open_since: date | None
    open_programme: str | None
    first_day: date | None
    has_outcome: bool
    served: Decimal
    extensions: Decimal
    recorded_at: datetime | None
    differs_from_trs: bool
    trs_refused: bool
    trs_shows_none: bool
    is_over_in_trs: bool
    qts_awarded_on: date | None
    named_since: date | None
    school_since: date | None
    is_at_school: bool
    left_on: date | None
    reported_body: int | None
    works_part_time: bool
    training_programme: str | None
    training_status: str | None
    may_conflict: bool

    @property
    def is_held(self) -> bool:
        """Whether the body that asks has the open period."""
        return self.held_by == self.body

    @property
    def terms(self) -> Served | None:
        """Return what is served, where the body that asks holds the open period."""
        if not self.is_held or self.open_since is None:
            return None
        return Served(
            closed=self.served,
            needed=STANDARD_TERMS + self.extensions,
            open_since=self.open_since,
            full_time=ASSUMED_PART_TIME if self.works_part_time else _ONE,
        )


def flags_of(
    facts: Facts, *, today: date, now: datetime, calendar: TermCalendar
) -> list[InductionFlag]:
    """Return the flags of an ECT, in the order of ``InductionFlag``.

    All but the first, of the TRN and of a possible conflict are about whom the body holds, or
    whose outcome was recorded.
    """
    reasons = {
        InductionFlag.NOT_CLAIMED: _is_not_claimed(facts, today),
        InductionFlag.TRN_CHANGED: facts.trs_shows_none,
        InductionFlag.POSSIBLE_CONFLICT: facts.may_conflict,
        InductionFlag.STATUS_MISMATCH: _differs_from_trs(facts, now),
        InductionFlag.TRS_WRITE_FAILED: facts.trs_refused,
        **(_of_whom_it_holds(facts, today, calendar) if facts.is_held else {}),
    }
    return [flag for flag in InductionFlag if reasons.get(flag)]


def _of_whom_it_holds(
    facts: Facts, today: date, calendar: TermCalendar
) -> dict[InductionFlag, bool]:
    trained = facts.training_programme
    first, qts, school = facts.first_day, facts.qts_awarded_on, facts.school_since
    return {
        InductionFlag.CLAIMED_NOT_REGISTERED: not facts.is_at_school,
        InductionFlag.AB_MISMATCH: facts.reported_body not in (None, facts.body),
        InductionFlag.PROGRAMME_MISMATCH: bool(
            trained and facts.open_programme and trained != facts.open_programme
        ),
        InductionFlag.LEAVING_NOT_RELEASED: facts.left_on is not None and facts.left_on < today,
        InductionFlag.START_BEFORE_SCHOOL: bool(
            first and school and first < school - LONGEST_BEFORE_SCHOOL
        ),
        InductionFlag.QTS_MISSING: qts is None,
        InductionFlag.QTS_AFTER_START: bool(qts and first and qts > first),
        InductionFlag.TRAINING_ENDED_EARLY: facts.training_status in ("withdrawn", "deferred"),
        **_of_terms(facts, today, calendar),
    }


def _of_terms(facts: Facts, today: date, calendar: TermCalendar) -> dict[InductionFlag, bool]:
    terms = facts.terms
    if terms is None or facts.has_outcome:
        return {}
    overdue_after = working_days_after(terms.expected_end(calendar), DAYS_TO_RECORD)
    return {
        InductionFlag.OVERRUNNING: terms.elapsed(calendar, today) > terms.needed + _ONE,
        InductionFlag.DUE_NO_OUTCOME: today > overdue_after,
    }


def _is_not_claimed(facts: Facts, today: date) -> bool:
    """Whether a school has named the body for ten working days, and nobody holds the ECT.

    Not of whose induction is over: there is nothing to claim.
    """
    if facts.named_since is None or facts.held_by is not None:
        return False
    is_over = facts.has_outcome or facts.is_over_in_trs
    return not is_over and today >= working_days_after(facts.named_since, DAYS_TO_CLAIM)


def _differs_from_trs(facts: Facts, now: datetime) -> bool:
    """Whether TRS has had a day to say what is recorded here, and says something else.

    A release calls for no status of its own.
    """
    if not facts.differs_from_trs or not (facts.has_outcome or facts.held_by is not None):
        return False
    return facts.recorded_at is not None and now - facts.recorded_at > TIME_OF_TRS
