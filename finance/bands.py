"""Share declarations out over price bands, in both allocation modes.

Counts in, counts out: no prices here, no database, no clock. Prices: finance/calculator.py.
Source: spec 04, 5.3 and 5.4.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class AllocationMode(StrEnum):
    """How declarations of earlier statements are taken into account.

    NET is the rule: a signed running position, and places beyond the last band are kept in an
    overflow that is paid nothing. REFERENCE replays what the service before ours did, for
    comparison: all earlier billables first, then all earlier refunds, and whatever does not
    fit is forgotten.
    """

    NET = "net"
    REFERENCE = "reference"


@dataclass(frozen=True)
class Counts:
    """How many declarations are paid for (``billable``) and taken back (``refundable``)."""

    billable: int = 0
    refundable: int = 0

    def __post_init__(self) -> None:
        """Refuse negative counts: a refund is a positive ``refundable``."""
        if self.billable < 0 or self.refundable < 0:
            raise ValueError(f"counts cannot be negative: {self}")

    def __add__(self, other: "Counts") -> "Counts":
        """Add billables to billables and refundables to refundables."""
        return Counts(self.billable + other.billable, self.refundable + other.refundable)

    def __bool__(self) -> bool:
        """Whether there is anything to count."""
        return self.billable > 0 or self.refundable > 0


class PositionBelowZero(Exception):
    """More declarations of a type were clawed back than were ever paid for: the data is wrong."""

    def __init__(self, position: int) -> None:
        """Keep the position, a negative number of declarations."""
        super().__init__(f"more clawed back than ever billed: the position is {position}")
        self.position = position


@dataclass(frozen=True)
class Allocation:
    """Where one declaration type's counts landed on one statement.

    ``position_*`` are numbers of live declarations: before the statement, after its billables,
    and after its refunds. ``billable`` and ``refundable`` have one number per band, lowest
    first. ``overflow_*`` were beyond all bands, so nothing is paid or recovered for them; in
    reference mode they are what could not be allocated.
    """

    position_before: int
    position_after_billables: int
    position_after: int
    billable: tuple[int, ...]
    refundable: tuple[int, ...]
    overflow_billable: int
    overflow_refundable: int


def fill(position: int, capacities: Sequence[int]) -> tuple[int, ...]:
    """Tell how many places of each band are taken by ``position`` declarations, lowest first.

    >>> fill(5, [2, 2, 2])
    (2, 2, 1)
    """
    taken = []
    for capacity in capacities:
        taken.append(max(0, min(position, capacity)))
        position -= capacity
    return tuple(taken)


def allocate(
    counts: Counts,
    *,
    previous: Counts,
    capacities: Sequence[int],
    mode: AllocationMode = AllocationMode.NET,
) -> Allocation:
    """Allocate one declaration type's counts on one statement to the bands.

    Args:
        counts: billable and refundable on this statement.
        previous: the sums of the same over all earlier statements.
        capacities: places in each band, in allocation order.
        mode: see AllocationMode.

    Raises PositionBelowZero in NET mode; REFERENCE mode stops at zero instead.
    """
    if mode is AllocationMode.NET:
        return _allocate_by_net_position(counts, previous, capacities)
    return _allocate_as_reference(counts, previous, capacities)


def band_letter(index: int) -> str:
    """Name the band at ``index`` (0 is the lowest): A to Z, then AA, AB and so on."""
    letters = ""
    number = index + 1
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


def _allocate_by_net_position(
    counts: Counts, previous: Counts, capacities: Sequence[int]
) -> Allocation:
    before = previous.billable - previous.refundable
    top = before + counts.billable
    after = top - counts.refundable
    if min(before, after) < 0:
        raise PositionBelowZero(min(before, after))

    total_capacity = sum(capacities)

    def overflow(position: int) -> int:
        return max(position - total_capacity, 0)

    return _allocation(
        (before, top, after),
        capacities,
        overflow_billable=overflow(top) - overflow(before),
        overflow_refundable=overflow(top) - overflow(after),
    )


def _allocate_as_reference(
    counts: Counts, previous: Counts, capacities: Sequence[int]
) -> Allocation:
    total_capacity = sum(capacities)
    before = max(min(previous.billable, total_capacity) - previous.refundable, 0)
    top = min(before + counts.billable, total_capacity)
    after = max(top - counts.refundable, 0)
    return _allocation(
        (before, top, after),
        capacities,
        overflow_billable=before + counts.billable - top,
        overflow_refundable=max(counts.refundable - top, 0),
    )


def _allocation(
    positions: tuple[int, int, int],
    capacities: Sequence[int],
    *,
    overflow_billable: int,
    overflow_refundable: int,
) -> Allocation:
    filled_before, filled_top, filled_after = (fill(n, capacities) for n in positions)
    return Allocation(
        *positions,
        billable=_minus(filled_top, filled_before),
        refundable=_minus(filled_top, filled_after),
        overflow_billable=overflow_billable,
        overflow_refundable=overflow_refundable,
    )


def _minus(more: Sequence[int], fewer: Sequence[int]) -> tuple[int, ...]:
    return tuple(a - b for a, b in zip(more, fewer, strict=True))
