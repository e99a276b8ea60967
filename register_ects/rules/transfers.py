"""Who moved from one school to another, and what lead providers are told of it. Pure.

Derived, never stored. Source: spec 02 §2.14 with its Improves, spec 03 §13, spec 00 "Transfers".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter


class TransferType(StrEnum):
    """Where a person went; ``unknown`` while no training elsewhere is recorded."""

    NEW_SCHOOL = "new_school"
    NEW_PROVIDER = "new_provider"
    UNKNOWN = "unknown"


class TransferStatus(StrEnum):
    """Whether both the leaving and the joining date have come."""

    INCOMPLETE = "incomplete"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Training:
    """One training period at a school; both days are inclusive, no last day means open.

    ``provider_id`` is the key of the lead provider that a partnership confirms, None for
    school-led training and for an expression of interest. ``named_provider_id`` is the lead
    provider that the school named, confirmed or not, None for school-led training.
    """

    key: int
    provider_id: int | None
    named_provider_id: int | None
    started_on: date
    finished_on: date | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Placement:
    """A person's time at one school in one role, with the training they had there."""

    key: int
    school_urn: int
    started_on: date
    finished_on: date | None
    trainings: Sequence[Training] = ()


@dataclass(frozen=True, slots=True)
class Transfer:
    """A move: the training that was left, and the training that was joined, if any.

    ``left_on`` is the last day of training at the old school (inclusive).
    """

    leaving: Training
    left_on: date
    leaving_school_urn: int
    joining: Training | None
    joining_school_urn: int | None

    @property
    def transfer_type(self) -> TransferType:
        """Say where to. A provider that is only named counts for the comparison."""
        if self.joining is None:
            return TransferType.UNKNOWN
        if self.leaving.named_provider_id != self.joining.named_provider_id:
            return TransferType.NEW_PROVIDER
        return TransferType.NEW_SCHOOL

    @property
    def seen_by(self) -> set[int]:
        """Return the lead providers that confirmed the training at either end."""
        ends = [self.leaving, self.joining]
        return {end.provider_id for end in ends if end and end.provider_id is not None}

    def status(self, today: date) -> TransferStatus:
        """Return ``incomplete`` while the leaving or the joining date is after today."""
        dates = [self.left_on, *([self.joining.started_on] if self.joining else [])]
        return TransferStatus.INCOMPLETE if max(dates) > today else TransferStatus.COMPLETE


def transfers(placements: Sequence[Placement], *, has_completed: bool) -> list[Transfer]:
    """Return a person's transfers in one role, in order of the training left.

    ``placements`` are all of the person's in that role, in any order. ``has_completed`` says
    that the ECT's induction, or the mentor's funding, has ended: then nobody waits for them to
    turn up elsewhere.
    """
    in_order = sorted(placements, key=attrgetter("started_on", "key"))
    found = [_transfer_from(place, in_order, has_completed) for place in in_order]
    return sorted(filter(None, found), key=lambda each: (each.leaving.started_on, each.leaving.key))


def _transfer_from(
    left: Placement, in_order: Sequence[Placement], has_completed: bool
) -> Transfer | None:
    """Apply the numbered rules of spec 02 §2.14 to one placement."""
    if left.finished_on is None or not left.trainings:
        return None
    in_turn = attrgetter("started_on", "key")
    leaving = max(left.trainings, key=in_turn)
    if leaving.finished_on is None:
        return None
    joined = _next_placement(left, left.finished_on, in_order)
    if joined.school_urn == left.school_urn if joined else has_completed:
        return None
    joining = min(joined.trainings, key=in_turn, default=None) if joined else None
    return Transfer(
        leaving=leaving,
        left_on=leaving.finished_on,
        leaving_school_urn=left.school_urn,
        joining=joining,
        joining_school_urn=joined.school_urn if joined and joining else None,
    )


def _next_placement(
    left: Placement, left_on: date, in_order: Sequence[Placement]
) -> Placement | None:
    """Return the first placement that starts on or after the last day of the one left.

    One that began earlier ran beside it: a mentor may be at two schools at once.
    """
    later = (place for place in in_order if place is not left and place.started_on >= left_on)
    return next(later, None)
