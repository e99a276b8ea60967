"""The tables of a statement page, each from the calculation's exact lines (spec 04, 8.3)."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from finance.calculation import paid_for
from finance.calculator import (
    BandTerms,
    ContractTerms,
    ContractType,
    FeeLine,
    ServiceFee,
    StatementCalculation,
    TypeOutput,
    output_unit_fee,
)
from finance.declaration_filters import RETAINED, TYPES, WITHIN, declarations_query
from finance.placing import BEYOND, Kind
from finance.queries import PricedBand
from finance.statement_parts import (
    BandRow,
    Clawback,
    Count,
    Line,
    OutputRow,
    OutputTable,
    Position,
    ServiceFeeRow,
    ServiceFeeWorking,
    Summary,
    SummaryRow,
    Targets,
    Uplift,
)
from finance.terms import BANDED_PROPORTIONS, FLAT_RATE_PROPORTIONS, exact
from finance.wording import percentage, pounds, type_label, unit_fee
from register_ects.models import Contract
from register_ects.rules.enumerations import TraineeRole

#: Rows of the output tables (extensions share one price) and of the summary, in the words of
#: the declarations' filter.
OUTPUT_ROWS = ("started", *RETAINED, "completed", "extended")
SUMMARY_ROWS = ("started", "retained", "completed", "extended")
NOT_APPLICABLE = "-"
BEYOND_LABEL = "Beyond the last band, not paid"


def summary(calculation: StatementCalculation, voided: Mapping[str, int]) -> Summary:
    """Count the declarations by kind; ECTs and mentors apart where they are paid apart.

    Clawbacks are counted whether or not anything was paid for what they take back.
    """
    banded = _by_type(calculation.output_lines)
    clawed_back = calculation.overflow_refundable + sum(
        line.refundable for line in calculation.output_lines
    )
    if calculation.contract_type is ContractType.ECF:
        rows = [
            *(SummaryRow(type_label(kind), (_banded(banded, kind),)) for kind in SUMMARY_ROWS),
            SummaryRow(BEYOND_LABEL, (_beyond(calculation.overflow_billable),)),
            SummaryRow("Clawbacks", (_all(Kind.CLAWBACK, clawed_back),)),
            SummaryRow("Voided", (_all(Kind.VOIDED, sum(voided.values())),)),
        ]
        return Summary(("ECTs and mentors",), rows)
    mentors = _by_type(calculation.mentor_lines)
    mentors_clawed_back = sum(line.refundable for line in calculation.mentor_lines)
    mentors_clawed_back += sum(counts.refundable for counts in calculation.not_priced.values())
    ect, mentor = TraineeRole.ECT, TraineeRole.MENTOR
    rows = [
        *(
            SummaryRow(type_label(kind), (_banded(banded, kind, ect), _flat_rate(mentors, kind)))
            for kind in SUMMARY_ROWS
        ),
        SummaryRow(BEYOND_LABEL, (_beyond(calculation.overflow_billable), NOT_APPLICABLE)),
        SummaryRow(
            "Clawbacks",
            (
                _all(Kind.CLAWBACK, clawed_back, ect),
                _all(Kind.CLAWBACK, mentors_clawed_back, mentor),
            ),
        ),
        SummaryRow(
            "Voided",
            (_all(Kind.VOIDED, voided[ect], ect), _all(Kind.VOIDED, voided[mentor], mentor)),
        ),
    ]
    return Summary(("ECTs", "Mentors"), rows)


def outputs(calculation: StatementCalculation, terms: ContractTerms) -> list[OutputTable]:
    """List every declaration type with its price, also those without declarations."""
    letters = tuple(f"Band {line.band}" for line in calculation.service_fee.lines)
    banded = OutputTable(
        "ECTs" if calculation.contract_type is ContractType.ITTECF_ECTP else "ECTs and mentors",
        letters,
        [_banded_row(kind, calculation, terms) for kind in OUTPUT_ROWS],
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
    count = Count(line.billable, declarations_query(kind=Kind.PAYMENT, uplift=True))
    return Uplift(count, unit_fee(line.unit_fee), pounds(line.billable_amount))


def clawbacks(calculation: StatementCalculation) -> list[Clawback]:
    """List what is taken back, by type then band; mentors and uplifts last.

    What is taken back from beyond the bands is listed with its type, at nothing.
    """
    rows = [row for output in calculation.types for row in _banded_clawbacks(output)]
    for line in calculation.mentor_lines:
        if line.refundable:
            label = f"Mentors, {type_label(line.declaration_type).lower()}"
            query = declarations_query(
                kind=Kind.CLAWBACK, type=line.declaration_type, role=TraineeRole.MENTOR
            )
            rows.append(_clawback(label, line, query))
    if calculation.uplift.refundable:
        query = declarations_query(kind=Kind.CLAWBACK, uplift=True)
        rows.append(_clawback("Uplift fees", calculation.uplift, query))
    return rows


def clawback_total(calculation: StatementCalculation) -> Fraction:
    """Add up what is taken back, exactly; negative or zero."""
    return -(
        calculation.output_refund + calculation.mentor_refund + calculation.uplift.refund_amount
    )


@lru_cache(maxsize=256)  # all statements of a contract version share it
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


def targets(contract: Contract, bands: Sequence[PricedBand]) -> Targets:
    """Show what the contract version expects and pays. It has a price for each of its bands."""
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


def _band_rows(bands: Sequence[PricedBand]) -> Iterator[BandRow]:
    first = 1
    for band in bands:
        fee = pounds(exact(band.fee_per_declaration)) if band.fee_per_declaration else ""
        yield BandRow(f"Band {band.letter}", first, first + band.capacity - 1, fee)
        first += band.capacity


def _by_type(lines: Sequence[FeeLine]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.declaration_type] = counts.get(line.declaration_type, 0) + line.billable
    return counts


def _banded(counts: Mapping[str, int], kind: str, role: str = "") -> Count:
    query = declarations_query(kind=Kind.PAYMENT, type=kind, role=role, band=WITHIN)
    return Count(sum(counts.get(each, 0) for each in TYPES[kind]), query)


def _flat_rate(counts: Mapping[str, int], kind: str) -> Count | str:
    if kind not in FLAT_RATE_PROPORTIONS:
        return NOT_APPLICABLE
    query = declarations_query(kind=Kind.PAYMENT, type=kind, role=TraineeRole.MENTOR)
    return Count(counts.get(kind, 0), query)


def _beyond(number: int) -> Count:
    return Count(number, declarations_query(kind=Kind.PAYMENT, band=BEYOND))


def _all(kind: Kind, number: int, role: str = "") -> Count:
    return Count(number, declarations_query(kind=kind, role=role))


def _banded_row(kind: str, calculation: StatementCalculation, terms: ContractTerms) -> OutputRow:
    kinds = TYPES[kind]
    lines = [line for line in calculation.output_lines if line.declaration_type in kinds]
    letters = [line.band for line in calculation.service_fee.lines]
    return OutputRow(
        type_label(kind),
        tuple(
            Count(
                sum(line.billable for line in lines if line.band == band),
                declarations_query(kind=Kind.PAYMENT, type=kind, band=band),
            )
            for band in letters
        ),
        _unit_fees(terms.bands)[kind],
        pounds(paid_for(lines)),
    )


@lru_cache(maxsize=256)  # all statements of a contract version share them
def _unit_fees(bands: tuple[BandTerms, ...]) -> dict[str, tuple[str, ...]]:
    """Write, by the row of the output table, what one declaration earns in each band."""
    return {
        kind: tuple(
            unit_fee(
                output_unit_fee(
                    fee=band.fee_per_declaration,
                    output_ratio=band.output_fee_ratio,
                    proportion=BANDED_PROPORTIONS[TYPES[kind][0]],
                )
            )
            for band in bands
        )
        for kind in OUTPUT_ROWS
    }


def _mentor_row(kind: str, fee: Fraction, calculation: StatementCalculation) -> OutputRow:
    count = sum(line.billable for line in calculation.mentor_lines if line.declaration_type == kind)
    query = declarations_query(kind=Kind.PAYMENT, type=kind, role=TraineeRole.MENTOR)
    return OutputRow(
        type_label(kind), (Count(count, query),), (unit_fee(fee),), pounds(count * fee)
    )


def _highest_band(position: int, capacities: Sequence[int], letters: Sequence[str]) -> str | None:
    if position <= 0:
        return None
    for letter, capacity in zip(letters, capacities, strict=True):
        if position <= capacity:
            return f"Band {letter}"
        position -= capacity
    return "Beyond the last band"


def _banded_clawbacks(output: TypeOutput) -> Iterator[Clawback]:
    kind = output.declaration_type
    for line in output.lines:
        if line.refundable:
            query = declarations_query(kind=Kind.CLAWBACK, type=kind, band=line.band or "")
            yield _clawback(f"{type_label(kind)}, band {line.band}", line, query)
    if beyond := output.allocation.overflow_refundable:
        query = declarations_query(kind=Kind.CLAWBACK, type=kind, band=BEYOND)
        nothing = FeeLine(kind, None, Fraction(0), billable=0, refundable=beyond)
        yield _clawback(f"{type_label(kind)}, beyond the last band", nothing, query)


def _clawback(label: str, line: FeeLine, query: str) -> Clawback:
    return Clawback(
        label,
        Count(line.refundable, query),
        unit_fee(-line.unit_fee),
        pounds(-line.refund_amount),
    )
