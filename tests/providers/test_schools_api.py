"""The endpoints of schools: a list and one, in the cohort asked for."""

from datetime import timedelta

import pytest

from register_ects import clock
from tests.factories import (
    ContractPeriodFactory,
    LeadProviderFactory,
    SchoolFactory,
    SchoolPartnershipFactory,
    TrainingPeriodFactory,
)
from tests.providers.answers import items


@pytest.fixture(autouse=True)
def _years(on):
    on("2026-01-08T09:30:15.999999+00:00")
    for year in (2024, 2025):
        ContractPeriodFactory(year=year)


def urns(response):
    return [item["attributes"]["urn"] for item in items(response)]


def test_a_school_is_shown_with_every_attribute(api, lead_provider, larkhill):
    TrainingPeriodFactory(school=larkhill, lead_provider=lead_provider)

    response = api.get(f"/schools/{larkhill.api_id}?filter[cohort]=2025")

    assert items(response) == {
        "id": str(larkhill.api_id),
        "type": "school",
        "attributes": {
            "name": "Larkhill Academy",
            "urn": "147203",
            "cohort": "2025",
            "in_partnership": True,
            "induction_programme_choice": "provider_led",
            "expression_of_interest": True,
            "induction_tutor_name": "Priya Natarajan",
            "induction_tutor_email": "p.natarajan@larkhill.example",
            "created_at": "2026-01-08T09:30:15Z",
            "updated_at": "2026-01-08T09:30:15Z",
        },
    }
    assert items(api.get("/schools?filter[cohort]=2025")) == [items(response)]


def test_a_school_that_does_not_name_the_provider_hides_its_tutor(api, larkhill):
    TrainingPeriodFactory(school=larkhill)

    (item,) = items(api.get("/schools?filter[cohort]=2025"))

    assert item["attributes"] == {
        "name": "Larkhill Academy",
        "urn": "147203",
        "cohort": "2025",
        "in_partnership": True,
        "induction_programme_choice": "provider_led",
        "expression_of_interest": False,
        "induction_tutor_name": None,
        "induction_tutor_email": None,
        "created_at": "2026-01-08T09:30:15Z",
        "updated_at": "2026-01-08T09:30:15Z",
    }


@pytest.mark.parametrize("path", ["/schools", "/schools/{id}"])
@pytest.mark.parametrize("query", ["", "?filter[urn]=147203", "?sort=created_at"])
def test_the_cohort_must_be_given(api, larkhill, path, query):
    response = api.get(path.format(id=larkhill.api_id) + query)

    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["title"] == "Bad parameter"
    assert "filter[cohort]" in error["detail"]


@pytest.mark.parametrize(
    ("cohort", "found"),
    [
        ("filter[cohort]=2025", True),
        ("filter%5Bcohort%5D=2025", True),
        ("filter[cohort]=2025,2026", True),
        ("filter[cohort]=2025abc", True),
        ("filter[cohort]=%202025", True),
        ("filter[cohort]=%2B2025", True),
        ("filter[cohort]=1999&filter[cohort]=2025", True),
        ("filter[cohort][]=1999&filter[cohort][]=2025", True),
        ("filter[cohort]=", False),
        ("filter[cohort]=%20", False),
        ("filter[cohort]=x", False),
        ("filter[cohort]=0", False),
        ("filter[cohort]=-2025", False),
        ("filter[cohort]=2019", False),
        ("filter[cohort]=2026,2025", False),
        ("filter[cohort]=99999999999999999999999", False),
        ("filter[cohort][a]=2025", False),
    ],
)
def test_the_cohort_is_read_by_its_first_digits(api, larkhill, cohort, found):
    listed, one = api.get(f"/schools?{cohort}"), api.get(f"/schools/{larkhill.api_id}?{cohort}")

    assert urns(listed) == (["147203"] if found else [])
    assert one.status_code == (200 if found else 404)


@pytest.mark.parametrize(
    ("urn", "found"),
    [
        ("filter[urn]=147203", True),
        ("filter[urn]=147203,654321", True),
        ("filter[urn]=%20147203", True),
        ("filter[urn]=", True),
        ("filter[urn]=654321,147203", False),
        ("filter[urn]=14720", False),
        ("filter[urn]=x", False),
        ("filter[urn]=-147203", False),
        ("filter[urn]=99999999999999999999999", False),
        ("filter[urn][]=1&filter[urn][]=147203", True),
        ("filter[urn][a]=147203", False),
    ],
)
def test_one_urn_narrows_the_list(api, larkhill, urn, found):
    assert urns(api.get(f"/schools?filter[cohort]=2025&{urn}")) == (["147203"] if found else [])


def test_a_show_ignores_the_other_filters(api, larkhill):
    query = "filter[cohort]=2025&filter[urn]=1&filter[updated_since]=x"

    assert api.get(f"/schools/{larkhill.api_id}?{query}").status_code == 200


@pytest.mark.parametrize("school_id", ["x", "1", "00000000-0000-4000-8000-000000000000"])
def test_what_is_no_schools_id_is_not_found(api, larkhill, school_id):
    assert api.get(f"/schools/{school_id}?filter[cohort]=2025").status_code == 404


def test_upper_case_ids_are_known(api, larkhill):
    path = f"/schools/{str(larkhill.api_id).upper()}?filter[cohort]=2025"

    assert api.get(path).status_code == 200


def test_ineligible_schools_are_listed_in_the_years_of_their_partnerships(api):
    closed = SchoolFactory(gias_school__closed=True)
    SchoolPartnershipFactory(school=closed)

    assert urns(api.get("/schools?filter[cohort]=2025")) == [str(closed.urn)]
    assert urns(api.get("/schools?filter[cohort]=2024")) == []
    assert api.get(f"/schools/{closed.api_id}?filter[cohort]=2024").status_code == 404


def test_a_provider_without_a_contract_that_year_gets_the_list(api_client, larkhill):
    other = api_client(LeadProviderFactory())

    assert urns(other.get("/schools?filter[cohort]=2024")) == ["147203"]


@pytest.mark.parametrize("since", ["2026-01-09", "2026-01-09T12:00:00Z"])
def test_changes_since_are_those_that_this_provider_is_shown(
    api, api_client, lead_provider, larkhill, on, since
):
    other = api_client(LeadProviderFactory())
    TrainingPeriodFactory(school=larkhill)
    path = f"/schools?filter[cohort]=2025&filter[updated_since]={since}"
    assert urns(api.get(path)) == []

    on("2026-01-09")
    TrainingPeriodFactory(school=larkhill, lead_provider=lead_provider, eoi_only=True)

    assert urns(api.get(path)) == ["147203"]
    assert urns(other.get(path)) == []
    assert urns(api.get(path.replace("2025", "2024"))) == []


def test_a_change_on_an_earlier_simulated_day_hides_nothing_from_a_poll(
    api, lead_provider, larkhill, on
):
    path = "/schools?filter[cohort]=2025&filter[updated_since]=2026-01-08"
    assert urns(api.get(path)) == ["147203"]

    on("2024-09-02")
    TrainingPeriodFactory(school=larkhill, lead_provider=lead_provider, year=2024)
    api.get("/schools?filter[cohort]=2024")

    on("2026-01-08")
    assert urns(api.get(path)) == ["147203"]


def test_an_unreadable_time_of_change_is_refused(api):
    response = api.get("/schools?filter[cohort]=2025&filter[updated_since]=x")

    assert response.status_code == 400


@pytest.fixture
def four_schools():
    return [
        SchoolFactory(
            gias_school__urn=100 + number, created_at=clock.now() + timedelta(seconds=number // 2)
        )
        for number in range(4)
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["100", "101", "102", "103"]),
        ("sort=-created_at", ["103", "102", "101", "100"]),
        ("sort=-updated_at", ["101", "103", "102", "100"]),
        ("sort=updated_at", ["100", "102", "103", "101"]),
        ("sort=urn", ["100", "101", "102", "103"]),
        ("page[page]=2&page[per_page]=3", ["103"]),
        ("page[page]=3&page[per_page]=3", []),
    ],
)
def test_the_list_is_sorted_and_paged(api, lead_provider, four_schools, on, query, expected):
    api.get("/schools?filter[cohort]=2025")
    on("2026-01-09")
    TrainingPeriodFactory(school=four_schools[1], lead_provider=lead_provider, eoi_only=True)

    assert urns(api.get(f"/schools?filter[cohort]=2025&{query}")) == expected


@pytest.mark.parametrize("sort", ["created_at", "-created_at", "updated_at", "-updated_at"])
def test_cursors_lead_through_the_whole_list(api, lead_provider, four_schools, sort):
    TrainingPeriodFactory(school=four_schools[2], lead_provider=lead_provider)
    whole = urns(api.get(f"/schools?filter[cohort]=2025&sort={sort}"))
    path, found = f"/schools?filter[cohort]=2025&sort={sort}&page[after]=&page[per_page]=1", []

    while path:
        response = api.get(path)
        found += urns(response)
        path = response.headers.get("Link", "").partition("/api/v3")[2].partition(">")[0]

    assert found == whole
    assert len(found) == 4


def test_a_client_that_has_the_page_is_not_sent_it_again(api, lead_provider, larkhill, on):
    path = "/schools?filter[cohort]=2025"
    etag = api.get(path)["ETag"]
    assert api.get(path, **{"If-None-Match": etag}).status_code == 304

    on("2026-01-09")
    TrainingPeriodFactory(school=larkhill, lead_provider=lead_provider, eoi_only=True)

    assert api.get(path, **{"If-None-Match": etag}).status_code == 200


def test_the_change_feed_tells_of_schools(api, api_client, lead_provider, larkhill):
    api.get("/schools?filter[cohort]=2025")
    TrainingPeriodFactory(school=larkhill, lead_provider=lead_provider, eoi_only=True)

    def entries(client):
        return [
            (each["attributes"]["cohort"], each["attributes"]["changed_fields"])
            for each in items(client.get("/changes"))
            if each["attributes"]["resource_id"] == str(larkhill.api_id)
        ]

    choice = ("2025", ["induction_programme_choice"])
    tutor = ["expression_of_interest", "induction_tutor_name", "induction_tutor_email"]
    assert entries(api) == [(None, []), choice, ("2025", tutor)]
    assert entries(api_client(LeadProviderFactory())) == [(None, []), choice]


def test_a_page_costs_the_same_however_many_are_on_it(
    api, lead_provider, four_schools, django_assert_max_num_queries
):
    for school in four_schools[:2]:
        TrainingPeriodFactory(school=school, lead_provider=lead_provider)
    api.get("/schools?filter[cohort]=2025")
    api.catches_up = False

    with django_assert_max_num_queries(12):
        assert len(urns(api.get("/schools?filter[cohort]=2025"))) == 4
