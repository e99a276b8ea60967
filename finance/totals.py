"""What many statements come to, each in the light of all before it, in a few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from finance.calculator import (
    ContractType,
    Counts,
    PositionBelowZero,
    StatementCounts,
    calculate_statement,
)
from finance.queries import ContractIncomplete, PricedBand, bands_with_terms, contract_terms
from finance.tallies import tally_statements
from register_ects.models import Statement, StatementAdjustment


def statement_totals(statements: Sequence[Statement]) -> dict[int, Fraction | None]:
    """Return each statement's exact total including VAT in pounds, by key. Five queries.

    None where it cannot be calculated: the contract has no price for some band, or more was
    clawed back than was ever paid for. ``statements`` come from ``list_statements``.
    """
    if not statements:
        return {}
    order = _up_to_the_last(statements)
    tally = tally_statements([key for keys in order.values() for key, _ in keys])
    adjustments = _adjustments(statements)
    counts = {each.pk: tally.counts(each.pk, adjustments[each.pk]) for each in statements}
    previous = {
        key: before for keys in order.values() for key, before in tally.before_each(keys).items()
    }
    bands = bands_with_terms({each.contract_id: each.contract for each in statements}.values())
    return {
        each.pk: _total(each, bands[each.contract_id], counts[each.pk], previous[each.pk])
        for each in statements
    }


def _up_to_the_last(statements: Sequence[Statement]) -> dict[int, list[tuple[int, ContractType]]]:
    """Return key and contract type of each provider's and year's statements, in their order.

    Those after the last one asked for decide nothing and are left out.
    """
    wanted = {each.pk for each in statements}
    rows = (
        Statement.objects.filter(
            active_lead_provider__in={each.active_lead_provider_id for each in statements},
            payment_date__lte=max(each.payment_date for each in statements),
        )
        .order_by("active_lead_provider", "payment_date", "year", "month", "pk")
        .values_list("active_lead_provider_id", "pk", "contract__contract_type")
    )
    order: dict[int, list[tuple[int, ContractType]]] = defaultdict(list)
    for active, key, contract_type in rows:
        order[active].append((key, ContractType(contract_type)))
    for keys in order.values():
        while keys and keys[-1][0] not in wanted:
            keys.pop()
    return order


def _adjustments(statements: Sequence[Statement]) -> dict[int, list[StatementAdjustment]]:
    found: dict[int, list[StatementAdjustment]] = defaultdict(list)
    for adjustment in StatementAdjustment.objects.filter(statement__in=statements):
        found[adjustment.statement_id].append(adjustment)
    return found


def _total(
    statement: Statement,
    bands: Iterable[PricedBand],
    counts: StatementCounts,
    previous: Mapping[str, Counts],
) -> Fraction | None:
    try:
        terms = contract_terms(statement.contract, bands, vat_registered=statement.bears_vat)
        return calculate_statement(terms, counts, previous=previous).total
    except (ContractIncomplete, PositionBelowZero):
        return None
