"""What the payment calculator gives back: a statement as lines, their working and their sums.

Amounts are exact fractions of pounds, excluding VAT unless they say otherwise. ``to_pennies``
rounds, and only where an amount is shown or stored for show. Never add rounded amounts up: the
total is rounded once, from the exact total. Source: spec 04, 5.5-5.12.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from finance.bands import Allocation, Counts
from finance.terms import ContractType

SERVICE_FEE_INSTALMENTS = 29
_NOTHING = Fraction(0)


@dataclass(frozen=True)
class FeeLine:
    """Declarations of one type that earn, or give back, the same fee each."""

    declaration_type: str
    band: str | None  # its letter; None for flat-rate mentors
    unit_fee: Fraction
    billable: int
    refundable: int

    @property
    def billable_amount(self) -> Fraction:
        """Pounds paid."""
        return self.billable * self.unit_fee if self.billable else _NOTHING

    @property
    def refund_amount(self) -> Fraction:
        """Pounds taken back, a positive number."""
        return self.refundable * self.unit_fee if self.refundable else _NOTHING

    @property
    def net_amount(self) -> Fraction:
        """Pounds paid less pounds taken back."""
        return self.billable_amount - self.refund_amount


def paid_for(lines: Iterable[FeeLine]) -> Fraction:
    """Add up the pounds paid. Most lines of a statement are empty, and adding takes time."""
    return sum((line.billable_amount for line in lines if line.billable), _NOTHING)


def taken_back_for(lines: Iterable[FeeLine]) -> Fraction:
    """Add up the pounds taken back, a positive number."""
    return sum((line.refund_amount for line in lines if line.refundable), _NOTHING)


@dataclass(frozen=True)
class TypeOutput:
    """One declaration type on one statement: its place in the bands, and a line per band.

    ``capacities`` are the places in each band.
    """

    declaration_type: str
    allocation: Allocation
    lines: tuple[FeeLine, ...]
    capacities: tuple[int, ...]


@dataclass(frozen=True)
class ServiceFeeLine:
    """What the places of the recruitment target that fall in one band add to the service fee."""

    band: str
    places: int
    fee_per_declaration: Fraction
    service_fee_ratio: Fraction

    @cached_property
    def amount(self) -> Fraction:
        """Pounds over the whole life of the contract."""
        return self.places * self.fee_per_declaration * self.service_fee_ratio


@dataclass(frozen=True)
class ServiceFee:
    """The monthly service fee and its working.

    ``agreed`` is the fee set by hand in the contract, if any; it may be 0. The working is
    there either way, so that the two can be compared. Worked out once: all statements of a
    contract version share it.
    """

    lines: tuple[ServiceFeeLine, ...]
    setup_deduction: Fraction
    agreed: Fraction | None
    instalments: int = SERVICE_FEE_INSTALMENTS

    @cached_property
    def band_total(self) -> Fraction:
        """Pounds over the whole contract, before the set-up fee is deducted."""
        return sum((line.amount for line in self.lines), _NOTHING)

    @cached_property
    def calculated(self) -> Fraction:
        """The monthly fee that the working gives; negative if the set-up fee is large."""
        return (self.band_total - self.setup_deduction) / self.instalments

    @cached_property
    def monthly(self) -> Fraction:
        """The monthly fee that is paid."""
        return self.calculated if self.agreed is None else self.agreed


@dataclass(frozen=True)
class OverviewLine:
    """One line of a statement's overview; deductions are negative."""

    label: str
    amount: Fraction


@dataclass(frozen=True)
class StatementCalculation:
    """One statement, calculated: every line, and the sums made from them.

    Amounts are exact pounds. Refund sums are positive numbers. ``mentor_lines`` is empty
    unless mentors are paid a flat rate. ``not_priced`` are mentor declarations of types that
    the contract has no price for: data to look into. ``uplift`` is not banded and not capped
    by capacity. Sums are made once: a page asks for them again and again.
    """

    contract_type: ContractType
    types: tuple[TypeOutput, ...]
    mentor_lines: tuple[FeeLine, ...]
    not_priced: Mapping[str, Counts]
    uplift: FeeLine
    service_fee: ServiceFee
    adjustments: Fraction
    vat_rate: Fraction

    @cached_property
    def output_lines(self) -> tuple[FeeLine, ...]:
        """All lines of all declaration types that go through the bands."""
        return tuple(line for output in self.types for line in output.lines)

    @cached_property
    def output_billable(self) -> Fraction:
        """Pounds paid for declarations in the bands."""
        return paid_for(self.output_lines)

    @cached_property
    def output_refund(self) -> Fraction:
        """Pounds taken back for declarations in the bands."""
        return taken_back_for(self.output_lines)

    @cached_property
    def output_net(self) -> Fraction:
        """Pounds paid less pounds taken back, in the bands."""
        return self.output_billable - self.output_refund

    @cached_property
    def mentor_billable(self) -> Fraction:
        """Pounds paid for flat-rate mentors."""
        return paid_for(self.mentor_lines)

    @cached_property
    def mentor_refund(self) -> Fraction:
        """Pounds taken back for flat-rate mentors."""
        return taken_back_for(self.mentor_lines)

    @cached_property
    def overflow_billable(self) -> int:
        """Declarations on this statement that are paid nothing: the bands are full."""
        return sum(output.allocation.overflow_billable for output in self.types)

    @cached_property
    def overflow_refundable(self) -> int:
        """Clawbacks on this statement that recover nothing."""
        return sum(output.allocation.overflow_refundable for output in self.types)

    @cached_property
    def banded_subtotal(self) -> Fraction:
        """Pounds excluding VAT, all but flat-rate mentors."""
        return (
            self.output_net + self.uplift.net_amount + self.service_fee.monthly + self.adjustments
        )

    @cached_property
    def flat_rate_subtotal(self) -> Fraction:
        """Pounds excluding VAT for flat-rate mentors."""
        return self.mentor_billable - self.mentor_refund

    @cached_property
    def subtotal(self) -> Fraction:
        """Pounds excluding VAT; negative is a credit."""
        return self.banded_subtotal + self.flat_rate_subtotal

    @cached_property
    def vat(self) -> Fraction:
        """VAT on everything, adjustments and clawbacks included."""
        return self.vat_rate * self.subtotal

    @cached_property
    def total(self) -> Fraction:
        """Pounds including VAT; negative is a credit owed to DfE."""
        return self.subtotal + self.vat

    @cached_property
    def overview(self) -> tuple[OverviewLine, ...]:
        """The lines at the top of a statement, which add up to the total.

        Source: spec 04, 5.12. An uplift fee that an ITTECF/ECTP contract should not have is
        shown if it was paid, so that the lines always add up.
        """
        if self.contract_type is ContractType.ECF:
            return tuple(self._ecf_overview())
        return tuple(self._ittecf_ectp_overview())

    @property
    def rounding_difference(self) -> Decimal:
        """What to add to the sum of the rounded overview lines to get the rounded total."""
        shown = sum(Fraction(to_pennies(line.amount)) for line in self.overview)
        return to_pennies(Fraction(to_pennies(self.total)) - shown)

    def _ecf_overview(self) -> Iterator[OverviewLine]:
        yield OverviewLine("Output payment", self.output_billable)
        yield OverviewLine("Service fee", self.service_fee.monthly)
        yield OverviewLine("Uplift fees", self.uplift.billable_amount)
        yield OverviewLine("Clawbacks", -(self.output_refund + self.uplift.refund_amount))
        yield OverviewLine("Additional adjustments", self.adjustments)
        yield OverviewLine("VAT", self.vat)

    def _ittecf_ectp_overview(self) -> Iterator[OverviewLine]:
        yield OverviewLine("ECTs output payment", self.output_billable)
        yield OverviewLine("Mentors output payment", self.mentor_billable)
        yield OverviewLine("Service fee", self.service_fee.monthly)
        if self.uplift.billable_amount:
            yield OverviewLine("Uplift fees", self.uplift.billable_amount)
        yield OverviewLine("ECTs clawbacks", -(self.output_refund + self.uplift.refund_amount))
        yield OverviewLine("Mentors clawbacks", -self.mentor_refund)
        yield OverviewLine("Additional adjustments", self.adjustments)
        yield OverviewLine("VAT", self.vat)


def to_pennies(amount: Fraction) -> Decimal:
    """Round an amount to pennies for show: half goes up, away from zero; never "-0.00".

    >>> to_pennies(Fraction(24826585, 1000)), to_pennies(Fraction(-1, 1000))
    (Decimal('24826.59'), Decimal('0.00'))
    """
    numerator, denominator = abs(amount.numerator), amount.denominator
    pennies = (200 * numerator + denominator) // (2 * denominator)
    sign = "-" if amount < 0 and pennies else ""
    # From text, because Decimal arithmetic would cut very large amounts to 28 digits.
    return Decimal(f"{sign}{pennies // 100}.{pennies % 100:02}")
