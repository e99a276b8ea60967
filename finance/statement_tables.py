"""The tables of a statement page, each from the calculation's exact lines (spec 04, 8.3)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from finance.calculator import (
    ContractTerms,
    ContractType,
    FeeLine,
    ServiceFee,
    StatementCalculation,
    output_unit_fee,
)
from finance.terms import BANDED_PROPORTIONS, FLAT_RATE_PROPORTIONS, exact
from finance.wording import percentage, pounds, type_label, unit_fee
from register_ects.models import ActiveLeadProviderBand, Contract
from register_ects.rules.enumerations import TraineeRole

RETAINED = tuple(f"retained-{number}" for number in range(1, 5))
EXTENDED = tuple(f"extended-{number}" for number in range(1, 4))
#: Rows of the output tables: a label and the types it adds up (extensions share one price).
OUTPUT_ROWS = (
    *((type_label(kind), (kind,)) for kind in ("started", *RETAINED, "completed")),
    ("Extended", EXTENDED),
)
SUMMARY_ROWS = (
    ("Started", ("started",)),
    ("Retained", RETAINED),
    ("Completed", ("completed",)),
    ("Extended", EXTENDED),
)
NOT_APPLICABLE = "-"


@dataclass(frozen=True)
class Line:
    """A label and an amount."""

    label: str
    amount: str


@dataclass(frozen=True)
class SummaryRow:
    """How many declarations of a kind; a cell for each column of the summary."""

    label: str
    counts: tuple[str, ...]


@dataclass(frozen=True)
class Summary:
    """The declarations of the statement, counted. Only those that are paid for or taken back."""

    columns: tuple[str, ...]
    rows: list[SummaryRow]


@dataclass(frozen=True)
class OutputRow:
    """One declaration type: how many in each column, what each earns, and their sum."""

    label: str
    counts: tuple[int, ...]
    unit_fees: tuple[str, ...]
    total: str


@dataclass(frozen=True)
class OutputTable:
    """What one group of participants earned, before clawbacks."""

    heading: str
    columns: tuple[str, ...]
    rows: list[OutputRow]
    total: str


@dataclass(frozen=True)
class Position:
    """How many of a type were live before and after the statement, and where that lands.

    ``highest_band`` is the band of the last declaration; None when there is none, and
    "beyond the last band" when capacity is used up.
    """

    label: str
    before: int
    after: int
    highest_band: str | None
    places_left: int
    overflow: int


@dataclass(frozen=True)
class Uplift:
    """Uplift fees paid, before clawbacks."""

    count: int
    unit_fee: str
    amount: str


@dataclass(frozen=True)
class Clawback:
    """Declarations taken back at one price; fee and amount are negative."""

    label: str
    count: int
    unit_fee: str
    amount: str


@dataclass(frozen=True)
class ServiceFeeRow:
    """What the recruitment target's places in one band add to the service fee."""

    band: str
    places: int
    fee: str
    service_part: str
    amount: str


@dataclass(frozen=True)
class ServiceFeeWorking:
    """How the monthly service fee comes about. ``agreed`` is set by hand in the contract."""

    rows: list[ServiceFeeRow]
    band_total: str
    setup_deduction: str
    remainder: str
    instalments: int
    calculated: str
    agreed: str | None
    monthly: str


@dataclass(frozen=True)
class BandRow:
    """A band's range of declarations and its price for a whole participant."""

    band: str
    first: int
    last: int
    fee: str


@dataclass(frozen=True)
class Targets:
    """What the contract version says."""

    lines: list[Line]
    bands: list[BandRow]


def summary(calculation: StatementCalculation, voided: Mapping[str, int]) -> Summary:
    """Count the declarations by kind; ECTs and mentors apart where they are paid apart."""
    banded = _by_type(calculation.output_lines)
    mentors = _by_type(calculation.mentor_lines)
    banded_refunds = sum(line.refundable for line in calculation.output_lines)
    if calculation.contract_type is ContractType.ECF:
        rows = [SummaryRow(label, (_sum(banded, kinds),)) for label, kinds in SUMMARY_ROWS]
        rows += [
            SummaryRow("Beyond the last band, not paid", (f"{calculation.overflow_billable:,}",)),
            SummaryRow("Clawbacks", (f"{banded_refunds:,}",)),
            SummaryRow("Voided", (f"{sum(voided.values()):,}",)),
        ]
        return Summary(("ECTs and mentors",), rows)
    rows = [
        SummaryRow(label, (_sum(banded, kinds), _mentor_sum(mentors, kinds)))
        for label, kinds in SUMMARY_ROWS
    ]
    mentor_refunds = sum(line.refundable for line in calculation.mentor_lines)
    rows += [
        SummaryRow(
            "Beyond the last band, not paid",
            (f"{calculation.overflow_billable:,}", NOT_APPLICABLE),
        ),
        SummaryRow("Clawbacks", (f"{banded_refunds:,}", f"{mentor_refunds:,}")),
        SummaryRow("Voided", (f"{voided[TraineeRole.ECT]:,}", f"{voided[TraineeRole.MENTOR]:,}")),
    ]
    return Summary(("ECTs", "Mentors"), rows)


def outputs(calculation: StatementCalculation, terms: ContractTerms) -> list[OutputTable]:
    """List every declaration type with its price, also those without declarations."""
    letters = tuple(f"Band {line.band}" for line in calculation.service_fee.lines)
    banded = OutputTable(
        "ECTs" if calculation.contract_type is ContractType.ITTECF_ECTP else "ECTs and mentors",
        letters,
        [_banded_row(label, kinds, calculation, terms) for label, kinds in OUTPUT_ROWS],
        pounds(calculation.output_billable),
    )
    if terms.mentor_fee_per_declaration is None:
        return [banded]
    mentor_fee = exact(terms.mentor_fee_per_declaration)
    mentors = OutputTable(
        "Mentors",
        ("Participants",),
        [
            _mentor_row(kind, mentor_fee * proportion, calculation)
            for kind, proportion in FLAT_RATE_PROPORTIONS.items()
        ],
        pounds(calculation.mentor_billable),
    )
    return [banded, mentors]


def positions(calculation: StatementCalculation, terms: ContractTerms) -> list[Position]:
    """Tell where each type stands in the bands, before and after this statement."""
    capacity = sum(terms.capacities)
    letters = [line.band for line in calculation.service_fee.lines]
    return [
        Position(
            type_label(output.declaration_type),
            output.allocation.position_before,
            output.allocation.position_after,
            _highest_band(output.allocation.position_after, terms.capacities, letters),
            max(capacity - output.allocation.position_after, 0),
            max(output.allocation.position_after - capacity, 0),
        )
        for output in calculation.types
    ]


def uplift(calculation: StatementCalculation) -> Uplift | None:
    """Show uplifts for the contracts that have them, and wherever any was paid."""
    line = calculation.uplift
    if calculation.contract_type is not ContractType.ECF and not line.billable:
        return None
    return Uplift(line.billable, unit_fee(line.unit_fee), pounds(line.billable_amount))


def clawbacks(calculation: StatementCalculation) -> list[Clawback]:
    """List what is taken back, by type then band; mentors and uplifts last."""
    return [
        Clawback(
            label,
            line.refundable,
            unit_fee(-line.unit_fee),
            pounds(-line.refund_amount),
        )
        for label, line in _refund_lines(calculation)
    ]


def clawback_total(calculation: StatementCalculation) -> Fraction:
    """Add up what is taken back, exactly; negative or zero."""
    return -sum((line.refund_amount for _, line in _refund_lines(calculation)), Fraction(0))


def service_fee_working(fee: ServiceFee) -> ServiceFeeWorking:
    """Show how the monthly service fee comes about."""
    return ServiceFeeWorking(
        rows=[
            ServiceFeeRow(
                f"Band {line.band}",
                line.places,
                pounds(line.fee_per_declaration),
                percentage(line.service_fee_ratio),
                pounds(line.amount),
            )
            for line in fee.lines
        ],
        band_total=pounds(fee.band_total),
        setup_deduction=pounds(-fee.setup_deduction),
        remainder=pounds(fee.band_total - fee.setup_deduction),
        instalments=fee.instalments,
        calculated=pounds(fee.calculated),
        agreed=None if fee.agreed is None else pounds(fee.agreed),
        monthly=pounds(fee.monthly),
    )


def targets(contract: Contract, bands: Sequence[ActiveLeadProviderBand]) -> Targets:
    """Show what the contract version expects and pays. ``bands`` have ``its_terms``."""
    structure = contract.banded_fee_structure
    lines = [
        Line("Contract version", f"{contract.pk} ({contract.get_contract_type_display()})"),
        Line("Recruitment target", f"{structure.recruitment_target:,}"),
        Line("Revised recruitment target (150%)", f"{structure.recruitment_target * 3 // 2:,}"),
    ]
    if contract.contract_type == ContractType.ECF and structure.uplift_target_ratio is not None:
        lines += [
            Line("Uplift target", percentage(structure.uplift_target_ratio)),
            Line("Uplift fee", pounds(exact(structure.uplift_fee_per_declaration))),
        ]
    lines.append(Line("Set-up fee", pounds(exact(structure.setup_fee))))
    if flat_rate := getattr(contract, "flat_rate_fee_structure", None):
        lines += [
            Line("Mentor recruitment target", f"{flat_rate.recruitment_target:,}"),
            Line("Price per mentor", pounds(exact(flat_rate.fee_per_declaration))),
        ]
    return Targets(lines, list(_band_rows(bands)))


def _band_rows(bands: Sequence[ActiveLeadProviderBand]) -> Iterator[BandRow]:
    first = 1
    for band in bands:
        fee = pounds(exact(band.its_terms[0].fee_per_declaration))  # type: ignore[attr-defined]
        yield BandRow(str(band), first, first + band.capacity - 1, fee)
        first += band.capacity


def _by_type(lines: Sequence[FeeLine]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.declaration_type] = counts.get(line.declaration_type, 0) + line.billable
    return counts


def _sum(counts: Mapping[str, int], kinds: Sequence[str]) -> str:
    return f"{sum(counts.get(kind, 0) for kind in kinds):,}"


def _mentor_sum(counts: Mapping[str, int], kinds: Sequence[str]) -> str:
    return _sum(counts, kinds) if kinds[0] in FLAT_RATE_PROPORTIONS else NOT_APPLICABLE


def _banded_row(
    label: str, kinds: Sequence[str], calculation: StatementCalculation, terms: ContractTerms
) -> OutputRow:
    lines = [line for line in calculation.output_lines if line.declaration_type in kinds]
    letters = [line.band for line in calculation.service_fee.lines]
    return OutputRow(
        label,
        tuple(sum(line.billable for line in lines if line.band == band) for band in letters),
        tuple(
            unit_fee(
                output_unit_fee(
                    fee=band.fee_per_declaration,
                    output_ratio=band.output_fee_ratio,
                    proportion=BANDED_PROPORTIONS[kinds[0]],
                )
            )
            for band in terms.bands
        ),
        pounds(sum((line.billable_amount for line in lines), Fraction(0))),
    )


def _mentor_row(kind: str, fee: Fraction, calculation: StatementCalculation) -> OutputRow:
    count = sum(line.billable for line in calculation.mentor_lines if line.declaration_type == kind)
    return OutputRow(type_label(kind), (count,), (unit_fee(fee),), pounds(count * fee))


def _highest_band(position: int, capacities: Sequence[int], letters: Sequence[str]) -> str | None:
    if position <= 0:
        return None
    for letter, capacity in zip(letters, capacities, strict=True):
        if position <= capacity:
            return f"Band {letter}"
        position -= capacity
    return "Beyond the last band"


def _refund_lines(calculation: StatementCalculation) -> Iterator[tuple[str, FeeLine]]:
    for line in calculation.output_lines:
        if line.refundable:
            yield f"{type_label(line.declaration_type)}, band {line.band}", line
    for line in calculation.mentor_lines:
        if line.refundable:
            yield f"Mentors, {type_label(line.declaration_type).lower()}", line
    if calculation.uplift.refundable:
        yield "Uplift fees", calculation.uplift
