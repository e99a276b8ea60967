"""A long list is shown a page at a time."""

import pytest
from django.test import RequestFactory

from register_ects.web.pagination import paginate

pytestmark = pytest.mark.no_database


def page_of(query, *, rows=45, **options):
    return paginate(RequestFactory().get(f"/list?{query}"), list(range(1, rows + 1)), **options)


@pytest.mark.parametrize(
    ("query", "number", "rows"),
    [
        ("", 1, range(1, 21)),
        ("page=2", 2, range(21, 41)),
        ("page=3", 3, range(41, 46)),
        ("page=99", 3, range(41, 46)),
        ("page=0", 3, range(41, 46)),
        ("page=two", 1, range(1, 21)),
        ("page=\u0662", 1, range(1, 21)),
        ("page=2_0", 1, range(1, 21)),
    ],
)
def test_takes_the_page_asked_for_or_the_nearest(query, number, rows):
    page = page_of(query)

    assert (page.number, page.rows) == (number, list(rows))
    assert (page.first, page.last, page.total) == (rows[0], rows[-1], 45)


def test_addresses_keep_the_filters():
    page = page_of("status=open&status=paid&page=2", fragment="list")

    assert page.options["next"]["href"] == "?status=open&status=paid&page=3#list"
    assert page.options["previous"]["href"] == "?status=open&status=paid&page=1#list"


def test_one_page_needs_no_pagination():
    assert page_of("", rows=20).options is None
    assert page_of("", rows=0).options is None


def test_many_pages_are_elided():
    items = page_of("page=10", rows=400).options["items"]

    assert [item.get("number", "…") for item in items] == [1, "…", 9, 10, 11, "…", 20]
    assert [item["number"] for item in items if item.get("current")] == [10]


@pytest.mark.parametrize(
    ("query", "rows"),
    [("page=3", 5), ("page=4", 0), ("page=99999999999999999999", 0), ("page=x", 20)],
)
def test_a_page_past_the_end_is_empty_where_asked_for(query, rows):
    page = page_of(query, empty_past_end=True)

    assert (len(page.rows), page.total) == (rows, 45)


def test_no_more_than_the_most_are_counted_and_shown():
    page = page_of("page=9", rows=1000, at_most=40)

    assert (page.total, page.pages, page.has_more) == (40, 2, True)
    assert page.rows == list(range(21, 41))
    assert not page_of("", rows=40, at_most=40).has_more
