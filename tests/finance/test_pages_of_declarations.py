"""A page of a statement's declarations shows what placing all of them one by one would show."""

from itertools import product
from random import Random

import pgtrigger
import pytest

from finance.declaration_filters import WITHIN, DeclarationFilters
from finance.placing import BEYOND, Kind, Listed, Prices, amount_of
from finance.queries import load_statement
from finance.statement_declarations import StatementDeclarations
from finance.statement_page import calculate
from register_ects.models import Declaration
from tests.finance.ledgers import Ledger, take_prices_away
from tests.finance.placed import in_order

BANDS = [
    {"capacity": capacity, "fee_per_declaration": fee, "output_fee_ratio": "0.60"}
    for capacity, fee in ((3, "1012.50"), (2, "948.35"), (2, "901.20"))
]
ECF = {"contract_type": "ecf", "bands": BANDS, "uplift_fee_per_declaration": "100.00"}
ITTECF_ECTP = {
    "contract_type": "ittecf_ectp",
    "bands": BANDS,
    "mentor_fee_per_declaration": "1013.33",
}
#: Everything lies in the first band.
WIDE = [dict(band, capacity=100 * band["capacity"]) for band in BANDS]
ECF_IN_ONE_BAND, ITTECF_ECTP_IN_ONE_BAND = ECF | {"bands": WIDE}, ITTECF_ECTP | {"bands": WIDE}
ECF_WITHOUT_UPLIFTS = ECF_IN_ONE_BAND | {"uplift_fee_per_declaration": "0.00"}
TERMS = {
    "ECF": ECF,
    "ECF, one band": ECF_IN_ONE_BAND,
    "ECF, one band, no uplifts": ECF_WITHOUT_UPLIFTS,
    "ITTECF ECTP": ITTECF_ECTP,
    "ITTECF ECTP, one band": ITTECF_ECTP_IN_ONE_BAND,
}


def random_statements(terms, seed):
    """Return two statements of one provider: starts fill bands, some are taken back or voided."""
    rng, ledger = Random(seed), Ledger(terms)
    is_ecf = terms["contract_type"] == "ecf"
    types = ("started", "retained-1") if is_ecf else ("started", "completed")
    statements = []
    live = dict.fromkeys(product(("ect", "mentor"), types), 0)
    for month in (1, 4):
        counts = {"ect": {}, "mentor": {}}
        for role, kind in live:
            billable, refundable = rng.randint(1, 5), rng.randint(0, live[role, kind])
            counts[role][kind] = {"billable": billable, "refundable": refundable}
            live[role, kind] += billable - refundable
        statement = ledger.add_statement(
            year=2025, month=month, payment_date=f"2025-{month:02}-25", **counts
        )
        ledger.pay(statement, "ect", types[1], rng.randint(0, 2), payment_status="voided")
        statements.append(statement)
    _shuffle(rng, has_uplifts=terms in (ECF, ECF_IN_ONE_BAND))
    return statements


def _shuffle(rng, *, has_uplifts):
    """Give declarations other days, some the same one, and starts their uplifts."""
    with pgtrigger.ignore("register_ects.Declaration:what_was_paid_for_never_changes"):
        for each in Declaration.objects.order_by("pk"):
            each.declaration_date = each.declaration_date.replace(hour=rng.randint(0, 3))
            if has_uplifts and each.declaration_type == "started":
                each.sparsity_uplift = rng.random() < 0.3
                each.pupil_premium_uplift = rng.random() < 0.2
            each.save()


def one_by_one(statement, calculation):
    """Place all declarations of a statement, in Python, in their order."""
    lines = []
    for each in Declaration.objects.order_by("declaration_date", "created_at", "pk"):
        line = Listed(
            each.pk, each.trainee_role, each.declaration_type, Kind.PAYMENT, each.has_uplift
        )
        if each.payment_statement_id == statement.pk:
            voided = each.payment_status == "voided"
            lines.append(line._replace(kind=Kind.VOIDED) if voided else line)
        if each.clawback_statement_id == statement.pk:
            lines.append(line._replace(kind=Kind.CLAWBACK))
    prices = Prices(calculation)
    return [prices.place(line) for line in in_order(lines, calculation)]


def admits(filters, placed):
    line, price = placed
    types = {None: line.declaration_type, "retained": "retained-1"}
    return (
        filters.kind in (None, line.kind)
        and types.get(filters.type, filters.type) == line.declaration_type
        and filters.role in (None, line.role)
        and (line.has_uplift or not filters.with_uplift)
        and {
            None: True,
            WITHIN: price.band is not None,
            BEYOND: price.is_beyond,
        }.get(filters.band, price.band == filters.band)
    )


FILTERS = [
    DeclarationFilters(kind=kind, type=declared, role=role, band=band, with_uplift=uplift)
    for kind, declared, role, band, uplift in product(
        (None, "payment", "clawback", "voided"),
        (None, "started", "retained"),
        (None, "ect", "mentor"),
        (None, "A", "B", WITHIN, BEYOND),
        (False, True),
    )
]


def compared(found):
    return [(each.listed, each.price.band, each.price.amount, each.price.fee) for each in found]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("terms", TERMS.values(), ids=TERMS)
def test_every_page_with_any_filters_equals_the_same_piece_of_all(terms, seed):
    for statement in random_statements(terms, seed):
        facts = load_statement(statement.api_id)
        calculation = calculate(facts)
        everything = one_by_one(statement, calculation)
        assert len(everything) > 5

        for number, filters in enumerate(FILTERS):
            found = StatementDeclarations(facts, calculation, filters)
            expected = [each for each in everything if admits(filters, each)]
            start = number % 4
            assert compared(found[start : start + 6]) == compared(expected[start : start + 6])
            assert len(found) == len(expected), filters
            assert found.amount == amount_of((each, 1) for each in expected), filters


@pytest.mark.parametrize(
    "filters",
    [
        DeclarationFilters(),
        DeclarationFilters(kind="payment"),
        DeclarationFilters(type="started", band="A"),
        DeclarationFilters(role="mentor"),
        DeclarationFilters(band=WITHIN, role="ect"),
    ],
)
def test_where_each_type_lies_in_one_band_only_the_page_is_read(filters, django_assert_num_queries):
    _, statement = random_statements(ECF_WITHOUT_UPLIFTS, seed=3)
    facts = load_statement(statement.api_id)
    found = StatementDeclarations(facts, calculate(facts), filters)

    with django_assert_num_queries(1):
        assert len(found) > len(found[1:3]) == 2
        assert found.amount > 0


def test_what_nothing_lies_in_is_not_read_at_all(django_assert_num_queries):
    _, statement = random_statements(ECF_WITHOUT_UPLIFTS, seed=3)
    facts = load_statement(statement.api_id)
    found = StatementDeclarations(facts, calculate(facts), DeclarationFilters(band=BEYOND))

    with django_assert_num_queries(0):
        assert (found[:], len(found), found.amount) == ([], 0, 0)


def test_all_pages_together_show_every_declaration_once():
    _, statement = random_statements(ECF, seed=7)
    facts = load_statement(statement.api_id)
    calculation = calculate(facts)
    found = StatementDeclarations(facts, calculation, DeclarationFilters())

    pages = [line for first in range(0, len(found), 3) for line in found[first : first + 3]]

    assert compared(pages) == compared(one_by_one(statement, calculation))


def test_one_declaration_is_found_by_its_id_in_its_own_band():
    _, statement = random_statements(ECF, seed=1)
    facts = load_statement(statement.api_id)
    calculation = calculate(facts)

    for placed in one_by_one(statement, calculation):
        api_id = Declaration.objects.get(pk=placed.listed.key).api_id
        found = StatementDeclarations(facts, calculation, DeclarationFilters(declaration=api_id))
        assert placed.listed in [each.listed for each in found[:]]
        assert {each.listed.key for each in found[:]} == {placed.listed.key}


def test_where_nothing_can_be_calculated_declarations_have_no_band_and_no_price():
    _, statement = random_statements(ECF, seed=2)
    take_prices_away()
    facts = load_statement(statement.api_id)

    found = StatementDeclarations(facts, None, DeclarationFilters())

    assert len(found[:]) == len(found) > 5
    assert {(each.price.band, each.price.fee) for each in found[:]} == {(None, None)}
    assert found.amount is None
    assert len(StatementDeclarations(facts, None, DeclarationFilters(band="A"))) == 0
