"""Cursor pages: go on where the last page ended, with a cursor that fits one list only."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from providers import parameters
from providers.cursors import read_cursor, write_cursor
from providers.errors import ApiError
from register_ects.models import DeliveryPartner
from tests.factories import DeliveryPartnerFactory

FIELDS = {"created_at": "created_at", "updated_at": "updated_at"}


def asked(query, *, provider=1, path="/api/v3/participants"):
    request = RequestFactory().get(f"{path}?{query}")
    request.auth = SimpleNamespace(pk=provider)
    return request


def code_of(request):
    with pytest.raises(ApiError) as refusal:
        parameters.page(request)
    assert refusal.value.status == 400
    return refusal.value.items[0].code


def after(link):
    """Return the query of a Link header."""
    address, _, relation = link.partition("; ")
    assert relation == 'rel="next"'
    return address.strip("<>").partition("?")[2]


def walked(query):
    """Return every row of a list, read page by page, and the sizes of the pages."""
    rows, sizes = [], []
    while query is not None:
        request = asked(query)
        page = parameters.page(request)
        order = parameters.ordering(request.GET, FIELDS, default="created_at")
        sent = list(page.rows_of(DeliveryPartner.objects.all(), order))
        rows += sent
        sizes.append(len(sent))
        last = [getattr(sent[-1], name.removeprefix("-")) for name in order] if sent else []
        link = parameters.link_to_next(request, page, count=len(sent), last=last)
        query = link and after(link)
    return rows, sizes


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["created_at", "pk"]),
        ("-created_at", ["-created_at", "-pk"]),
        ("updated_at", ["updated_at", "pk"]),
        ("-updated_at,created_at", ["-updated_at", "created_at", "pk"]),
        ("created_at,-updated_at", ["created_at", "-updated_at", "-pk"]),
    ],
)
def test_pages_hold_every_row_once_in_order_even_among_equal_times(on, sort, order):
    for day in ("2025-09-03", "2025-09-01", "2025-09-01", "2025-09-02", "2025-09-01"):
        on(day)
        DeliveryPartnerFactory()
    for number, partner in enumerate(DeliveryPartner.objects.order_by("pk")):
        on(f"2025-10-0{1 + number % 2}")
        partner.save()

    rows, sizes = walked(f"page[after]=&page[per_page]=2&sort={sort}")

    assert rows == list(DeliveryPartner.objects.order_by(*order))
    assert sizes == [2, 2, 1]


def test_the_last_full_page_is_followed_by_an_empty_one():
    DeliveryPartnerFactory.create_batch(4)

    assert walked("page[after]=&page[per_page]=2")[1] == [2, 2, 0]


def test_a_row_added_before_the_cursor_moves_nothing(on):
    on("2025-09-02")
    first, second, third = DeliveryPartnerFactory.create_batch(3)
    request = asked("page[after]=&page[per_page]=2")
    order = ["created_at", "pk"]
    link = parameters.link_to_next(
        request, parameters.page(request), count=2, last=[second.created_at, second.pk]
    )
    on("2025-09-01")
    DeliveryPartnerFactory()
    first.delete()

    page = parameters.page(asked(after(link)))

    assert list(page.rows_of(DeliveryPartner.objects.all(), order)) == [third]


def test_the_link_keeps_what_was_asked_and_names_the_whole_address():
    request = asked("filter[cohort]=2025&page[after]=&page[per_page]=1&new=%C3%A9")

    link = parameters.link_to_next(request, parameters.page(request), count=1, last=[1])

    assert link.startswith("<http://testserver/api/v3/participants?filter[cohort]=2025&")
    sent, kept = dict(QueryDict(after(link)).items()), dict(request.GET.items())
    assert sent.pop("page[after]") != kept.pop("page[after]")
    assert sent == kept


def test_pages_by_number_get_no_link():
    request = asked("page[page]=1&page[per_page]=1")

    assert parameters.link_to_next(request, parameters.page(request), count=1, last=[1]) is None


@pytest.mark.parametrize(
    ("query", "path", "provider"),
    [
        ("", "/api/v3/participants", 2),
        ("", "/api/v3/partnerships", 1),
        ("&sort=updated_at", "/api/v3/participants", 1),
        ("&filter[cohort]=2025", "/api/v3/participants", 1),
    ],
)
def test_a_cursor_fits_only_what_it_was_made_for(query, path, provider):
    request = asked("page[after]=&page[per_page]=1")
    link = parameters.link_to_next(request, parameters.page(request), count=1, last=[1])
    stolen = QueryDict(after(link))["page[after]"]

    assert parameters.page(asked(f"page[after]={stolen}")).after == (1,)
    assert parameters.page(asked(f"page[after]={stolen}", path=f"{request.path}/")).after == (1,)
    other = asked(f"page[after]={stolen}{query}", path=path, provider=provider)
    assert code_of(other) == "request.bad_cursor"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("page[after]=&page[page]=1", "request.two_kinds_of_page"),
        ("page[after]=nonsense", "request.bad_cursor"),
        ("page[after]=a.b", "request.bad_cursor"),
        ("page[after]=%00", "request.bad_cursor"),
        ("page[after]=%C3%A9.%C3%A9", "request.bad_cursor"),
        ("page[after][]=x", "request.bad_cursor"),
        ("page[after][x]=x", "request.bad_cursor"),
        ("page[after]=&page[per_page]=0", "request.bad_page"),
        ("page[page]=0", "request.bad_page"),
        ("page=2", "request.bad_page"),
    ],
)
def test_paging_that_cannot_be_read_is_400(query, code):
    assert code_of(asked(query)) == code


@pytest.mark.parametrize(("query", "total"), [("", False), ("meta=1", True), ("meta=0", False)])
def test_the_total_is_told_when_asked_for(query, total):
    assert parameters.page(asked(query)).wants_total is total


def test_a_cursor_keeps_each_kind_of_value_exactly():
    values = (datetime(2025, 9, 1, 9, 0, 0, 123456, UTC), date(2025, 9, 1), 7, "text")

    assert read_cursor(write_cursor(values, binding="x"), binding="x") == values
