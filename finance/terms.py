"""What the payment calculator takes in: a contract's terms and one statement's counts.

Plain values: no database. Queries build these from models; finance/scenario.py from JSON.
Money is pounds excluding VAT. Source: spec 04, 2.4-2.7 and 5.2.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from finance.bands import Counts

# The part of a participant's output price that one declaration earns, in display order.
# Source: spec 04, 5.5. An extension point is an extra: the others make the whole.
BANDED_PROPORTIONS: Mapping[str, Fraction] = MappingProxyType(
    {
        "started": Fraction(20, 100),
        "retained-1": Fraction(15, 100),
        "retained-2": Fraction(15, 100),
        "retained-3": Fraction(15, 100),
        "retained-4": Fraction(15, 100),
        "completed": Fraction(20, 100),
        "extended-1": Fraction(15, 100),
        "extended-2": Fraction(15, 100),
        "extended-3": Fraction(15, 100),
    }
)
FLAT_RATE_PROPORTIONS: Mapping[str, Fraction] = MappingProxyType(
    {"started": Fraction(1, 2), "completed": Fraction(1, 2)}
)
DECLARATION_TYPES = tuple(BANDED_PROPORTIONS)

NO_COUNTS: Mapping[str, Counts] = MappingProxyType({})


class ContractType(StrEnum):
    """Who goes through the bands.

    ECF: ECTs and mentors together. ITTECF_ECTP: ECTs only; mentors are paid a flat rate.
    """

    ECF = "ecf"
    ITTECF_ECTP = "ittecf_ectp"


@dataclass(frozen=True)
class BandTerms:
    """One band's places and price in one version of a contract.

    ``fee_per_declaration`` is the whole price per participant, despite its name.
    ``output_fee_ratio`` (0 to 1) is the part paid by declarations; the rest is service fee.
    """

    capacity: int
    fee_per_declaration: Decimal
    output_fee_ratio: Decimal

    def __post_init__(self) -> None:
        """Refuse a band without places."""
        if self.capacity < 1:
            raise ValueError(f"a band needs at least one place, not {self.capacity}")

    @property
    def service_fee_ratio(self) -> Fraction:
        """The part of the price paid as service fee, 0 to 1."""
        return 1 - exact(self.output_fee_ratio)


@dataclass(frozen=True)
class ContractTerms:
    """One version of a contract: all that decides what a count is worth.

    ``bands`` are in allocation order. ``monthly_service_fee`` overrides the calculated fee,
    also when it is 0; None means calculate it. ``mentor_fee_per_declaration`` is the whole
    price per mentor, for ITTECF_ECTP only. ``vat_registered`` is the lead provider's.
    """

    contract_type: ContractType
    bands: tuple[BandTerms, ...]
    recruitment_target: int = 0
    setup_fee: Decimal = Decimal(0)
    monthly_service_fee: Decimal | None = None
    uplift_fee_per_declaration: Decimal = Decimal(0)
    mentor_fee_per_declaration: Decimal | None = None
    vat_rate: Decimal = Decimal("0.20")
    vat_registered: bool = True

    def __post_init__(self) -> None:
        """Refuse a contract without bands: its service fee cannot be computed."""
        if not self.bands:
            raise ValueError("a contract needs at least one band")

    @property
    def capacities(self) -> tuple[int, ...]:
        """Places in each band, in allocation order."""
        return tuple(band.capacity for band in self.bands)

    @property
    def applicable_vat_rate(self) -> Fraction:
        """The VAT rate (0 to 1) charged; 0 for a provider who is not registered."""
        return exact(self.vat_rate) if self.vat_registered else Fraction(0)


@dataclass(frozen=True)
class StatementCounts:
    """What is on one statement: counts by declaration type, uplifts and adjustments.

    ``uplifts`` counts declarations with any uplift flag among the billable and refundable
    ones. ``adjustments`` are signed amounts in pounds.
    """

    ect: Mapping[str, Counts] = field(default_factory=dict)
    mentor: Mapping[str, Counts] = field(default_factory=dict)
    uplifts: Counts = field(default_factory=Counts)
    adjustments: tuple[Decimal, ...] = ()

    def __post_init__(self) -> None:
        """Refuse declaration types that nobody has set a price for."""
        for declaration_type in (*self.ect, *self.mentor):
            if declaration_type not in BANDED_PROPORTIONS:
                raise ValueError(f"unknown declaration type: {declaration_type!r}")

    def through_bands(self, contract_type: ContractType) -> dict[str, Counts]:
        """Give the counts that are priced by band, in display order, types with any only."""
        groups = [self.ect, self.mentor] if contract_type is ContractType.ECF else [self.ect]
        return add_counts(*groups)


def add_counts(*groups: Mapping[str, Counts]) -> dict[str, Counts]:
    """Add counts up by declaration type, in display order; types without any are left out."""
    totals = {}
    for declaration_type in DECLARATION_TYPES:
        counts = [group[declaration_type] for group in groups if declaration_type in group]
        if counts and (total := sum(counts[1:], start=counts[0])):
            totals[declaration_type] = total
    return totals


def exact(amount: Decimal) -> Fraction:
    """Turn pounds or a ratio into a fraction, which no later arithmetic can blur.

    Raises TypeError for a float: it is not the amount that somebody typed.
    """
    # Called on the class, so that anything but a Decimal is a TypeError.
    return Fraction(*Decimal.as_integer_ratio(amount))
