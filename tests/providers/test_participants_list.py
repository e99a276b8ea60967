"""The list of participants: filters, orders and pages, on three people made an hour apart."""

from datetime import UTC, datetime

import pytest

from register_ects import clock
from register_ects.projections.refresh import catch_up
from tests.factories import LeadProviderFactory, TrainingPeriodFactory
from tests.providers.answers import ids


@pytest.fixture(scope="module")
def world(one_transaction):
    """Three participants of one lead provider, of 2023, 2024 and 2025."""
    lead_provider = LeadProviderFactory(name="Harbour Learning")
    people = []
    for hour, year in enumerate((2023, 2024, 2025)):
        with clock.pretend(datetime(2025, 10, 15, 10 + hour, tzinfo=UTC)):
            people.append(TrainingPeriodFactory(lead_provider=lead_provider, year=year).teacher)
            catch_up()
    return lead_provider, people


@pytest.fixture
def lead_provider(world):
    return world[0]


@pytest.fixture
def three(world, on):
    on("2025-10-15T12:00:00+00:00")
    return world[1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [0, 1, 2]),
        ("filter[cohort]=2024", [1]),
        ("filter%5Bcohort%5D=2024", [1]),
        ("filter[cohort]=2023,2025", [0, 2]),
        ("filter[cohort]=2023,%202025", [0, 2]),
        ("filter[cohort]=2024,invalid,,1099", [1]),
        ("filter[cohort][]=2023&filter[cohort][]=2024", [0, 1]),
        ("filter[cohort]=2023&filter[cohort]=2024", [1]),
        ("filter[cohort]=", [0, 1, 2]),
        ("filter[cohort]=%20", [0, 1, 2]),
        ("filter[cohort]=20A1", []),
        ("filter[cohort]=-2025", []),
        ("filter[cohort]=\u0662\u0660\u0662\u0665", []),
        ("filter[cohort][x]=2024", []),
        ("filter[unknown]=1", [0, 1, 2]),
        ("filter[training_status]=active", [0, 1, 2]),
        ("filter[training_status]=%20active", [0, 1, 2]),
        ("filter[training_status]=Active", []),
        ("filter[training_status]=withdrawn", []),
        ("filter[training_status]=", [0, 1, 2]),
        ("filter[training_status][]=withdrawn&filter[training_status][]=active", [0, 1, 2]),
        ("filter[from_participant_id]=nonsense", []),
        ("filter[from_participant_id]=", [0, 1, 2]),
        ("filter[updated_since]=2025-10-15T11:00:00Z", [1, 2]),
        ("filter[updated_since]=2025-10-15T11:00:00.1Z", [2]),
        ("filter[updated_since]=2025-10-15T11:00:01z", [2]),
        ("filter[updated_since]=2025-10-15t12:00:00%2B01:00", [1, 2]),
        ("filter[updated_since]=2025-10-15T12:00:00+01:00", [1, 2]),
        ("filter[updated_since]=2025-10-15T12:00:00%252B01:00", [1, 2]),
        ("filter[updated_since]=2025-10-15T11%253A00%253A00Z", [1, 2]),
        ("filter[updated_since]=2025-10-15T12:00:00%2B0100", [1, 2]),
        ("filter[updated_since]=2025-10-15T12:00:00", [1, 2]),
        ("filter[updated_since]=2025-10-15", [0, 1, 2]),
        ("filter[updated_since]=2025-10-16", []),
        ("filter[updated_since]=", [0, 1, 2]),
        ("filter[cohort]=2024,2025&filter[updated_since]=2025-10-15T12:00:00Z", [2]),
        ("sort=created_at", [0, 1, 2]),
        ("sort=-created_at", [2, 1, 0]),
        ("sort=%2Bcreated_at", [0, 1, 2]),
        ("sort=+created_at", [0, 1, 2]),
        ("sort=updated_at", [0, 1, 2]),
        ("sort=-updated_at,created_at", [2, 1, 0]),
        ("sort=trn,-created_at", [2, 1, 0]),
        ("sort=trn", [0, 1, 2]),
        ("sort=", [0, 1, 2]),
        ("sort[]=-created_at", [0, 1, 2]),
        ("page[per_page]=2", [0, 1]),
        ("page[per_page]=2&page[page]=2", [2]),
        ("page[per_page]=2&page[page]=2.9", [2]),
        ("page[per_page]=2&page[page]=2abc", [2]),
        ("page[page]=3", []),
        ("page[page]=99999999999999999999999999", []),
        ("page[per_page]=5000", [0, 1, 2]),
        ("page[other]=1", [0, 1, 2]),
    ],
)
def test_lists_filter_sort_and_page(api, three, query, expected):
    assert ids(api.get(f"/participants?{query}")) == [str(three[n].api_id) for n in expected]


@pytest.mark.parametrize(
    "value", ["yesterday", "2025-13-01", "2025-10-15%2010:00:00", "2025-10-15T10:00", "2025"]
)
def test_an_unreadable_updated_since_is_400_on_lists_only(api, three, value):
    query = f"?filter[updated_since]={value}"
    response = api.get(f"/participants{query}")

    assert response.status_code == 400
    assert "updated_since" in response.json()["errors"][0]["detail"]
    assert api.get(f"/participants/{three[0].api_id}{query}").status_code == 200


def test_a_received_updated_at_returns_its_row_again(api, three):
    stamp = api.get(f"/participants/{three[1].api_id}").json()["data"]["attributes"]["updated_at"]

    assert str(three[1].api_id) in ids(api.get(f"/participants?filter[updated_since]={stamp}"))
