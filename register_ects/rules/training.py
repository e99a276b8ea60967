"""What training periods say about a person today (spec 01 §9.4, §9.5)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar

from register_ects.rules.periods import PeriodLike


class TrainingLike(PeriodLike, Protocol):
    """What the rules need to know of training."""

    @property
    def training_status(self) -> str:
        """Return active, deferred or withdrawn."""


_Training = TypeVar("_Training", bound=TrainingLike)


def present_training(periods: Sequence[_Training], *, today: date) -> _Training | None:
    """Return the current or next training of a placement, else its latest; None of none.

    What its provider stopped today gives way to what already follows it.
    """
    in_order = sorted(periods, key=lambda each: each.started_on)
    ahead = [each for each in in_order if each.finished_on is None or each.finished_on >= today]
    going_on = [each for each in ahead if each.training_status == "active"]
    return next(iter([*going_on, *ahead, *reversed(in_order)]), None)


def training_status(*, withdrawn_at: datetime | None, deferred_at: datetime | None) -> str:
    """Return ``active``, ``deferred`` or ``withdrawn``: the later wins, withdrawn on a tie."""
    if withdrawn_at and (deferred_at is None or withdrawn_at >= deferred_at):
        return "withdrawn"
    return "deferred" if deferred_at else "active"


def participant_status(
    *,
    status: str,
    started_on: date,
    finished_on: date | None,
    completed_on: date | None,
    today: date,
) -> str:
    """Return ``joining``, ``active``, ``leaving`` or ``left`` (spec 01 §9.5, first match wins).

    ``status`` is the training status; ``completed_on`` the ECT's induction end or the mentor's
    funding end. ``left`` holds from the last day itself.
    """
    leaving_or_left = "leaving" if finished_on is not None and finished_on > today else "left"
    if status != "active":
        return leaving_or_left
    if completed_on is not None and (finished_on is None or completed_on <= finished_on):
        return "active"
    if finished_on is not None:
        return leaving_or_left
    return "joining" if started_on > today else "active"


def eligible_for_funding(
    *, first_eligible_on: date | None, ineligible_on: date | None
) -> bool | None:
    """Return whether a role is fundable, None when nothing is known (spec 01 §9.6)."""
    if first_eligible_on is None:
        return None if ineligible_on is None else False
    return ineligible_on is None or first_eligible_on <= ineligible_on
