"""A lead provider that registers for VAT is paid it from that day on; what was paid stays."""

from datetime import date
from fractions import Fraction

from finance.calculator import calculate_statement
from finance.queries import StatementFilters, list_statements, load_statement
from finance.totals import statement_totals
from register_ects.models import LeadProvider
from tests.finance.ledgers import Ledger
from tests.finance.test_statement_queries import FULL_ITTECF_ECTP


def totals():
    """Return what each statement comes to by month, as the list and its own page have it."""
    statements = list(list_statements(StatementFilters(fee_type=None)))
    listed = {
        each.month: total for each in statements for total in [statement_totals([each])[each.pk]]
    }
    facts = {each.month: load_statement(each.api_id) for each in statements}
    shown = {
        month: calculate_statement(of.terms, of.counts, previous=of.previous).total
        for month, of in facts.items()
    }
    assert listed == shown
    return listed


def test_a_statement_paid_on_that_day_or_later_bears_vat(db):
    Ledger(FULL_ITTECF_ECTP).add_statements()  # paid on 25 January and 25 April 2026
    without = totals()

    LeadProvider.objects.update(vat_registered=True, vat_registered_from=date(2026, 4, 25))

    assert without[1] > 0
    assert totals() == {**without, 4: without[4] * Fraction(12, 10)}

    LeadProvider.objects.update(vat_registered_from=date(2026, 4, 26))

    assert totals() == without
