"""Lay a calculated statement out for people to read. No database: facts in, text out.

Every amount is written from its exact value; no rounded amounts are ever added up.
Source: spec 04, 5.12 and 8.3.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from finance import statement_tables as tables
from finance.calculator import (
    AllocationMode,
    PositionBelowZero,
    StatementCalculation,
    TypeOutput,
    calculate_statement,
)
from finance.queries import ContractIncomplete, StatementFacts
from finance.wording import percentage, pounds, type_label
from register_ects.rules.enumerations import FeeType


@dataclass(frozen=True)
class AllocationDifference:
    """What the previous service's way of counting would have paid instead (spec 04, 5.4)."""

    declaration_types: str
    reference_total: str
    difference: str


@dataclass(frozen=True)
class StatementPage:
    """A statement's lines, in the order of the page. Amounts are ready to print.

    ``rounding_difference`` is what to add to the printed overview lines to get the printed
    total; None when they agree. ``difference`` is None when both ways of counting agree.
    """

    overview: list[tables.Line]
    subtotal: str
    vat_rate: str
    total: str
    is_credit: bool
    rounding_difference: str | None
    difference: AllocationDifference | None
    warnings: list[str]
    summary: tables.Summary
    outputs: list[tables.OutputTable]
    output_total: str
    positions: list[tables.Position]
    uplift: tables.Uplift | None
    clawbacks: list[tables.Clawback]
    clawback_total: str
    adjustments: list[tables.Line]
    adjustment_total: str
    service_fee: tables.ServiceFeeWorking
    targets: tables.Targets


class NotCalculable(Exception):
    """The statement cannot be priced. The message says why, to finance staff."""


def lay_out_statement(facts: StatementFacts) -> StatementPage:
    """Calculate a statement and lay it out.

    Raises NotCalculable when the contract or the declarations contradict themselves.
    """
    try:
        terms = facts.terms
        calculation = calculate_statement(terms, facts.counts, previous=facts.previous)
    except ContractIncomplete as error:
        raise NotCalculable(f"It cannot be calculated because {error}.") from error
    except PositionBelowZero as error:
        raise NotCalculable(
            "It cannot be calculated because more declarations were clawed back than were ever"
            f" paid for ({'; '.join(error.__notes__)}; position {error.position})."
        ) from error
    adjustments = [
        tables.Line(line.payment_type, pounds(Fraction(line.amount))) for line in facts.adjustments
    ]
    return StatementPage(
        overview=[tables.Line(line.label, pounds(line.amount)) for line in calculation.overview],
        subtotal=pounds(calculation.subtotal),
        vat_rate=percentage(calculation.vat_rate),
        total=pounds(calculation.total),
        is_credit=calculation.total < 0,
        rounding_difference=_rounding_difference(calculation),
        difference=_compare_modes(facts, calculation),
        warnings=list(_warnings(calculation)),
        summary=tables.summary(calculation, facts.voided),
        outputs=_outputs(facts, calculation),
        output_total=pounds(calculation.output_billable + calculation.mentor_billable),
        positions=tables.positions(calculation, terms),
        uplift=tables.uplift(calculation),
        clawbacks=tables.clawbacks(calculation),
        clawback_total=pounds(tables.clawback_total(calculation)),
        adjustments=adjustments,
        adjustment_total=pounds(calculation.adjustments),
        service_fee=tables.service_fee_working(calculation.service_fee),
        targets=tables.targets(facts.statement.contract, facts.bands),
    )


def _outputs(facts: StatementFacts, calculation: StatementCalculation) -> list[tables.OutputTable]:
    """A service statement carries no declarations, unless something is wrong: then show them."""
    anything = bool(calculation.types or calculation.mentor_lines)
    if facts.statement.fee_type == FeeType.OUTPUT or anything:
        return tables.outputs(calculation, facts.terms)
    return []


def _rounding_difference(calculation: StatementCalculation) -> str | None:
    difference = calculation.rounding_difference
    return pounds(Fraction(difference)) if difference else None


def _compare_modes(
    facts: StatementFacts, calculation: StatementCalculation
) -> AllocationDifference | None:
    reference = calculate_statement(
        facts.terms, facts.counts, previous=facts.previous, mode=AllocationMode.REFERENCE
    )
    differing = [
        type_label(ours.declaration_type)
        for ours, theirs in zip(calculation.types, reference.types, strict=True)
        if _lands(ours) != _lands(theirs)
    ]
    if not differing:
        return None
    return AllocationDifference(
        declaration_types=_and(differing),
        reference_total=pounds(reference.total),
        difference=pounds(calculation.total - reference.total),
    )


def _lands(output: TypeOutput) -> tuple[Sequence[int], Sequence[int]]:
    return output.allocation.billable, output.allocation.refundable


def _warnings(calculation: StatementCalculation) -> Iterator[str]:
    if calculation.overflow_billable:
        yield (
            f"{calculation.overflow_billable:,} declared beyond the last band: counted, and paid"
            " nothing."
        )
    if calculation.overflow_refundable:
        yield (
            f"{calculation.overflow_refundable:,} clawed back from beyond the last band: nothing"
            " was paid for them, so nothing is recovered."
        )
    for declaration_type, counts in calculation.not_priced.items():
        yield (
            f"Mentors, {type_label(declaration_type).lower()}: {counts.billable:,} billable and"
            f" {counts.refundable:,} refundable, for which the contract has no price. Ask the"
            " product team to look into them."
        )


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
