"""Price a payment scenario: JSON in, the payment engine, JSON out. A what-if; nothing is stored.

The format, its refusals and its order are a promise to users: see docs/payments.md. How a
value is read: finance/scenario_fields.py. The arithmetic: finance/calculator.py.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from finance.calculator import (
    AllocationMode,
    BandTerms,
    ContractTerms,
    ContractType,
    Counts,
    StatementCalculation,
    StatementCounts,
    TypeOutput,
    calculate_statements,
    to_pennies,
)
from finance.scenario_fields import Fields, NotJson, read_json
from finance.terms import DECLARATION_TYPES, FLAT_RATE_PROPORTIONS
from register_ects.rules.adjustments import LARGEST_AMOUNT

EARLIEST_YEAR = 2020
LATEST_YEAR = 9999
LARGEST_ADJUSTMENT = int(LARGEST_AMOUNT)
DEFAULT_VAT_RATE = Decimal("0.20")
FEE_TYPES = ("output", "service")
TYPE = "declaration type"
STAND_IN_BAND = BandTerms(capacity=1, fee_per_declaration=Decimal(0), output_fee_ratio=Decimal(0))

SCENARIO_KEYS = (
    "contract_type",
    "vat_rate",
    "vat_registered",
    "bands",
    "recruitment_target",
    "setup_fee",
    "monthly_service_fee",
    "uplift_fee_per_declaration",
    "mentor_fee_per_declaration",
    "statements",
)
BAND_KEYS = ("capacity", "fee_per_declaration", "output_fee_ratio")
STATEMENT_KEYS = (
    "year",
    "month",
    "payment_date",
    "fee_type",
    "ect",
    "mentor",
    "uplifts",
    "adjustments",
)
COUNT_KEYS = ("billable", "refundable")


class ScenarioRefused(Exception):
    """The scenario cannot be priced. ``problems`` has one plain sentence for each reason."""

    def __init__(self, problems: list[str]) -> None:
        """Keep the problems in the order of the scenario."""
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class ScenarioStatement:
    """One statement of a scenario. ``path`` says where in the scenario it was written."""

    path: str
    year: int
    month: int
    payment_date: date
    counts: StatementCounts


@dataclass(frozen=True)
class Scenario:
    """A contract and its statements, earliest payment first."""

    terms: ContractTerms
    statements: tuple[ScenarioStatement, ...]


def load_scenario(data: bytes) -> Scenario:
    """Read a scenario from the bytes of a JSON file.

    Raises ScenarioRefused with every problem found.
    """
    try:
        document = read_json(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ScenarioRefused([f"scenario: is not UTF-8 text (byte {error.start})"]) from error
    except NotJson as error:
        raise ScenarioRefused([f"scenario: is not valid JSON: {error}"]) from error

    problems: list[str] = []
    fields = Fields(document, keys=SCENARIO_KEYS, problems=problems)
    name = fields.choice("contract_type", list(ContractType), required=True)
    contract_type = ContractType(name) if name else None
    terms = _read_terms(fields, contract_type)
    statements = _read_statements(fields, contract_type)
    if problems:
        raise ScenarioRefused(problems)
    return Scenario(terms, tuple(statements))


def simulate(scenario: Scenario, *, mode: AllocationMode = AllocationMode.NET) -> dict[str, object]:
    """Price a scenario and give the answer as JSON-ready values, earliest payment first.

    Raises ScenarioRefused in NET mode if more of a type was clawed back than ever billed.
    """
    if mode is AllocationMode.NET:
        problems = list(_positions_below_zero(scenario))
        if problems:
            raise ScenarioRefused(problems)
    calculations = calculate_statements(
        [(scenario.terms, statement.counts) for statement in scenario.statements], mode=mode
    )
    priced = zip(scenario.statements, calculations, strict=True)
    return {
        "statements": [_answer(statement, calculation) for statement, calculation in priced],
        "total": _pounds(sum((c.total for c in calculations), Fraction(0))),
    }


def _read_terms(fields: Fields, contract_type: ContractType | None) -> ContractTerms:
    vat_rate = fields.ratio("vat_rate")
    terms = ContractTerms(
        contract_type=contract_type or ContractType.ECF,
        vat_rate=DEFAULT_VAT_RATE if vat_rate is None else vat_rate,
        vat_registered=fields.flag("vat_registered", default=True),
        bands=_read_bands(fields),
        recruitment_target=fields.whole_number("recruitment_target"),
        setup_fee=fields.money("setup_fee") or Decimal(0),
        monthly_service_fee=fields.money("monthly_service_fee"),
        uplift_fee_per_declaration=fields.money("uplift_fee_per_declaration") or Decimal(0),
        mentor_fee_per_declaration=fields.money("mentor_fee_per_declaration"),
    )
    if contract_type is ContractType.ECF and terms.mentor_fee_per_declaration:
        fields.note("mentor_fee_per_declaration", "an ecf contract has no mentor fee")
    if contract_type is ContractType.ITTECF_ECTP and terms.uplift_fee_per_declaration:
        fields.note("uplift_fee_per_declaration", "an ittecf_ectp contract has no uplift fee")
    return terms


def _read_bands(fields: Fields) -> tuple[BandTerms, ...]:
    bands = [
        BandTerms(
            capacity=band.whole_number("capacity", lowest=1, required=True),
            fee_per_declaration=band.money("fee_per_declaration", required=True) or Decimal(0),
            output_fee_ratio=band.ratio("output_fee_ratio", required=True) or Decimal(0),
        )
        for band in fields.children("bands", keys=BAND_KEYS, at_least_one=True)
    ]
    return tuple(bands) or (STAND_IN_BAND,)


def _read_statements(fields: Fields, contract_type: ContractType | None) -> list[ScenarioStatement]:
    """Read the statements and put them in order: payment date, then year, then month."""
    statements = []
    months_seen: set[tuple[int, int]] = set()
    for item in fields.children("statements", keys=STATEMENT_KEYS):
        year, month = _read_month(item, months_seen)
        payment_date = item.day("payment_date")
        # Only says what the statement is called: counts are priced alike on both kinds.
        item.choice("fee_type", FEE_TYPES)
        counts = _read_statement_counts(item, contract_type)
        statements.append(ScenarioStatement(item.path, year, month, payment_date, counts))
    _note_missing_mentor_fee(fields, contract_type, statements)
    return sorted(statements, key=lambda s: (s.payment_date, s.year, s.month))


def _read_month(item: Fields, months_seen: set[tuple[int, int]]) -> tuple[int, int]:
    problems_before = item.problem_count
    year = item.whole_number("year", lowest=EARLIEST_YEAR, highest=LATEST_YEAR, required=True)
    month = item.whole_number("month", lowest=1, highest=12, required=True)
    if item.problem_count == problems_before:
        if (year, month) in months_seen:
            item.note(None, f"there is already a statement for {year}-{month:02}")
        months_seen.add((year, month))
    return year, month


def _read_statement_counts(item: Fields, contract_type: ContractType | None) -> StatementCounts:
    problems_before = item.problem_count
    ect = _read_counts_by_type(item.child("ect", keys=DECLARATION_TYPES, key_name=TYPE))
    mentor_fields = item.child("mentor", keys=DECLARATION_TYPES, key_name=TYPE)
    mentor = _read_counts_by_type(mentor_fields)
    uplift_fields = item.child("uplifts", keys=COUNT_KEYS)
    uplifts = _read_counts(uplift_fields)
    counts_are_good = item.problem_count == problems_before

    if contract_type is ContractType.ITTECF_ECTP:
        for declaration_type in mentor:
            if declaration_type not in FLAT_RATE_PROPORTIONS:
                mentor_fields.note(declaration_type, "an ittecf_ectp contract has no price for it")
        if uplifts:
            uplift_fields.note(None, "an ittecf_ectp contract pays no uplifts")
    elif counts_are_good:
        _note_uplifts_beyond_starts(uplift_fields, uplifts, ect, mentor)
    return StatementCounts(ect, mentor, uplifts, tuple(_read_adjustments(item)))


def _read_counts_by_type(fields: Fields) -> dict[str, Counts]:
    return {
        declaration_type: _read_counts(fields.child(declaration_type, keys=COUNT_KEYS))
        for declaration_type in DECLARATION_TYPES
        if fields.has(declaration_type)
    }


def _read_counts(fields: Fields) -> Counts:
    return Counts(fields.whole_number("billable"), fields.whole_number("refundable"))


def _note_uplifts_beyond_starts(
    fields: Fields, uplifts: Counts, ect: Mapping[str, Counts], mentor: Mapping[str, Counts]
) -> None:
    starts = ect.get("started", Counts()) + mentor.get("started", Counts())
    for name, uplift_count, start_count in (
        ("billable", uplifts.billable, starts.billable),
        ("refundable", uplifts.refundable, starts.refundable),
    ):
        if uplift_count > start_count:
            problem = f"only starts carry an uplift, and {start_count} starts are {name} here"
            fields.note(name, problem)


def _read_adjustments(item: Fields) -> Iterator[Decimal]:
    for place, amount in item.amounts("adjustments"):
        if amount == 0:
            item.note(place, "must not be 0")
        elif abs(amount) > LARGEST_ADJUSTMENT:
            item.note(place, f"must be from -{LARGEST_ADJUSTMENT:,} to {LARGEST_ADJUSTMENT:,}")
        yield amount


def _note_missing_mentor_fee(
    fields: Fields, contract_type: ContractType | None, statements: list[ScenarioStatement]
) -> None:
    if contract_type is not ContractType.ITTECF_ECTP or fields.has("mentor_fee_per_declaration"):
        return
    with_mentors = [s.path for s in statements if any(s.counts.mentor.values())]
    if with_mentors:
        problem = f"is missing, and mentors are counted in {', '.join(with_mentors)}"
        fields.note("mentor_fee_per_declaration", problem)


def _positions_below_zero(scenario: Scenario) -> Iterator[str]:
    """Say, for each declaration type, on which statement it first goes below zero."""
    positions: Counter[str] = Counter()
    reported = set()
    for statement in scenario.statements:
        in_bands = statement.counts.through_bands(scenario.terms.contract_type)
        for declaration_type, counts in in_bands.items():
            positions[declaration_type] += counts.billable - counts.refundable
            if positions[declaration_type] < 0 and declaration_type not in reported:
                reported.add(declaration_type)
                yield (
                    f"{statement.path}: by this statement more {declaration_type} declarations "
                    f"are refunded than were ever billed ({positions[declaration_type]})"
                )


def _answer(statement: ScenarioStatement, calculation: StatementCalculation) -> dict[str, object]:
    return {
        "year": statement.year,
        "month": statement.month,
        "allocation": {t.declaration_type: _allocation_answer(t) for t in calculation.types},
        "output_billable": _pounds(calculation.output_billable),
        "output_refund": _pounds(calculation.output_refund),
        "mentor_billable": _pounds(calculation.mentor_billable),
        "mentor_refund": _pounds(calculation.mentor_refund),
        "uplift_billable": _pounds(calculation.uplift.billable_amount),
        "uplift_refund": _pounds(calculation.uplift.refund_amount),
        "service_fee": _pounds(calculation.service_fee.monthly),
        "adjustments": _pounds(calculation.adjustments),
        "subtotal": _pounds(calculation.subtotal),
        "vat": _pounds(calculation.vat),
        "total": _pounds(calculation.total),
    }


def _allocation_answer(output: TypeOutput) -> dict[str, object]:
    return {
        "bands": [
            {"letter": line.band, "billable": line.billable, "refundable": line.refundable}
            for line in output.lines
        ],
        "overflow_billable": output.allocation.overflow_billable,
        "overflow_refundable": output.allocation.overflow_refundable,
    }


def _pounds(amount: Fraction) -> str:
    return str(to_pennies(amount))
