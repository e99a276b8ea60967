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
    DETAIL,
    LEADING,
    TOTAL,
    Count,
    Row,
    ServiceFeeWorking,
    Table,
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
_PRICED = ("Number", "Fee", "Amount")


def summary(calculation: StatementCalculation, voided: Mapping[str, int]) -> Table:
    """Count the declarations by kind; ECTs and mentors apart where they are paid apart.

    Clawbacks are counted whether or not anything was paid for what they take back.
    """
    banded = _by_type(calculation.output_lines)
    clawed_back = calculation.overflow_refundable + sum(
        line.refundable for line in calculation.output_lines
    )
    if calculation.contract_type is ContractType.ECF:
        rows = [
            *(Row(type_label(kind), (_banded(banded, kind),)) for kind in SUMMARY_ROWS),
            Row(BEYOND_LABEL, (_beyond(calculation.overflow_billable),)),
            Row("Clawbacks", (_all(Kind.CLAWBACK, clawed_back),)),
            Row("Voided", (_all(Kind.VOIDED, sum(voided.values())),)),
        ]
        return Table("summary", "Declarations", rows, "Declarations", ("ECTs and mentors",))
    mentors = _by_type(calculation.mentor_lines)
    mentors_clawed_back = sum(line.refundable for line in calculation.mentor_lines)
    mentors_clawed_back += sum(counts.refundable for counts in calculation.not_priced.values())
    ect, mentor = TraineeRole.ECT, TraineeRole.MENTOR
    rows = [
        *(
            Row(type_label(kind), (_banded(banded, kind, ect), _flat_rate(mentors, kind)))
            for kind in SUMMARY_ROWS
        ),
        Row(BEYOND_LABEL, (_beyond(calculation.overflow_billable), NOT_APPLICABLE)),
        Row(
            "Clawbacks",
            (
                _all(Kind.CLAWBACK, clawed_back, ect),
                _all(Kind.CLAWBACK, mentors_clawed_back, mentor),
            ),
        ),
        Row(
            "Voided",
            (_all(Kind.VOIDED, voided[ect], ect), _all(Kind.VOIDED, voided[mentor], mentor)),
        ),
    ]
    return Table("summary", "Declarations", rows, "Declarations", ("ECTs", "Mentors"))


def outputs(calculation: StatementCalculation, terms: ContractTerms) -> list[Table]:
    """List every declaration type with its price, also those without declarations."""
    letters = tuple(f"Band {line.band}" for line in calculation.service_fee.lines)
    banded = _output(
        "output-1",
        "ECTs" if calculation.contract_type is ContractType.ITTECF_ECTP else "ECTs and mentors",
        letters,
        [row for kind in OUTPUT_ROWS for row in _banded_rows(kind, calculation, terms)],
        calculation.output_billable,
    )
    if terms.mentor_fee_per_declaration is None:
        return [banded]
    mentor_fee = exact(terms.mentor_fee_per_declaration)
    rows = [
        row
        for kind, proportion in FLAT_RATE_PROPORTIONS.items()
        for row in _mentor_rows(kind, mentor_fee * proportion, calculation)
    ]
    billable = calculation.mentor_billable
    return [banded, _output("output-2", "Mentors", ("Participants",), rows, billable)]


def _output(
    name: str, heading: str, columns: tuple[str, ...], rows: list[Row], paid: Fraction
) -> Table:
    total = Row(f"Output payment, {heading}", (*[""] * len(columns), pounds(paid)), TOTAL)
    return Table(name, heading, [*rows, total], "Declaration", (*columns, "Total"), level=3)


def _two_rows(
    kind: str, counts: Sequence[Count], unit_fees: Sequence[str], paid: Fraction
) -> Iterator[Row]:
    """Yield how many were declared and what they earn, and below each what one of them does."""
    yield Row(type_label(kind), (*counts, pounds(paid)), LEADING)
    yield Row("Fee per participant", (*unit_fees, ""), DETAIL)


def positions(calculation: StatementCalculation, terms: ContractTerms) -> Table | None:
    """Tell where each type stands in the bands, before and after this statement."""
    capacity = sum(terms.capacities)
    letters = [line.band for line in calculation.service_fee.lines]
    rows = [
        Row(
            type_label(output.declaration_type),
            (
                output.allocation.position_before,
                after := output.allocation.position_after,
                _highest_band(after, terms.capacities, letters),
                max(capacity - after, 0),
                max(after - capacity, 0),
            ),
        )
        for output in calculation.types
    ]
    columns = ("Before", "After", "Highest band reached", "Places left", "Beyond the last band")
    heading = "Position in the bands"
    return Table("positions", heading, rows, "Declaration", columns) if rows else None


def uplift(calculation: StatementCalculation) -> Table | None:
    """Show uplifts for the contracts that have them, and wherever any was paid."""
    line = calculation.uplift
    if calculation.contract_type is not ContractType.ECF and not line.billable:
        return None
    count = Count(line.billable, declarations_query(kind=Kind.PAYMENT, uplift=True))
    cells = (count, unit_fee(line.unit_fee), pounds(line.billable_amount))
    rows = [Row("Started with an uplift", cells)]
    return Table("uplift", "Uplift fees", rows, "Declaration", _PRICED)


def clawbacks(calculation: StatementCalculation) -> Table | None:
    """List what is taken back, by type then band; mentors and uplifts last. None if nothing is.

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
    refund = calculation.output_refund + calculation.mentor_refund
    refund += calculation.uplift.refund_amount
    total = Row("Total clawbacks", ("", "", pounds(-refund)), TOTAL)
    return Table("clawbacks", "Clawbacks", [*rows, total], "Declaration", _PRICED) if rows else None


@lru_cache(maxsize=256)  # all statements of a contract version share it
def service_fee_working(fee: ServiceFee) -> ServiceFeeWorking:
    """Show how the monthly service fee comes about."""
    rows = [
        Row(
            f"Band {line.band}",
            (
                line.places,
                pounds(line.fee_per_declaration),
                percentage(line.service_fee_ratio),
                pounds(line.amount),
            ),
        )
        for line in fee.lines
    ]
    steps = [
        Row("All bands", ("", "", "", pounds(fee.band_total)), TOTAL),
        Row("Less the set-up fee paid earlier", ("", "", "", pounds(-fee.setup_deduction))),
        Row("To pay over the contract", ("", "", "", pounds(fee.band_total - fee.setup_deduction))),
        Row(f"In each of {fee.instalments} months", ("", "", "", pounds(fee.calculated)), TOTAL),
    ]
    columns = ("Places", "Price", "Service part", "Amount")
    return ServiceFeeWorking(
        Table("service-fee", "Service fee", rows + steps, "Recruitment target", columns, level=3),
        agreed=None if fee.agreed is None else pounds(fee.agreed),
        monthly=pounds(fee.monthly),
    )


def targets(contract: Contract, bands: Sequence[PricedBand]) -> list[Table]:
    """Show what the contract version expects and pays. It has a price for each of its bands."""
    structure = contract.banded_fee_structure
    lines = {
        "Contract version": f"{contract.pk} ({contract.get_contract_type_display()})",
        "Recruitment target": f"{structure.recruitment_target:,}",
        "Revised recruitment target (150%)": f"{structure.recruitment_target * 3 // 2:,}",
    }
    if contract.contract_type == ContractType.ECF and structure.uplift_target_ratio is not None:
        lines["Uplift target"] = percentage(structure.uplift_target_ratio)
        lines["Uplift fee"] = pounds(exact(structure.uplift_fee_per_declaration))
    lines["Set-up fee"] = pounds(exact(structure.setup_fee))
    if flat_rate := getattr(contract, "flat_rate_fee_structure", None):
        lines["Mentor recruitment target"] = f"{flat_rate.recruitment_target:,}"
        lines["Price per mentor"] = pounds(exact(flat_rate.fee_per_declaration))
    terms = [Row(label, (value,)) for label, value in lines.items()]
    columns = ("From", "To", "Price per participant")
    return [
        Table("terms", "Contract", terms, level=3),
        Table("bands", "Bands", list(_band_rows(bands)), "Band", columns, level=3),
    ]


def _band_rows(bands: Sequence[PricedBand]) -> Iterator[Row]:
    first = 1
    for band in bands:
        fee = pounds(exact(band.fee_per_declaration)) if band.fee_per_declaration else ""
        yield Row(f"Band {band.letter}", (first, first + band.capacity - 1, fee))
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


def _banded_rows(
    kind: str, calculation: StatementCalculation, terms: ContractTerms
) -> Iterator[Row]:
    kinds = TYPES[kind]
    lines = [line for line in calculation.output_lines if line.declaration_type in kinds]
    counts = [
        Count(
            sum(line.billable for line in lines if line.band == band),
            declarations_query(kind=Kind.PAYMENT, type=kind, band=band),
        )
        for band in (line.band for line in calculation.service_fee.lines)
    ]
    return _two_rows(kind, counts, _unit_fees(terms.bands)[kind], paid_for(lines))


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


def _mentor_rows(kind: str, fee: Fraction, calculation: StatementCalculation) -> Iterator[Row]:
    count = sum(line.billable for line in calculation.mentor_lines if line.declaration_type == kind)
    query = declarations_query(kind=Kind.PAYMENT, type=kind, role=TraineeRole.MENTOR)
    return _two_rows(kind, [Count(count, query)], [unit_fee(fee)], count * fee)


def _highest_band(position: int, capacities: Sequence[int], letters: Sequence[str]) -> str:
    if position <= 0:
        return "None"
    for letter, capacity in zip(letters, capacities, strict=True):
        if position <= capacity:
            return f"Band {letter}"
        position -= capacity
    return "Beyond the last band"


def _banded_clawbacks(output: TypeOutput) -> Iterator[Row]:
    kind = output.declaration_type
    for line in output.lines:
        if line.refundable:
            query = declarations_query(kind=Kind.CLAWBACK, type=kind, band=line.band or "")
            yield _clawback(f"{type_label(kind)}, band {line.band}", line, query)
    if beyond := output.allocation.overflow_refundable:
        query = declarations_query(kind=Kind.CLAWBACK, type=kind, band=BEYOND)
        nothing = FeeLine(kind, None, Fraction(0), billable=0, refundable=beyond)
        yield _clawback(f"{type_label(kind)}, beyond the last band", nothing, query)


def _clawback(label: str, line: FeeLine, query: str) -> Row:
    count = Count(line.refundable, query)
    return Row(label, (count, unit_fee(-line.unit_fee), pounds(-line.refund_amount)))
