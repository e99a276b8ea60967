"""Say of each declaration on a statement which band it lies in and what it is paid.

Pure: a statement's declarations and its calculation in, the same with amounts out. Which of a
type's declarations lies in which band is decided by their order: declaration date, creation,
key. Source: spec 04, 5.4, 9.1 and 11.4.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from finance.bands import bands_in_order
from finance.calculation import FeeLine, StatementCalculation, TypeOutput
from finance.terms import ContractType


class Kind(StrEnum):
    """What a statement does with a declaration."""

    PAYMENT = "payment"
    CLAWBACK = "clawback"
    VOIDED = "voided"  # before it was paid: counted, and worth nothing


class Listed(NamedTuple):
    """A declaration as far as a statement cares. ``key`` finds it again."""

    key: int
    role: str
    declaration_type: str
    kind: Kind
    has_uplift: bool = False


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
    """A declaration and what it earns. Those of one band and type share one price object."""

    listed: Listed
    price: Price


NO_PRICE, NOTHING = Price(), Price(fee=Fraction(0))
#: Without an uplift, and with one.
_Pair = tuple[Price, Price]


def place_declarations(
    declarations: Sequence[Listed], calculation: StatementCalculation | None
) -> list[Placed]:
    """Place a statement's declarations, which come in order, and keep that order.

    Without a calculation nothing is placed or priced. The amounts add up to what the
    calculation pays and takes back for declarations.
    """
    if calculation is None:
        return [Placed(each, NO_PRICE) for each in declarations]
    prices = _Prices(calculation)
    return [Placed(each, prices.next_price(each)) for each in declarations]


def amount_of(placed: Iterable[Placed]) -> Fraction:
    """Add up exactly, in pounds without VAT, what declarations earn."""
    times = Counter(each.price for each in placed)
    return sum((price.amount * count for price, count in times.items()), Fraction(0))


class _Prices:
    """The prices of a statement, given out to one declaration after the other."""

    def __init__(self, calculation: StatementCalculation) -> None:
        self._uplift = calculation.uplift.unit_fee
        self._all_in_bands = calculation.contract_type is ContractType.ECF
        self._paid: dict[str, Iterator[_Pair]] = {}
        self._taken_back: dict[str, Iterator[_Pair]] = {}
        for output in calculation.types:
            kind, allocation = output.declaration_type, output.allocation
            self._paid[kind] = self._places(output, allocation.position_before, 1)
            self._taken_back[kind] = self._places(output, allocation.position_after, -1)
        self._flat = {
            line.declaration_type: (self._pair(line, 1), self._pair(line, -1))
            for line in calculation.mentor_lines
        }
        self._no_price = (NO_PRICE, Price(uplift=self._uplift))
        self._no_price_back = (NO_PRICE, Price(uplift=-self._uplift))

    def next_price(self, declaration: Listed) -> Price:
        """Return what a declaration earns; those of its type before it have theirs already."""
        _, role, kind, does, has_uplift = declaration
        if does is Kind.VOIDED:
            return NOTHING
        back = does is Kind.CLAWBACK
        if self._all_in_bands or role == "ect":
            places = (self._taken_back if back else self._paid).get(kind, iter(()))
            # Without a place: it came onto the statement after it was counted.
            pair = next(places, (NO_PRICE, NO_PRICE))
        else:
            pair = self._flat.get(kind, (self._no_price, self._no_price_back))[back]
        return pair[has_uplift]

    def _places(self, output: TypeOutput, position: int, sign: int) -> Iterator[_Pair]:
        """Give the prices above a position, one for each declaration."""
        count = output.allocation.position_after_billables - position
        by_band = [self._pair(line, sign) for line in output.lines]
        beyond = self._with_and_without(Price(is_beyond=True, fee=Fraction(0)), sign)
        bands = bands_in_order(position, count, output.capacities)
        return iter([beyond if index is None else by_band[index] for index in bands])

    def _pair(self, line: FeeLine, sign: int) -> _Pair:
        return self._with_and_without(Price(line.band, fee=sign * line.unit_fee), sign)

    def _with_and_without(self, price: Price, sign: int) -> _Pair:
        return price, replace(price, uplift=sign * self._uplift)
