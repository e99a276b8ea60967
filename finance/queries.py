"""What finance pages read, each in a constant number of SQL queries.

Counting happens in the database; pricing in finance/calculator.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, Exists, FilteredRelation, OuterRef, Q, QuerySet, When

from finance.bands import band_letter
from finance.calculator import (
    BandTerms,
    ContractTerms,
    ContractType,
    Counts,
    StatementCounts,
)
from finance.declaration_columns import READ, Told
from finance.tallies import tally_statements
from register_ects.database.compiled import compiled
from register_ects.formats import govuk_month
from register_ects.models import (
    ActiveLeadProviderBand,
    Contract,
    ContractPeriod,
    Declaration,
    DeclarationCount,
    Event,
    LeadProvider,
    Statement,
    StatementAdjustment,
    StatementAuditNote,
)
from register_ects.rules.enumerations import FeeType, StatementStatus
from register_ects.rules.event_types import ADJUSTMENT_EVENTS

_FEES = ("contract__banded_fee_structure", "contract__flat_rate_fee_structure")


class ContractIncomplete(Exception):
    """A contract has no price for some band, so nothing under it can be calculated."""

    def __init__(self, letters: Sequence[str]) -> None:
        """Keep the letters of the bands without a price; none when there are no bands."""
        bands = ", ".join(letters) or "any"
        super().__init__(f"the contract has no price for band: {bands}")
        self.letters = tuple(letters)


# -- The list --------------------------------------------------------------------------------


@dataclass(frozen=True)
class StatementFilters:
    """Which statements to list; None means all.

    ``overdue_on`` finds those that were to be paid before that day, and are not.
    """

    lead_provider_id: int | None = None
    contract_period_year: int | None = None
    month: tuple[int, int] | None = None  # year, month
    fee_type: str | None = FeeType.OUTPUT
    status: str | None = None
    overdue_on: date | None = None


def list_statements(filters: StatementFilters) -> QuerySet[Statement]:
    """Find statements, the newest payment first, then by lead provider and contract period.

    The provider and the contract with its fees come in the same query.
    """
    year, month = filters.month or (None, None)
    wanted = {
        "lead_provider": filters.lead_provider_id,
        "contract_period": filters.contract_period_year,
        "year": year,
        "month": month,
        "fee_type": filters.fee_type,
        "status": filters.status,
    }
    statements = Statement.objects.all()
    if filters.overdue_on:
        statements = statements.overdue(filters.overdue_on)
    return (
        statements.filter(**{name: value for name, value in wanted.items() if value})
        .select_related("lead_provider", *_FEES)
        .order_by("-payment_date", "lead_provider__name", "-contract_period", "pk")
    )


class NextPayment(NamedTuple):
    """The output statements to be paid next: their month, their day, and how many are not paid."""

    month: tuple[int, int]  # year, month
    payment_date: date
    unpaid: int


def next_to_be_paid() -> NextPayment | None:
    """Return which output statements are to be paid next, however late that is.

    Those of the month of the earliest that is payable; where none is, of the earliest that is
    open. None when all are paid.
    """
    payable_first = Case(When(status=StatementStatus.PAYABLE, then=0), default=1)
    unpaid = Statement.objects.unpaid_outputs().order_by(payable_first, "payment_date", "pk")
    first = unpaid.values("year", "month", "payment_date").first()
    if first is None:
        return None
    alike = Statement.objects.unpaid_outputs().filter(**first).count()
    return NextPayment((first["year"], first["month"]), first["payment_date"], alike)


def count_overdue(on: date) -> int:
    """Count the output statements whose payment date lies before a day, and that are not paid."""
    return Statement.objects.overdue(on).count()


@dataclass(frozen=True)
class StatementChoices:
    """What the list can be filtered by: only values that some statement has."""

    lead_providers: list[tuple[int, str]]
    contract_periods: list[int]
    months: list[tuple[int, int]]  # year, month


def statement_choices() -> StatementChoices:
    """Find what there are statements of. Three queries."""
    statements = Statement.objects.all()
    providers = LeadProvider.objects.filter(pk__in=statements.values("lead_provider"))
    periods = ContractPeriod.objects.filter(pk__in=statements.values("contract_period"))
    months = statements.values_list("year", "month").distinct().order_by("year", "month")
    return StatementChoices(
        lead_providers=list(providers.order_by("name").values_list("pk", "name")),
        contract_periods=list(periods.order_by("year").values_list("year", flat=True)),
        months=list(months),
    )


# -- One statement ---------------------------------------------------------------------------


class PricedBand(NamedTuple):
    """A band, and what a contract says about it: pounds and 0 to 1, or None where it says nothing.

    ``letter`` names it.
    """

    letter: str
    capacity: int
    fee_per_declaration: Decimal | None
    output_fee_ratio: Decimal | None


@dataclass(frozen=True)
class StatementFacts:
    """Everything that decides what a statement pays, and what is shown beside it.

    ``bands`` are all bands of the lead provider, in allocation order. ``previous`` is what
    went through the bands on all earlier statements, by declaration type. ``counted`` are its
    declarations by role and type. ``voided`` counts those that were voided while on this
    statement, by trainee role. ``adjustment_events``
    are of those removed too, newest first. ``earlier`` and ``later`` are the neighbours in the
    order in which statements are calculated.
    """

    statement: Statement
    bands: tuple[PricedBand, ...]
    counts: StatementCounts
    previous: Mapping[str, Counts]
    counted: Sequence[DeclarationCount]
    voided: dict[str, int]
    adjustments: tuple[StatementAdjustment, ...]
    adjustment_events: tuple[Event, ...]
    notes: tuple[StatementAuditNote, ...]
    earlier: "StatementInOrder | None"
    later: "StatementInOrder | None"

    @cached_property
    def terms(self) -> ContractTerms:
        """What the statement's contract pays. Raises ContractIncomplete."""
        return contract_terms(
            self.statement.contract,
            self.bands,
            vat_registered=self.statement.bears_vat,
        )


class StatementInOrder(NamedTuple):
    """A statement's place among all statements of its lead provider and contract period.

    The order is total: payment date, year, month, id. Status and fee type do not matter.
    """

    payment_date: date
    year: int
    month: int
    pk: int
    api_id: UUID
    contract_type: str

    @property
    def month_name(self) -> str:
        """Return its month in words, for example "November 2025"."""
        return govuk_month(self.year, self.month)


def load_statement(api_id: UUID) -> StatementFacts:
    """Load a statement with all that its calculation needs. Five queries, whatever its size.

    One more each where it has adjustments, or ever had any, or audit notes.

    Raises Statement.DoesNotExist.
    """
    found = _statement(api_id)
    if not found:
        raise Statement.DoesNotExist
    statement: Any = found[0]  # with what it is annotated with
    ordered = [StatementInOrder(*row) for row in _in_order(statement.active_lead_provider_id)]
    place = [other.pk for other in ordered].index(statement.pk)
    earlier, later = ordered[:place], ordered[place + 1 :]
    up_to_it = ordered[: place + 1]
    tally = tally_statements([other.pk for other in up_to_it])
    previous = tally.before_each((each.pk, ContractType(each.contract_type)) for each in up_to_it)
    adjustments = tuple(_adjustments(statement.pk)) if statement.is_adjusted else ()
    events = tuple(_events_of_adjustments(statement.pk)) if statement.was_adjusted else ()
    return StatementFacts(
        statement=statement,
        bands=bands_with_terms([statement.contract])[statement.contract_id],
        counts=tally.counts(statement.pk, adjustments),
        previous=previous[statement.pk],
        counted=tally.on(statement.pk),
        voided=tally.voided(statement.pk),
        adjustments=adjustments,
        adjustment_events=events,
        notes=tuple(_notes(statement.pk)) if statement.has_notes else (),
        earlier=earlier[-1] if earlier else None,
        later=later[0] if later else None,
    )


def contract_terms(
    contract: Contract, bands: Iterable[PricedBand], *, vat_registered: bool
) -> ContractTerms:
    """Turn a contract version into what the calculator takes.

    ``bands`` are all bands of the lead provider in allocation order, each with what this contract
    says about it. Raises ContractIncomplete unless it says something about each: a band left
    out would shift all that come after it (spec 04, 2.6 Improve).
    """
    priced, missing = [], []
    for band in bands:
        if band.fee_per_declaration is None or band.output_fee_ratio is None:
            missing.append(band.letter)
        else:
            terms = BandTerms(band.capacity, band.fee_per_declaration, band.output_fee_ratio)
            priced.append(terms)
    if missing or not priced:
        raise ContractIncomplete(missing)
    structure = contract.banded_fee_structure
    flat_rate = getattr(contract, "flat_rate_fee_structure", None)
    return ContractTerms(
        contract_type=ContractType(contract.contract_type),
        bands=tuple(priced),
        recruitment_target=structure.recruitment_target,
        setup_fee=structure.setup_fee,
        monthly_service_fee=structure.monthly_service_fee,
        uplift_fee_per_declaration=structure.uplift_fee_per_declaration,
        mentor_fee_per_declaration=flat_rate.fee_per_declaration if flat_rate else None,
        vat_rate=contract.vat_rate,
        vat_registered=vat_registered,
    )


def declaration_key(api_id: UUID) -> int | None:
    """Return the key of a declaration; None when there is no such."""
    return Declaration.objects.filter(api_id=api_id).values_list("pk", flat=True).first()


def details_of_declarations(keys: Iterable[int]) -> dict[int, Told]:
    """Return what the columns of a list tell of declarations, by key. One query."""
    return {key: dict(zip(READ, told, strict=True)) for key, *told in _details(list(keys))}


@compiled
def _details(keys: list[int]) -> QuerySet[Declaration, Any]:
    return Declaration.objects.filter(pk__any=keys).values_list("pk", *READ)


# -- Their parts -----------------------------------------------------------------------------


@compiled
def _statement(api_id: UUID) -> QuerySet[Statement]:
    """Find it, and whether there is any of what most statements have none of."""
    return (
        Statement.objects.select_related("lead_provider", "contract_period", *_FEES)
        .annotate(
            is_adjusted=Exists(StatementAdjustment.objects.filter(statement=OuterRef("pk"))),
            was_adjusted=Exists(_adjustment_events().filter(statement=OuterRef("pk"))),
            has_notes=Exists(StatementAuditNote.objects.filter(statement=OuterRef("pk"))),
        )
        .filter(api_id=api_id)
        .order_by()
    )


@compiled
def _in_order(active_lead_provider: int) -> QuerySet[Statement, Any]:
    return (
        Statement.objects.filter(active_lead_provider=active_lead_provider)
        .order_by("payment_date", "year", "month", "pk")
        .values_list("payment_date", "year", "month", "pk", "api_id", "contract__contract_type")
    )


@compiled
def _adjustments(statement: int) -> QuerySet[StatementAdjustment]:
    return StatementAdjustment.objects.filter(statement=statement).order_by("created_at", "pk")


def _adjustment_events() -> QuerySet[Event]:
    return Event.objects.filter(event_type__in=ADJUSTMENT_EVENTS)


@compiled
def _events_of_adjustments(statement: int) -> QuerySet[Event]:
    of_statement = _adjustment_events().filter(statement=statement)
    return of_statement.select_related("author").order_by("-happened_at", "-pk")


@compiled
def _notes(statement: int) -> QuerySet[StatementAuditNote]:
    return StatementAuditNote.objects.filter(statement=statement)


@compiled
def _bands(structures: list[int], active_lead_providers: list[int]) -> QuerySet[Any, Any]:
    """Find the bands of lead providers, each with every price that fee structures give it."""
    priced = Q(terms__banded_fee_structure_id__any=structures)
    return (
        ActiveLeadProviderBand.objects.filter(active_lead_provider_id__any=active_lead_providers)
        .annotate(term=FilteredRelation("terms", condition=priced))
        .order_by("allocation_order")
        .values_list(
            *("active_lead_provider_id", "allocation_order", "capacity"),
            *("term__banded_fee_structure_id", "term__fee_per_declaration"),
            "term__output_fee_ratio",
        )
    )


def bands_with_terms(contracts: Iterable[Contract]) -> dict[int, tuple[PricedBand, ...]]:
    """Return, by contract's key, its lead provider's bands in allocation order. One query.

    ``contracts`` have been read with their fees.
    """
    contracts = list(contracts)
    capacities: dict[int, dict[int, int]] = defaultdict(dict)  # by lead provider, then by order
    prices: dict[tuple[int, int, int], tuple[Decimal, Decimal]] = {}
    for active, order, capacity, structure, fee, ratio in _bands(
        [contract.banded_fee_structure.pk for contract in contracts],
        list({contract.active_lead_provider_id for contract in contracts}),
    ):
        capacities[active][order] = capacity
        if structure is not None:
            prices[structure, active, order] = fee, ratio

    def priced(contract: Contract) -> Iterator[PricedBand]:
        structure, active = contract.banded_fee_structure.pk, contract.active_lead_provider_id
        for order, capacity in capacities[active].items():
            fee, ratio = prices.get((structure, active, order), (None, None))
            yield PricedBand(band_letter(order - 1), capacity, fee, ratio)

    return {contract.pk: tuple(priced(contract)) for contract in contracts}
