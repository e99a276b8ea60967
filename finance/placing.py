"""Say of each declaration on a statement which band it lies in and what it is paid.

Pure: a statement's declarations and its calculation in, the same with amounts out. Which of a
type's declarations lies in which band is decided by their order: declaration date, creation,
key. Source: spec 04, 5.4, 9.1 and 11.4.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from finance.bands import bands_in_order
from finance.calculation import FeeLine, StatementCalculation, TypeOutput
from finance.terms import ContractType


class Kind(StrEnum):
    """What a statement does with a declaration."""

    PAYMENT = "payment"
    CLAWBACK = "clawback"
    VOIDED = "voided"  # before it was paid: counted, and worth nothing


@dataclass(frozen=True, slots=True)
class Listed:
    """A declaration as far as a statement cares. ``key`` finds it again."""

    key: int
    role: str
    declaration_type: str
    kind: Kind
    has_uplift: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A declaration with what it earns here; what is taken back is negative.

    ``band`` is a letter; None outside the bands: beyond the last one (``is_beyond``), at a flat
    rate, voided, or on a statement that cannot be calculated. ``fee`` is exact pounds without
    VAT; None when there is no price. ``uplift`` comes on top of it.
    """

    listed: Listed
    band: str | None = None
    is_beyond: bool = False
    fee: Fraction | None = None
    uplift: Fraction = Fraction(0)

    @property
    def amount(self) -> Fraction:
        """Pounds paid (or, negative, taken back), the uplift included."""
        return (self.fee or Fraction(0)) + self.uplift


def place_declarations(
    declarations: Sequence[Listed], calculation: StatementCalculation | None
) -> list[Placed]:
    """Place a statement's declarations, which come in order, and keep that order.

    Without a calculation nothing is placed or priced. The amounts add up to what the
    calculation pays and takes back for declarations.
    """
    if calculation is None:
        return [Placed(each) for each in declarations]
    places = {each.declaration_type: _Places(each) for each in calculation.types}
    flat = {line.declaration_type: line for line in calculation.mentor_lines}
    all_in_bands = calculation.contract_type is ContractType.ECF
    uplift_fee = calculation.uplift.unit_fee
    placed = []
    for each in declarations:
        if each.kind is Kind.VOIDED:
            placed.append(Placed(each, fee=Fraction(0)))
            continue
        sign = -1 if each.kind is Kind.CLAWBACK else 1
        uplift = sign * uplift_fee if each.has_uplift else Fraction(0)
        if all_in_bands or each.role == "ect":
            line = places[each.declaration_type].next_line(each.kind)
            fee = sign * line.unit_fee if line else Fraction(0)
            band = line.band if line else None
            placed.append(Placed(each, band, line is None, fee, uplift))
        else:
            price = flat.get(each.declaration_type)
            flat_fee = sign * price.unit_fee if price else None
            placed.append(Placed(each, fee=flat_fee, uplift=uplift))
    return placed


class _Places:
    """The places of one type on a statement, given out one after the other."""

    def __init__(self, output: TypeOutput) -> None:
        allocation, capacities = output.allocation, output.capacities
        top = allocation.position_after_billables
        self._lines = output.lines
        self._given = {
            kind: iter(bands_in_order(below, top - below, capacities))
            for kind, below in (
                (Kind.PAYMENT, allocation.position_before),
                (Kind.CLAWBACK, allocation.position_after),
            )
        }

    def next_line(self, kind: Kind) -> FeeLine | None:
        """Return the line that the next declaration is part of; None beyond the last band."""
        index = next(self._given[kind], None)
        return None if index is None else self._lines[index]
