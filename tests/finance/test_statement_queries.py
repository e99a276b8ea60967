"""What the database counts is what the calculator prices."""

import json

import pytest

from finance.calculator import Counts, calculate_statement, to_pennies
from finance.queries import (
    ContractIncomplete,
    StatementFilters,
    list_statements,
    load_statement,
    next_to_be_paid,
    statement_choices,
)
from finance.scenario import load_scenario, simulate
from register_ects.models import BandTerm
from tests.factories import (
    LeadProviderFactory,
    StatementAdjustmentFactory,
    StatementAuditNoteFactory,
    StatementFactory,
)
from tests.finance.ledgers import Ledger

# Example W7 of spec 04, with one participant in place of about five hundred.
FULL_ECF = {
    "contract_type": "ecf",
    "bands": [
        {"capacity": 4, "fee_per_declaration": "1012.50", "output_fee_ratio": "0.60"},
        {"capacity": 4, "fee_per_declaration": "948.35", "output_fee_ratio": "0.60"},
        {"capacity": 3, "fee_per_declaration": "901.20", "output_fee_ratio": "0.60"},
        {"capacity": 1, "fee_per_declaration": "880.00", "output_fee_ratio": "1.00"},
    ],
    "recruitment_target": 11,
    "uplift_fee_per_declaration": "100.00",
    "statements": [
        {
            "year": 2025,
            "month": 1,
            "payment_date": "2025-01-25",
            "ect": {"started": {"billable": 6}, "retained-1": {"billable": 3}},
            "mentor": {"started": {"billable": 2}},
            "uplifts": {"billable": 3},
        },
        {"year": 2025, "month": 2, "payment_date": "2025-02-25", "fee_type": "service"},
        {
            "year": 2025,
            "month": 4,
            "payment_date": "2025-04-25",
            "ect": {"started": {"refundable": 1}},
        },
        {
            "year": 2025,
            "month": 8,
            "payment_date": "2025-08-25",
            "ect": {
                "started": {"billable": 2, "refundable": 2},
                "retained-1": {"billable": 2, "refundable": 1},
            },
            "mentor": {"started": {"billable": 1}},
            "uplifts": {"billable": 2, "refundable": 1},
            "adjustments": ["12.50", "-3.10"],
        },
    ],
}
# Example W8: ECTs through the bands, mentors at a flat rate, an agreed monthly fee.
FULL_ITTECF_ECTP = {
    "contract_type": "ittecf_ectp",
    "vat_registered": False,
    "bands": [
        {"capacity": 5, "fee_per_declaration": "1325.75", "output_fee_ratio": "0.60"},
        {"capacity": 3, "fee_per_declaration": "1240.10", "output_fee_ratio": "0.60"},
        {"capacity": 2, "fee_per_declaration": "1190.65", "output_fee_ratio": "0.60"},
    ],
    "recruitment_target": 9,
    "monthly_service_fee": "41250.33",
    "mentor_fee_per_declaration": "1013.33",
    "statements": [
        {
            "year": 2026,
            "month": 1,
            "payment_date": "2026-01-25",
            "ect": {"started": {"billable": 4}, "extended-1": {"billable": 1}},
            "mentor": {"started": {"billable": 3}},
        },
        {
            "year": 2026,
            "month": 4,
            "payment_date": "2026-04-25",
            "ect": {
                "started": {"billable": 3, "refundable": 2},
                "extended-1": {"billable": 2},
                "extended-2": {"billable": 1},
            },
            "mentor": {
                "started": {"billable": 1, "refundable": 2},
                "completed": {"billable": 2},
            },
            "adjustments": ["-75.05"],
        },
    ],
}
# Example W9: more declared than the bands hold.
BEYOND_CAPACITY = {
    "contract_type": "ecf",
    "bands": [
        {"capacity": 2, "fee_per_declaration": "400.00", "output_fee_ratio": "0.60"},
        {"capacity": 2, "fee_per_declaration": "300.00", "output_fee_ratio": "0.60"},
    ],
    "statements": [
        {
            "year": 2025,
            "month": 1,
            "payment_date": "2025-01-25",
            "ect": {"started": {"billable": 6}},
        },
        {
            "year": 2025,
            "month": 4,
            "payment_date": "2025-04-25",
            "ect": {"started": {"refundable": 1}},
        },
    ],
}
SCENARIOS = [
    pytest.param(FULL_ECF, id="ECF"),
    pytest.param(FULL_ITTECF_ECTP, id="ITTECF ECTP"),
    pytest.param(BEYOND_CAPACITY, id="beyond capacity"),
]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_database_gives_the_same_statements_as_the_scenario(scenario):
    expected = simulate(load_scenario(json.dumps(scenario).encode()))["statements"]
    statements = Ledger(scenario).add_statements()

    for statement, priced in zip(statements, expected, strict=True):
        calculation = calculated(statement)
        for figure in ("output_billable", "output_refund", "mentor_billable", "mentor_refund"):
            assert str(to_pennies(getattr(calculation, figure))) == priced[figure]
        assert str(to_pennies(calculation.uplift.billable_amount)) == priced["uplift_billable"]
        assert str(to_pennies(calculation.uplift.refund_amount)) == priced["uplift_refund"]
        assert str(to_pennies(calculation.service_fee.monthly)) == priced["service_fee"]
        for figure in ("adjustments", "subtotal", "vat", "total"):
            assert str(to_pennies(getattr(calculation, figure))) == priced[figure]


def test_earlier_statements_count_whatever_their_contract_version():
    ledger = Ledger(BEYOND_CAPACITY)
    second = ledger.add_contract(BEYOND_CAPACITY)
    ledger.add_statement(
        year=2025, month=1, payment_date="2025-01-25", ect={"started": {"billable": 3}}
    )
    statement = ledger.add_statement(
        year=2025,
        month=4,
        payment_date="2025-04-25",
        ect={"started": {"billable": 1}},
        contract=second,
    )

    facts = load_statement(statement.api_id)

    assert facts.previous == {"started": Counts(3, 0)}
    assert facts.counts.ect == {"started": Counts(1, 0)}


def test_statements_paid_on_one_day_do_not_hide_each_other():
    ledger = Ledger(BEYOND_CAPACITY)
    april = ledger.add_statement(
        year=2025, month=4, payment_date="2025-04-25", ect={"started": {"billable": 1}}
    )
    january = ledger.add_statement(
        year=2025, month=1, payment_date="2025-04-25", ect={"started": {"billable": 2}}
    )

    assert load_statement(january.api_id).previous == {}
    assert load_statement(april.api_id).previous == {"started": Counts(2, 0)}


def test_later_statements_and_other_providers_and_years_do_not_count():
    ledger = Ledger(BEYOND_CAPACITY)
    of_another_year = Ledger(FULL_ITTECF_ECTP, lead_provider=ledger.lead_provider)
    statement, _later = ledger.add_statements()
    Ledger(BEYOND_CAPACITY).add_statements()
    of_another_year.add_statements()

    facts = load_statement(statement.api_id)

    assert facts.previous == {}
    assert facts.counts.ect == {"started": Counts(6, 0)}


def test_a_clawback_never_changes_the_statement_that_paid():
    ledger = Ledger(BEYOND_CAPACITY)
    paid, clawed_back = ledger.add_statements()

    assert load_statement(paid.api_id).counts.ect == {"started": Counts(6, 0)}
    assert load_statement(clawed_back.api_id).counts.ect == {"started": Counts(0, 1)}


@pytest.mark.parametrize(
    ("status", "billable"), [("eligible", 1), ("payable", 1), ("paid", 1), ("voided", 0)]
)
def test_what_counts_as_billable(status, billable):
    ledger = Ledger(BEYOND_CAPACITY)
    statement = StatementFactory(
        contract=ledger.contract,
        active_lead_provider=ledger.active,
        payable=status != "eligible",
    )
    ledger.pay(
        statement,
        "ect",
        "started",
        1,
        uplifts=1,
        payment_status="payable" if status == "paid" else status,
    )
    if status == "paid":
        ledger.settle(statement)

    facts = load_statement(statement.api_id)

    assert facts.counts.through_bands("ecf").get("started", Counts()).billable == billable
    assert facts.counts.uplifts.billable == billable
    assert facts.voided == {"ect": 1 - billable, "mentor": 0}


def test_knows_its_neighbours_in_the_order_of_calculation():
    first, second, third, fourth = Ledger(FULL_ECF).add_statements()

    facts = load_statement(third.api_id)

    assert (facts.earlier.pk, facts.later.pk) == (second.pk, fourth.pk)
    assert load_statement(first.api_id).earlier is None
    assert load_statement(fourth.api_id).later is None


def test_a_contract_without_a_price_for_some_band_is_not_calculated():
    ledger = Ledger(FULL_ECF)
    statement = ledger.add_statement(year=2025, month=1, payment_date="2025-01-25")
    BandTerm.objects.filter(band=ledger.bands[1]).delete()

    with pytest.raises(ContractIncomplete, match="band: B"):
        _ = load_statement(statement.api_id).terms


def test_loading_a_statement_costs_the_same_however_much_is_on_it(django_assert_num_queries):
    small = StatementFactory()
    large = Ledger(FULL_ECF).add_statements()[-1]
    for statement in (small, large):
        StatementAdjustmentFactory(statement=statement)

    for statement in (small, large):
        with django_assert_num_queries(6):
            load_statement(statement.api_id)


def test_what_most_statements_have_none_of_costs_a_query_where_there_is_some(
    django_assert_num_queries,
):
    without, statement = StatementFactory.create_batch(2)
    note = StatementAuditNoteFactory(statement=statement)
    adjustment = StatementAdjustmentFactory(statement=statement)

    with django_assert_num_queries(5):
        load_statement(without.api_id)
    with django_assert_num_queries(7):
        facts = load_statement(statement.api_id)

    assert (facts.notes, facts.adjustments) == ((note,), (adjustment,))


# -- The list --------------------------------------------------------------------------------


@pytest.fixture
def catalogue():
    """Two providers; three statements that differ in everything that can be filtered by."""
    cedar = LeadProviderFactory(name="Cedar Learning")
    birch = LeadProviderFactory(name="Birch Training")
    return {
        "cedar": cedar,
        "november": StatementFactory(lead_provider=cedar, paid=True),
        "december": StatementFactory(lead_provider=cedar, service=True),
        "older": StatementFactory(lead_provider=birch, contract_year=2024, payable=True),
    }


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param({}, ["november", "older"], id="output statements unless asked otherwise"),
        pytest.param({"fee_type": None}, ["december", "november", "older"], id="all"),
        pytest.param({"fee_type": "service"}, ["december"], id="service"),
        pytest.param({"contract_period_year": 2024}, ["older"], id="contract period"),
        pytest.param({"month": (2025, 11)}, ["november"], id="month"),
        pytest.param({"status": "payable"}, ["older"], id="status"),
    ],
)
def test_lists_the_newest_payment_first(catalogue, filters, expected):
    found = list(list_statements(StatementFilters(**filters)))

    assert found == [catalogue[name] for name in expected]


def test_lists_one_providers_statements(catalogue):
    filters = StatementFilters(lead_provider_id=catalogue["cedar"].pk, fee_type=None)

    assert list(list_statements(filters)) == [catalogue["december"], catalogue["november"]]


def test_finds_what_is_paid_next(catalogue):
    assert next_to_be_paid().month == (2024, 11)

    catalogue["older"].delete()
    assert next_to_be_paid() is None, "what is left are service fees, and what was paid"


def test_offers_only_what_some_statement_has(catalogue, django_assert_num_queries):
    LeadProviderFactory(name="Without statements")

    with django_assert_num_queries(3):
        choices = statement_choices()

    assert [name for _, name in choices.lead_providers] == ["Birch Training", "Cedar Learning"]
    assert choices.contract_periods == [2024, 2025]
    assert choices.months == [(2024, 11), (2025, 11), (2025, 12)]


def calculated(statement):
    facts = load_statement(statement.api_id)
    return calculate_statement(facts.terms, facts.counts, previous=facts.previous)
