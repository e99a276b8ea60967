"""Say of each declaration on a statement which band it lies in and what it is paid.

Pure: a statement's calculation in, bands and amounts out. Which of a type's declarations lies in
which band is decided by their order: declaration date, creation, key. What is paid fills the
bands upwards from the position before the statement, what is taken back stands above the position
after it. Source: spec 04, 5.4, 9.1 and 11.4.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from finance.calculation import StatementCalculation
from finance.terms import ContractType
from register_ects.rules.enumerations import TraineeRole


class Kind(StrEnum):
    """What a statement does with a declaration."""

    PAYMENT = "payment"
    CLAWBACK = "clawback"
    VOIDED = "voided"  # before it was paid: counted, and worth nothing


#: In place of a band's letter: beyond the last one.
BEYOND = "beyond"


class Listed(NamedTuple):
    """A declaration as far as a statement cares. ``key`` finds it again.

    ``band`` is a letter or BEYOND; None for what goes through no band, or could not be counted.
    """

    key: int
    role: str
    declaration_type: str
    kind: Kind
    has_uplift: bool = False
    band: str | None = None


class Span(NamedTuple):
    """The places of one band among a type's declarations that are paid, or are taken back.

    Places are counted from 0 in the order of the declarations; ``end`` is the first one after it.
    """

    kind: Kind
    declaration_type: str
    band: str
    first: int
    end: int


@dataclass(frozen=True, eq=False)
class Price:
    """What each of many declarations earns on a statement; what is taken back is negative.

    ``band`` is a letter; None outside the bands: beyond the last one (``is_beyond``), at a flat
    rate, voided, or on a statement that cannot be calculated. ``fee`` is exact pounds without
    VAT; None when there is no price. ``uplift`` comes on top of it.
    """

    band: str | None = None
    is_beyond: bool = False
    fee: Fraction | None = None
    uplift: Fraction = Fraction(0)

    @property
    def amount(self) -> Fraction:
        """Pounds paid (or, negative, taken back), the uplift included."""
        return (self.fee or Fraction(0)) + self.uplift


class Placed(NamedTuple):
    """A declaration and what it earns."""

    listed: Listed
    price: Price


NO_PRICE, NOTHING = Price(), Price(fee=Fraction(0))


def spans(calculation: StatementCalculation | None) -> Iterator[Span]:
    """Give the places of each band that anything lies in; none where nothing can be calculated."""
    for output in calculation.types if calculation else ():
        letters = [*(str(line.band) for line in output.lines), BEYOND]
        allocation = output.allocation
        for kind, counts in (
            (Kind.PAYMENT, (*allocation.billable, allocation.overflow_billable)),
            (Kind.CLAWBACK, (*allocation.refundable, allocation.overflow_refundable)),
        ):
            first = 0
            for letter, count in zip(letters, counts, strict=True):
                if count:
                    yield Span(kind, output.declaration_type, letter, first, first + count)
                first += count


def goes_through_bands(calculation: StatementCalculation | None, role: str) -> bool:
    """Whether a role's declarations go through the bands; else they are paid a flat rate."""
    everybody = calculation is None or calculation.contract_type is ContractType.ECF
    return everybody or role == TraineeRole.ECT


def amount_of_all(calculation: StatementCalculation) -> Fraction:
    """Return exactly, in pounds without VAT, what all declarations of a statement earn."""
    return calculation.output_net + calculation.flat_rate_subtotal + calculation.uplift.net_amount


def amount_of(placed: Iterable[tuple[Placed, int]]) -> Fraction:
    """Add up exactly, in pounds without VAT, what declarations earn, each so many times."""
    return sum((each.price.amount * count for each, count in placed), Fraction(0))


class Prices:
    """The prices of a statement. Declarations that earn the same share one price object."""

    def __init__(self, calculation: StatementCalculation | None) -> None:
        """Take the prices of a calculation; without one nothing has a price."""
        self._calculation = calculation
        self._prices: dict[tuple[object, ...], Price] = {}
        if calculation is None:
            return
        self._banded = {
            (line.declaration_type, line.band): line.unit_fee
            for output in calculation.types
            for line in output.lines
        }
        self._flat = {line.declaration_type: line.unit_fee for line in calculation.mentor_lines}

    def place(self, listed: Listed) -> Placed:
        """Return a declaration with what it earns."""
        worth = listed[1:]  # the same but for the key
        if worth not in self._prices:
            self._prices[worth] = self._price(listed)
        return Placed(listed, self._prices[worth])

    def _price(self, listed: Listed) -> Price:
        if self._calculation is None:
            return NO_PRICE
        if listed.kind is Kind.VOIDED:
            return NOTHING
        sign = -1 if listed.kind is Kind.CLAWBACK else 1
        kind, band = listed.declaration_type, listed.band
        if not goes_through_bands(self._calculation, listed.role):
            fee = self._flat.get(kind)
            price = NO_PRICE if fee is None else Price(fee=sign * fee)
        elif band == BEYOND:
            price = Price(is_beyond=True, fee=Fraction(0))
        elif band is None:  # it came onto the statement after that was counted
            return NO_PRICE
        else:
            price = Price(band, fee=sign * self._banded[kind, band])
        if not listed.has_uplift:
            return price
        return replace(price, uplift=sign * self._calculation.uplift.unit_fee)
