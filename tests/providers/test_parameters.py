"""How queries are read: the tables of spec 02 §2.5 to §2.7 and spec 00, row by row."""

from datetime import UTC, datetime
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from providers import parameters
from providers.errors import ApiError

pytestmark = pytest.mark.no_database

SORTS = {"created_at": "created_at", "updated_at": "shown_at"}


def filters(query):
    return parameters.filters(QueryDict(query))


def refused(read, *arguments):
    with pytest.raises(ApiError) as refusal:
        read(*arguments)
    error = refusal.value
    return error.status, error.items[0].title


def page(query):
    request = RequestFactory().get(f"/api/v3/participants?{query}")
    request.auth = SimpleNamespace(pk=1)
    return parameters.page(request)


@pytest.mark.parametrize(
    ("query", "offset", "size"),
    [
        ("", 0, 100),
        ("page[page]=2", 100, 100),
        ("page[page]=2.9", 100, 100),
        ("page[page]=2abc", 100, 100),
        ("page[page]=%20%2B2", 100, 100),
        ("page[page]=1&page[page]=3", 200, 100),
        ("page%5Bpage%5D=2", 100, 100),
        ("page[per_page]=5000", 0, 3000),
        ("page[per_page]=3000&page[page]=2", 3000, 3000),
        ("page[per_page]=1", 0, 1),
        ("page[unknown]=0", 0, 100),
        ("per_page=5", 0, 100),
    ],
)
def test_pages_are_read_by_the_digits_they_begin_with(query, offset, size):
    assert (page(query).offset, page(query).size) == (offset, size)


def test_a_page_beyond_every_integer_is_only_beyond_every_row():
    assert 10**9 < page(f"page[page]={'9' * 50}&page[per_page]=3000").offset < 2**63


@pytest.mark.parametrize("key", ["page", "per_page"])
@pytest.mark.parametrize("value", ["0", "0.8", "abc", "", "-1", "%20", "%D9%A2"])
def test_pages_below_one_are_400(key, value):
    assert refused(page, f"page[{key}]={value}") == (400, "Bad request")


@pytest.mark.parametrize(
    "query", ["page=", "page=2", "page[]=2", "page[page]", "page[page][]=2", "page[page][a]=2"]
)
def test_pages_that_are_no_keyed_object_are_400(query):
    with pytest.raises(ApiError) as refusal:
        page(query)
    detail = refusal.value.items[0].detail
    assert "page[page]" in detail
    assert "page[per_page]" in detail


@pytest.mark.parametrize("query", ["filter=x", "filter=", "filter", "filter[]=x", "filter[][a]=x"])
def test_a_filter_that_is_no_keyed_object_is_400(query):
    assert refused(filters, query) == (400, "Bad parameter")
    assert refused(filters, f"filter[cohort]=2025&{query}") == (400, "Bad parameter")


@pytest.mark.parametrize("query", ["", "filters=x", "filter[unknown]=x", "filter.cohort=x"])
def test_unknown_keys_are_ignored(query):
    assert parameters.years(filters(query)) is None


def test_a_required_filter_may_be_blank_but_not_absent():
    parameters.required(filters("filter[cohort]="), "cohort")

    with pytest.raises(ApiError) as refusal:
        parameters.required(filters("filter[b]=1"), "cohort", "urn")
    assert [item.title for item in refusal.value.items] == ["Bad parameter", "Bad parameter"]
    assert "filter[urn]" in refusal.value.items[1].detail


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ("filter[cohort]=2024", [2024]),
        ("filter%5Bcohort%5D=2024", [2024]),
        ("filter[cohort]=2024,2025", [2024, 2025]),
        ("filter[cohort]=2024, 2025", [2024, 2025]),
        ("filter[cohort][]=2024&filter[cohort][]=2025", [2024, 2025]),
        ("filter[cohort]=2023&filter[cohort]=2024", [2024]),
        ("filter[cohort]=2024,invalid,,1099", [2024, 1099]),
        ("filter[cohort]=20A1,nil,-2025", []),
        ("filter[cohort]=%D9%A2%D9%A0%D9%A2%D9%A5", []),
        ("filter[cohort]=20245", []),
        ("filter[cohort][a]=2024", []),
        ("filter[cohort]=", None),
        ("filter[cohort]=%20%20", None),
        ("filter[cohort][]=", None),
        ("", None),
    ],
)
def test_years_of_a_list_filter(query, years):
    assert parameters.years(filters(query)) == years


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("filter[training_status]=active", "active"),
        ("filter[training_status]=%20active%20", "active"),
        ("filter[training_status]=deferred&filter[training_status]=active", "active"),
        ("filter[training_status][]=deferred&filter[training_status][]=active", "active"),
        ("filter[training_status][a]=active", ""),
        ("filter[training_status]=", None),
        ("filter[training_status]=%20", None),
        ("", None),
    ],
)
def test_of_a_single_value_the_last_scalar_counts(query, value):
    assert parameters.single(filters(query), "training_status") == value


def test_a_nul_matches_nothing_instead_of_reaching_the_database():
    assert parameters.single(filters("filter[a]=%00"), "a") == "\ufffd"


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-01-10", datetime(2026, 1, 10, tzinfo=UTC)),
        ("2026-07-10", datetime(2026, 7, 10, tzinfo=UTC)),
        ("2026-01-10T09:00:00Z", datetime(2026, 1, 10, 9, tzinfo=UTC)),
        ("2026-01-10t09:00:00z", datetime(2026, 1, 10, 9, tzinfo=UTC)),
        ("2026-01-10T09:00:00.123456Z", datetime(2026, 1, 10, 9, 0, 0, 123456, UTC)),
        ("2026-01-10T09:00:00+01:00", datetime(2026, 1, 10, 8, tzinfo=UTC)),
        ("2026-01-10T09:00:00+0100", datetime(2026, 1, 10, 8, tzinfo=UTC)),
        ("2026-01-10T09:00:00-01", datetime(2026, 1, 10, 10, tzinfo=UTC)),
        ("2026-07-10T09:00:00", datetime(2026, 7, 10, 8, tzinfo=UTC)),
        (" 2026-01-10 ", datetime(2026, 1, 10, tzinfo=UTC)),
    ],
)
def test_updated_since_works_plain_encoded_once_and_encoded_twice(text, instant):
    for sent in (text, quote(text), quote(quote(text))):
        assert parameters.updated_since(filters(f"filter[updated_since]={sent}")) == instant


@pytest.mark.parametrize("text", ["", "%20%20"])
def test_a_blank_updated_since_is_not_applied(text):
    assert parameters.updated_since(filters(f"filter[updated_since]={text}")) is None


@pytest.mark.parametrize(
    "query",
    [
        "filter[updated_since]=yesterday",
        "filter[updated_since]=2026-01-10 09:00:00",
        "filter[updated_since]=2026-01-10T09:00",
        "filter[updated_since]=2026-02-30",
        "filter[updated_since]=2026-13-01",
        "filter[updated_since]=1767225600",
        "filter[updated_since]=2026-01-10T25:00:00Z",
        "filter[updated_since]=2026-01-10T09:00:00%2B01:60",
        "filter[updated_since][a]=2026-01-10",
        "filter[updated_since]=%D9%A2026-01-10",
    ],
)
def test_an_updated_since_that_is_no_date_is_400(query):
    with pytest.raises(ApiError) as refusal:
        parameters.updated_since(filters(query))
    (item,) = refusal.value.items
    assert (refusal.value.status, item.title) == (400, "Bad request")
    assert "updated_since" in item.detail
    assert "ISO 8601" in item.detail


@pytest.mark.parametrize(
    ("query", "ordering"),
    [
        ("", ["created_at", "pk"]),
        ("sort=", ["created_at", "pk"]),
        ("sort=created_at", ["created_at", "pk"]),
        ("sort=-created_at", ["-created_at", "-pk"]),
        ("sort=updated_at", ["shown_at", "pk"]),
        ("sort=-updated_at", ["-shown_at", "-pk"]),
        ("sort=%2Bupdated_at", ["shown_at", "pk"]),
        ("sort=+updated_at", ["shown_at", "pk"]),
        ("sort=updated_at,-created_at", ["shown_at", "-created_at", "-pk"]),
        ("sort=-updated_at, created_at", ["-shown_at", "created_at", "pk"]),
        ("sort=name,-updated_at,id", ["-shown_at", "-pk"]),
        ("sort=updated_at,-updated_at", ["shown_at", "pk"]),
        ("sort=name", ["created_at", "pk"]),
        ("sort=shown_at", ["created_at", "pk"]),
        ("sort=UPDATED_AT", ["created_at", "pk"]),
        ("sort=--updated_at", ["created_at", "pk"]),
        ("sort=%2B-updated_at", ["created_at", "pk"]),
        ("sort=-%2Bupdated_at", ["created_at", "pk"]),
        ("sort[]=updated_at", ["created_at", "pk"]),
        ("sort=created_at&sort=updated_at", ["shown_at", "pk"]),
    ],
)
def test_sorting_takes_the_published_keys_only_and_is_always_total(query, ordering):
    assert parameters.ordering(QueryDict(query), SORTS, default="created_at") == ordering
