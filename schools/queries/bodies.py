"""The appropriate body of an ECT as their school sees it: confirmed, or only reported."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from register_ects.models import ECTAtSchoolPeriod
from register_ects.rules.ect_status import (
    ECTStatus,
    confirming_induction,
    needs_mentor,
    released_on,
    without_body_since,
)
from schools.queries.loading import induction_status_of, inductions_of

#: Of these another school's appropriate body is the next to be responsible.
_GOING = (ECTStatus.LEFT_SCHOOL, ECTStatus.LEAVING_SCHOOL, ECTStatus.JOINING_ANOTHER_SCHOOL)


class Confirmation(StrEnum):
    """Whether the body has confirmed what the school reported of it."""

    CONFIRMED = "confirmed"
    CONFIRMED_BEFORE_THEY_LEFT = "confirmed_before_they_left"
    RELEASED = "released"  # it had confirmed, and stopped being responsible
    AWAITED = "awaited"
    NOT_AWAITED = "not_awaited"  # it never did: induction, or the placement, is over


@dataclass(frozen=True)
class Body:
    """The appropriate body to show. ``released_on`` is its last day, where it released them."""

    name: str
    confirmation: Confirmation
    released_on: date | None = None


def confirmation(
    *, is_confirmed: bool, is_released: bool, induction_is_over: bool, has_left: bool
) -> Confirmation:
    """Return how a body's confirmation stands. After induction or placement none is awaited."""
    if is_released:
        return Confirmation.RELEASED
    if is_confirmed:
        return Confirmation.CONFIRMED_BEFORE_THEY_LEFT if has_left else Confirmation.CONFIRMED
    return Confirmation.NOT_AWAITED if induction_is_over or has_left else Confirmation.AWAITED


def body_of(placement: ECTAtSchoolPeriod, status: ECTStatus) -> Body | None:
    """Return the body of a placement from ``ect_placements``; None where none is known."""
    inductions = inductions_of(placement)
    confirming = confirming_induction(placement, inductions)
    key = confirming.body if confirming else placement.school_reported_appropriate_body_id
    if key is None:
        return None
    theirs = [one for one in inductions if one.body == key]
    last_day = None if confirming else released_on(placement, theirs)
    return Body(
        confirming.body_name if confirming else reported_body_of(placement),
        confirmation(
            is_confirmed=confirming is not None,
            is_released=last_day is not None,
            induction_is_over=not needs_mentor(induction_status_of(placement)),
            has_left=status is ECTStatus.LEFT_SCHOOL,
        ),
        released_on=last_day,
    )


def reported_body_of(placement: ECTAtSchoolPeriod) -> str:
    """Return the name of the body that the school reported, of ``ect_placements``; or nothing."""
    return vars(placement)["reported_body"] or ""


def left_without_body_on(placement: ECTAtSchoolPeriod, status: ECTStatus) -> date | None:
    """Return the day on which the last body stopped being responsible for an induction here.

    None where another followed, where induction is over, and of who leaves the school.
    """
    if status in _GOING or not needs_mentor(induction_status_of(placement)):
        return None
    return without_body_since(placement, inductions_of(placement))
