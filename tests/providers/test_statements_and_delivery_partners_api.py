"""The endpoints of statements and of delivery partners: a list and one of each."""

from datetime import date

import pytest

from tests.factories import (
    DeliveryPartnerFactory,
    LeadProviderFactory,
    PairingFactory,
    StatementFactory,
)
from tests.providers.answers import ids, items

pytestmark = pytest.mark.day("2026-01-08T09:30:15.999999+00:00")


# -- Statements ------------------------------------------------------------------------------


def test_a_statement_is_shown_with_every_attribute(api, lead_provider):
    statement = StatementFactory(lead_provider=lead_provider)

    assert items(api.get(f"/statements/{statement.api_id}")) == {
        "id": str(statement.api_id),
        "type": "statement",
        "attributes": {
            "month": "November",
            "year": "2025",
            "cohort": "2025",
            "cut_off_date": "2025-10-31",
            "payment_date": "2025-11-25",
            "paid": False,
            "created_at": "2026-01-08T09:30:15Z",
            "updated_at": "2026-01-08T09:30:15Z",
        },
    }


def test_a_provider_sees_its_output_statements_only(api, lead_provider):
    own = StatementFactory(lead_provider=lead_provider)
    others = [StatementFactory(lead_provider=lead_provider, service=True), StatementFactory()]

    assert ids(api.get("/statements")) == [str(own.api_id)]
    assert [api.get(f"/statements/{each.api_id}").status_code for each in others] == [404, 404]


@pytest.mark.parametrize("query", ["", "?sort=-created_at", "?sort=updated_at"])
def test_statements_come_by_day_of_payment_whatever_the_sort(api, lead_provider, query):
    third, first, second = (
        StatementFactory(
            lead_provider=lead_provider, contract_year=year, payment_date=date(2026, month, 25)
        )
        for year, month in ((2025, 9), (2025, 7), (2024, 8))
    )

    expected = [str(each.api_id) for each in (first, second, third)]
    assert ids(api.get(f"/statements{query}")) == expected


def test_statements_page_by_cursor_in_the_same_order(api, lead_provider):
    later, earlier = (
        StatementFactory(lead_provider=lead_provider, payment_date=date(2026, month, 25))
        for month in (9, 7)
    )

    response = api.get("/statements?page[after]=&page[per_page]=1")
    following = response["Link"].partition("/api/v3")[2].partition(">")[0]

    assert ids(response) == [str(earlier.api_id)]
    assert ids(api.get(following)) == [str(later.api_id)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("filter[cohort]=2024", ["old"]),
        ("filter[cohort]=2024,x,2025", ["new", "old"]),
        ("filter[cohort]=x", []),
        ("filter[updated_since]=2026-01-09", ["new"]),
    ],
)
def test_the_list_of_statements_is_narrowed(api, lead_provider, on, query, expected):
    old = StatementFactory(
        lead_provider=lead_provider, contract_year=2024, payment_date=date(2026, 8, 25)
    )
    api.get("/statements")
    on("2026-01-09")
    new = StatementFactory(lead_provider=lead_provider, contract_year=2025)
    names = {str(old.api_id): "old", str(new.api_id): "new"}

    assert [names[each] for each in ids(api.get(f"/statements?{query}"))] == expected


# -- Delivery partners -----------------------------------------------------------------------


def test_a_delivery_partner_is_shown_with_every_attribute(api, lead_provider):
    partner = DeliveryPartnerFactory(name="Tidewater Teaching School Hub")
    for year in (2026, 2024, 2025):
        PairingFactory(lead_provider=lead_provider, delivery_partner=partner, year=year)

    assert items(api.get(f"/delivery-partners/{partner.api_id}")) == {
        "id": str(partner.api_id),
        "type": "delivery-partner",
        "attributes": {
            "name": "Tidewater Teaching School Hub",
            "cohort": ["2024", "2025", "2026"],
            "created_at": "2026-01-08T09:30:15Z",
            "updated_at": "2026-01-08T09:30:15Z",
        },
    }


def test_a_provider_sees_whom_it_has_an_agreement_with(api, lead_provider):
    own = PairingFactory(lead_provider=lead_provider, year=2022).delivery_partner
    other = PairingFactory().delivery_partner

    assert ids(api.get("/delivery-partners")) == [str(own.api_id)]
    assert api.get(f"/delivery-partners/{other.api_id}").status_code == 404


def test_the_cohort_and_the_provider_must_be_of_one_agreement(api, lead_provider):
    partner = PairingFactory(lead_provider=lead_provider, year=2024).delivery_partner
    PairingFactory(lead_provider=LeadProviderFactory(), delivery_partner=partner, year=2025)

    assert ids(api.get("/delivery-partners?filter[cohort]=2025")) == []
    assert ids(api.get("/delivery-partners?filter[cohort]=2024")) == [str(partner.api_id)]


def test_the_filter_narrows_the_rows_and_not_the_cohorts_listed(api, lead_provider):
    partner = DeliveryPartnerFactory()
    for year in (2024, 2025):
        PairingFactory(lead_provider=lead_provider, delivery_partner=partner, year=year)

    (item,) = items(api.get("/delivery-partners?filter[cohort]=2025"))

    assert item["attributes"]["cohort"] == ["2024", "2025"]


def test_updated_since_is_no_filter_of_delivery_partners(api, lead_provider):
    PairingFactory(lead_provider=lead_provider)

    assert len(ids(api.get("/delivery-partners?filter[updated_since]=2030-01-01"))) == 1
    assert len(ids(api.get("/delivery-partners?filter[updated_since]=x"))) == 1


@pytest.mark.parametrize("path", ["/statements", "/delivery-partners"])
def test_a_page_costs_the_same_however_many_are_on_it(
    api, lead_provider, path, django_assert_max_num_queries
):
    for _ in range(3):
        PairingFactory(lead_provider=lead_provider)
        StatementFactory(lead_provider=lead_provider)
    api.get(path)
    api.catches_up = False

    with django_assert_max_num_queries(12):
        assert len(ids(api.get(path))) == 3
