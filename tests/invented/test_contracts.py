"""The invented contracts of the demo."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from register_ects import clock
from register_ects.invented.contracts import load_demo_contracts
from register_ects.invented.production import NotForProduction
from register_ects.models import (
    ActiveLeadProvider,
    Contract,
    LeadProviderDeliveryPartnership,
    Statement,
)
from register_ects.reference_data.files import DATA_DIR, read_rows
from register_ects.reference_data.funding_years import statement_months
from register_ects.reference_data.loader import load_reference_data

pytestmark = pytest.mark.usefixtures("_reference_data", "_that_day")
DAY = date(2026, 9, 10)


@pytest.fixture(scope="module")
def _reference_data(one_transaction):
    with clock.pretend(DAY):
        load_reference_data()


@pytest.fixture
def _that_day(on):
    on(DAY)


def test_loading_again_writes_no_row(row_versions):
    load_demo_contracts()
    before = row_versions()

    assert load_demo_contracts() == 0
    assert row_versions() == before


def test_every_provider_of_a_year_has_a_whole_contract():
    assert load_demo_contracts() == Contract.objects.count() == ActiveLeadProvider.objects.count()

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for contract in Contract.objects.select_related("active_lead_provider"):
        year = contract.active_lead_provider.contract_period_id
        fees = contract.banded_fee_structure
        assert contract.contract_type == ("ecf" if year < 2025 else "ittecf_ectp")
        assert hasattr(contract, "flat_rate_fee_structure") == (year >= 2025)
        assert (fees.uplift_fee_per_declaration == 0) == (year >= 2025)
        assert [
            term.band.letter for term in fees.band_terms.order_by("band__allocation_order")
        ] == [*"ABCD"]
        planned = sum(band.capacity for band in contract.active_lead_provider.bands.all()[:3])
        assert planned == fees.recruitment_target
        assert fees.band_terms.filter(output_fee_ratio=Decimal(1)).count() == 1


@pytest.mark.parametrize(
    ("name", "years"),
    [
        ("Ambition Institute", {2021, 2022, 2023, 2024, 2025, 2026}),
        ("Capita", {2021, 2022, 2023}),
        ("National Institute of Teaching", {2021, 2022, 2023, 2024, 2025}),
    ],
)
def test_providers_are_active_in_their_years(name, years):
    load_demo_contracts()

    active = ActiveLeadProvider.objects.filter(lead_provider__name=name)
    assert set(active.values_list("contract_period", flat=True)) == years


@pytest.mark.parametrize(
    ("year", "count", "first", "last", "output"),
    [
        pytest.param(2021, 34, "2021-11", "2024-09", None, id="as published, no December 2021"),
        pytest.param(2022, 33, "2022-11", "2025-08", None, id="as published"),
        pytest.param(2024, 31, "2024-11", "2027-05", {1, 4, 8, 10}, id="older output months"),
        pytest.param(2025, 34, "2025-11", "2028-08", {1, 4, 8, 11}, id="by the rule"),
        pytest.param(2026, 34, "2026-11", "2029-08", {1, 4, 8, 11}, id="by the rule, next year"),
    ],
)
def test_statement_months(year, count, first, last, output):
    months = statement_months(year)

    assert len(months) == count
    assert [f"{m.year}-{m.month:02}" for m in (months[0], months[-1])] == [first, last]
    if output:
        assert {m.month for m in months if m.fee_type == "output"} == output
    for month in months:
        assert month.deadline_date <= month.payment_date
        assert (month.payment_date.year, month.payment_date.month) == (month.year, month.month)


def test_a_deadline_is_the_last_day_of_the_month_before():
    january = next(m for m in statement_months(2025) if (m.year, m.month) == (2026, 1))

    assert (january.deadline_date, january.payment_date) == (date(2025, 12, 31), date(2026, 1, 25))


def test_statements_of_the_past_are_settled():
    load_demo_contracts()

    for statement in Statement.objects.all():
        if statement.deadline_date >= date(2026, 9, 10):
            expected = "open"
        else:
            expected = "paid" if statement.payment_date < date(2026, 9, 10) else "payable"
        assert statement.status == expected
        assert (statement.marked_as_paid_at is not None) == (expected == "paid")
    assert set(Counter(Statement.objects.values_list("status", flat=True))) == {
        *("open", "payable", "paid")
    }


def test_statements_can_be_left_open_for_a_past_still_to_be_played():
    load_demo_contracts(settled=False)

    assert set(Statement.objects.values_list("status", flat=True)) == {"open"}


def test_the_same_data_have_the_same_ids():
    load_demo_contracts()

    statement = Statement.objects.get(
        lead_provider__name="Teach First", contract_period=2025, year=2026, month=1
    )
    assert str(statement.api_id) == "4324b82a-6abf-524b-b344-729b116670d9"


def test_every_active_provider_has_partners_and_some_partnerships_end():
    load_demo_contracts()

    for active in ActiveLeadProvider.objects.all():
        assert active.delivery_partnerships.exists(), active
    pairings = LeadProviderDeliveryPartnership.objects
    ended = pairings.filter(contract_period=2024).exclude(
        delivery_partner__in=pairings.filter(contract_period=2026).values("delivery_partner")
    )
    assert pairings.count() > 300
    assert not ended.exists(), "a partner moves on to another provider"


@pytest.mark.parametrize("name", ["contracts", "bands", "delivery_partnerships"])
def test_the_files_say_that_they_are_invented(name):
    first_line = (DATA_DIR / "demo" / f"{name}.csv").read_text().splitlines()[0]
    assert first_line.startswith("# Invented for the demo")
    assert read_rows(f"demo/{name}.csv")


def test_production_refuses_invented_contracts(settings):
    settings.PRODUCTION = True

    with pytest.raises(NotForProduction):
        load_demo_contracts()

    assert not Contract.objects.exists()
