"""Statements once they close: what the database keeps as it was (spec 01 §4.8, spec 04 §4.1)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.factories import (
    ActiveLeadProviderBandFactory,
    ActiveLeadProviderFactory,
    BandTermFactory,
    ContractFactory,
    StatementAdjustmentFactory,
    StatementFactory,
)
from tests.raw_sql import changed, copied, removed

NOW = datetime(2026, 1, 13, 12, tzinfo=UTC)
FIXED = "fees_are_fixed_once_paid"


# -- The order of a statement's life -----------------------------------------------------------


@pytest.mark.parametrize(
    ("traits", "columns"),
    [
        pytest.param({"payable": True}, {"status": "paid"}, id="paid without a time"),
        pytest.param({}, {"marked_as_paid_at": NOW}, id="open with a time"),
        pytest.param({"payable": True}, {"marked_as_paid_at": NOW}, id="payable with a time"),
    ],
)
def test_a_statement_has_a_payment_time_once_it_is_paid(refused, traits, columns):
    problem = refused(
        "statement_has_a_payment_time_once_paid", *changed(StatementFactory(**traits), **columns)
    )
    assert problem.field == "status"


@pytest.mark.parametrize(
    ("trait", "status"), [("paid", "open"), ("paid", "payable"), ("payable", "open")]
)
def test_a_statement_never_goes_back(refused, trait, status):
    statement = StatementFactory(**{trait: True})
    refused("statements_never_go_back", *changed(statement, status=status))


def test_a_statement_goes_from_open_to_payable_to_paid(execute):
    statement = StatementFactory()
    execute(*changed(statement, status="payable"))
    execute(*changed(statement, status="paid", marked_as_paid_at=NOW))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("month", 2),
        ("year", 2027),
        ("fee_type", "service"),
        ("deadline_date", date(2025, 1, 1)),
        ("payment_date", date(2030, 1, 1)),
        ("marked_as_paid_at", NOW),
    ],
)
def test_a_paid_statement_never_changes(refused, column, value):
    problem = refused(
        "paid_statements_never_change", *changed(StatementFactory(paid=True), **{column: value})
    )
    assert "paid statement cannot be changed" in problem.details["message"]


def test_a_paid_statement_keeps_its_contract(refused):
    statement = StatementFactory(paid=True)
    other = ContractFactory(active_lead_provider=statement.active_lead_provider)
    refused("paid_statements_never_change", *changed(statement, contract_id=other.pk))


def test_a_paid_statement_is_never_deleted(refused, execute):
    refused("paid_statements_never_change", *removed(StatementFactory(paid=True)))
    execute(*removed(StatementFactory()))


# -- Adjustments -------------------------------------------------------------------------------


def pay(execute, statement):
    execute(*changed(statement, status="payable"))
    execute(*changed(statement, status="paid", marked_as_paid_at=NOW))


def test_an_adjustment_of_a_paid_statement_is_fixed(refused, execute):
    adjustment = StatementAdjustmentFactory()
    pay(execute, adjustment.statement)
    for attempt in (
        copied(adjustment),
        changed(adjustment, amount=Decimal(1)),
        removed(adjustment),
    ):
        problem = refused("adjustments_only_before_payment", *attempt)
        assert (problem.field, problem.code) == ("statement", "already_paid")


def test_an_adjustment_cannot_move_to_a_paid_statement(refused):
    refused(
        "adjustments_only_before_payment",
        *changed(StatementAdjustmentFactory(), statement_id=StatementFactory(paid=True).pk),
    )


@pytest.mark.parametrize("trait", ["payable", "service"])
def test_an_unpaid_statement_takes_adjustments(execute, trait):
    adjustment = StatementAdjustmentFactory(statement=StatementFactory(**{trait: True}))
    execute(*copied(adjustment))
    execute(*changed(adjustment, amount=Decimal(1)))
    execute(*removed(adjustment))


# -- The fees that statements were paid by -----------------------------------------------------


def priced(what, *, paid):
    """Return a fee structure of a contract whose one statement is open, or paid."""
    contract = StatementFactory(
        paid=paid, contract_year=2024 if what == "uplift" else 2025
    ).contract
    if what == "contract":
        return contract
    if what == "flat rate":
        return contract.flat_rate_fee_structure
    banded = contract.banded_fee_structure
    return banded.band_terms.get() if what == "term" else banded


CHANGES = [
    ("contract", {"vat_rate": Decimal("0.10")}),
    ("banded", {"monthly_service_fee": Decimal(1)}),
    ("banded", {"setup_fee": Decimal(1)}),
    ("uplift", {"uplift_fee_per_declaration": Decimal(1)}),
    ("banded", {"recruitment_target": 1}),
    ("flat rate", {"fee_per_declaration": Decimal(1)}),
    ("flat rate", {"recruitment_target": 1}),
    ("term", {"fee_per_declaration": Decimal(1)}),
    ("term", {"output_fee_ratio": Decimal("0.50"), "service_fee_ratio": Decimal("0.50")}),
]


@pytest.mark.parametrize(("what", "columns"), CHANGES)
def test_a_fee_under_a_paid_statement_never_changes(refused, execute, what, columns):
    problem = refused(FIXED, *changed(priced(what, paid=True), **columns))
    assert problem.code == "already_paid"
    execute(*changed(priced(what, paid=False), **columns))


def test_a_price_is_neither_added_nor_removed_under_a_paid_statement(refused):
    active = ActiveLeadProviderFactory()
    loose = ContractFactory(active_lead_provider=active)
    term = loose.banded_fee_structure.band_terms.get()
    band = ActiveLeadProviderBandFactory(active_lead_provider=active)
    StatementFactory(contract=loose, paid=True)
    refused(FIXED, *copied(term, band_id=band.pk))
    refused(FIXED, *removed(term))


def test_a_price_of_another_contract_changes(execute):
    statement = StatementFactory(paid=True)
    other = ContractFactory(active_lead_provider=statement.active_lead_provider)
    execute(*changed(other.banded_fee_structure.band_terms.get(), fee_per_declaration=Decimal(1)))


def test_a_term_cannot_move_to_a_contract_with_a_paid_statement(refused):
    active = ActiveLeadProviderFactory()
    paid = ContractFactory(active_lead_provider=active).banded_fee_structure
    band = ActiveLeadProviderBandFactory(active_lead_provider=active)
    StatementFactory(contract=paid.contract, paid=True)
    loose = ContractFactory(active_lead_provider=paid.active_lead_provider, banded=True)
    term = loose.banded_fee_structure.band_terms.get(band=band)
    assert BandTermFactory._meta.model.objects.filter(pk=term.pk).exists()
    refused(FIXED, *changed(term, banded_fee_structure_id=paid.pk))
