"""Lay a calculated statement out for people to read. No database: facts in, text out.

Every amount is written from its exact value; no rounded amounts are ever added up.
Source: spec 04, 5.12 and 8.3.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from finance import statement_parts as parts
from finance import statement_tables as tables
from finance.calculator import (
    AllocationMode,
    PositionBelowZero,
    StatementCalculation,
    TypeOutput,
    calculate_statement,
    is_counted_as_reference,
    to_pennies,
)
from finance.declaration_filters import declarations_query
from finance.placing import BEYOND, Kind
from finance.queries import ContractIncomplete, StatementFacts
from finance.wording import percentage, pounds, type_label
from register_ects.formats import govuk_date_short
from register_ects.models import Event
from register_ects.rules.enumerations import FeeType, TraineeRole
from register_ects.web.timeline import author_of

_CHANGES = {"statement_adjustment_added": "Added", "statement_adjustment_updated": "Changed"}


@dataclass(frozen=True)
class AllocationDifference:
    """What the previous service's way of counting would have paid instead (spec 04, 5.4).

    ``difference`` is in words: what this statement comes to, seen from that.
    """

    declaration_types: str
    reference_total: str
    difference: str


@dataclass(frozen=True)
class StatementPage:
    """A statement's lines, in the order of the page. Amounts are ready to print.

    ``rounding_difference`` says in words how the sum of the printed overview lines differs from
    the printed total: "£0.01 more"; None when they agree. ``difference`` is None when both ways of
    counting come to the same total.
    """

    overview: parts.Table
    subtotal: str
    rounding_difference: str | None
    difference: AllocationDifference | None
    warnings: list[parts.Note]
    summary: parts.Table
    outputs: list[parts.Table]
    output_total: str
    positions: parts.Table | None
    uplift: parts.Table | None
    clawbacks: parts.Table | None
    adjustments: list[parts.AdjustmentLine]
    adjustment_total: str
    service_fee: parts.ServiceFeeWorking
    targets: list[parts.Table]


class NotCalculable(Exception):
    """The statement cannot be priced. The message says why, to finance staff."""


def calculate(facts: StatementFacts) -> StatementCalculation:
    """Calculate a statement.

    Raises NotCalculable when the contract or the declarations contradict themselves.
    """
    try:
        return calculate_statement(facts.terms, facts.counts, previous=facts.previous)
    except ContractIncomplete as error:
        raise NotCalculable(f"It cannot be calculated because {error}.") from error
    except PositionBelowZero as error:
        raise NotCalculable(
            "It cannot be calculated because more declarations were clawed back than were ever"
            f" paid for ({'; '.join(error.__notes__)}; position {error.position})."
        ) from error


def lay_out_statement(facts: StatementFacts, calculation: StatementCalculation) -> StatementPage:
    """Lay out what ``calculate`` gave for a statement."""
    return StatementPage(
        overview=_overview(calculation),
        subtotal=pounds(calculation.subtotal),
        rounding_difference=_rounding_difference(calculation),
        difference=_compare_modes(facts, calculation),
        warnings=list(_warnings(calculation)),
        summary=tables.summary(calculation, facts.voided),
        outputs=_outputs(facts, calculation),
        output_total=pounds(calculation.output_billable + calculation.mentor_billable),
        positions=tables.positions(calculation, facts.terms),
        uplift=tables.uplift(calculation),
        clawbacks=tables.clawbacks(calculation),
        adjustments=list(_adjustments(facts)),
        adjustment_total=pounds(calculation.adjustments),
        service_fee=tables.service_fee_working(calculation.service_fee),
        targets=tables.targets(facts.statement.contract, facts.bands),
    )


def _overview(calculation: StatementCalculation) -> parts.Table:
    rate = percentage(calculation.vat_rate)
    rows = [
        parts.Row(f"VAT ({rate})" if line.label == "VAT" else line.label, (pounds(line.amount),))
        for line in calculation.overview
    ]
    credit = ": a credit owed to DfE" if calculation.total < 0 else ""
    total = parts.Row(f"Total including VAT{credit}", (pounds(calculation.total),), parts.TOTAL)
    return parts.Table("overview", "Overview", [*rows, total])


def _adjustments(facts: StatementFacts) -> Iterator[parts.AdjustmentLine]:
    for line in facts.adjustments:
        changes = tuple(
            _change(event)
            for event in reversed(facts.adjustment_events)
            if event.statement_adjustment_id == line.pk
        )
        yield parts.AdjustmentLine(
            key=line.pk,
            reason=line.payment_type,
            amount=pounds(Fraction(line.amount)),
            # Nobody's event tells of one from before there were any.
            changes=changes or (f"Added {govuk_date_short(line.created_at)}",),
        )


def _change(event: Event) -> str:
    day = govuk_date_short(event.happened_at)
    return f"{_CHANGES[event.event_type]} by {author_of(event)}, {day}"


def _outputs(facts: StatementFacts, calculation: StatementCalculation) -> list[parts.Table]:
    """A service statement carries no declarations, unless something is wrong: then show them."""
    anything = bool(calculation.types or calculation.mentor_lines)
    if facts.statement.fee_type == FeeType.OUTPUT or anything:
        return tables.outputs(calculation, facts.terms)
    return []


def _rounding_difference(calculation: StatementCalculation) -> str | None:
    """Say what the lines are, seen from the total: the other way round than the calculation."""
    missing = Fraction(calculation.rounding_difference)
    return f"{pounds(abs(missing))} {'less' if missing > 0 else 'more'}" if missing else None


def _compare_modes(
    facts: StatementFacts, calculation: StatementCalculation
) -> AllocationDifference | None:
    if is_counted_as_reference(facts.terms, facts.counts, calculation, previous=facts.previous):
        return None
    reference = calculate_statement(
        facts.terms, facts.counts, previous=facts.previous, mode=AllocationMode.REFERENCE
    )
    difference = calculation.total - reference.total
    if not to_pennies(difference):
        return None
    differing = [
        type_label(ours.declaration_type)
        for ours, theirs in zip(calculation.types, reference.types, strict=True)
        if _net(ours) != _net(theirs)
    ]
    return AllocationDifference(
        declaration_types=_and(differing),
        reference_total=pounds(reference.total),
        difference=f"{pounds(abs(difference))} {'more' if difference > 0 else 'less'} than that",
    )


def _net(output: TypeOutput) -> Fraction:
    return sum((line.net_amount for line in output.lines), Fraction(0))


def _warnings(calculation: StatementCalculation) -> Iterator[parts.Note]:
    if calculation.overflow_billable:
        yield parts.Note(
            f"{calculation.overflow_billable:,} declared beyond the last band: counted, and paid"
            " nothing.",
            declarations_query(kind=Kind.PAYMENT, band=BEYOND),
        )
    if calculation.overflow_refundable:
        yield parts.Note(
            f"{calculation.overflow_refundable:,} clawed back from beyond the last band: nothing"
            " was paid for them, so nothing is recovered.",
            declarations_query(kind=Kind.CLAWBACK, band=BEYOND),
        )
    for declaration_type, counts in calculation.not_priced.items():
        yield parts.Note(
            f"Mentors, {type_label(declaration_type).lower()}: {counts.billable:,} billable and"
            f" {counts.refundable:,} refundable, for which the contract has no price. Ask the"
            " product team to look into them.",
            declarations_query(type=declaration_type, role=TraineeRole.MENTOR),
        )


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
