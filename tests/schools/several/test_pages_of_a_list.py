"""A long list is shown fifty people at a time, first those who need attention."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register_ects.models import RegistrationBatchRow
from register_ects.operations.batches.collecting import start_batch
from register_ects.operations.batches.held import Held
from tests.registrations import AUTHOR
from tests.schools.several.people import SEVERAL, typed

#: Of 120 people the last three need attention.
TO_MEND = (118, 119, 120)


def long_list(world, people):
    batch = start_batch(world.oak, choices={}, author=AUTHOR)
    RegistrationBatchRow.objects.bulk_create(row(batch, number) for number in people)
    return f"{SEVERAL}/{batch.pk}"


def row(batch, number):
    found = RegistrationBatchRow(
        batch=batch, number=number, trn=f"{number:07}", name=f"Person {number}"
    )
    found.held, found.checked_at = Held({"trn": found.trn}).sealed(), batch.created_at
    found.state, found.will_do = "ok", "Starts."
    if number in TO_MEND:
        found.state, found.will_do = "needs_attention", None
        found.problems = [["trn", "Check the TRN"]]
    return found


@pytest.fixture
def address(world):
    return long_list(world, range(1, 121))


def numbers(page):
    return [int(each["id"].removeprefix("row-")) for each in page.select("tr[id^=row-]")]


def test_fifty_are_shown_and_whoever_needs_attention_comes_first(address, oak):
    page = oak.get(address)

    assert numbers(page) == [*TO_MEND, *range(1, 48)]
    assert "Showing 1 to 50 of 120 people" in page.text
    assert "117 people are ready" in page.text


def test_the_last_page_says_which_it_is(address, oak):
    page = oak.get(f"{address}?page=3")

    assert numbers(page) == list(range(98, 118))
    assert "(page 3)" in page.title
    assert page.h1 == "Check the list before you register anybody"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("to-mend", list(TO_MEND)),
        ("ready", list(range(1, 51))),
        ("registered", []),
        ("nonsense", [*TO_MEND, *range(1, 48)]),
    ],
)
def test_the_list_is_narrowed_in_the_address(address, oak, status, expected):
    assert numbers(oak.get(f"{address}?status={status}")) == expected


def test_filters_say_how_many_there_are_and_pages_keep_them(address, oak):
    page = oak.get(f"{address}?status=ready")

    filters = [each.text for each in page.select(".app-filter__link")]
    assert filters == ["Everybody (120)", "Needs attention (3)", "Ready (117)"]
    assert page.select_one("a[rel=next]")["href"] == "?status=ready&page=2"


def test_where_all_are_alike_there_is_nothing_to_narrow(world, oak):
    assert not oak.get(long_list(world, range(1, 4))).select(".app-filter")


def test_confirming_on_a_part_is_for_everybody_who_is_ready(address, oak):
    page = oak.get(f"{address}?status=to-mend")

    assert "Register 117 ECTs" in page.text
    assert (
        page.select_one("input[name=seen]")["value"]
        == (oak.get(f"{address}?page=3").select_one("input[name=seen]")["value"])
    )


def test_a_page_of_what_was_refused_leads_to_the_list(address, oak):
    refused = oak.post(f"{address}/confirm", {"seen": "other"})
    assert refused.status_code == 422

    page = oak.get(f"{address}/confirm?page=2").follow()

    assert numbers(page) == list(range(48, 98))


def place(page):
    """Where in the list one is led: the query and fragment of the address."""
    return page.response["Location"].partition("?")[2]


@pytest.mark.parametrize(
    ("row", "query", "expected"),
    [
        pytest.param(118, "status=to-mend&page=1", "status=to-mend&page=1#row-119", id="the next"),
        pytest.param(120, "status=to-mend&page=1", "status=to-mend&page=1#row-119", id="the last"),
        pytest.param(60, "status=ready&page=2", "status=ready&page=2#row-61", id="second page"),
        pytest.param(47, "status=all&page=1", "status=all&page=1#row-48", id="end of a page"),
        pytest.param(60, "", "status=all&page=2#row-61", id="from no page"),
    ],
)
def test_after_removing_a_row_one_goes_on_with_the_next_of_the_same_part(
    address, oak, row, query, expected
):
    assert place(oak.confirm(f"{address}/rows/{row}/remove?{query}")) == expected


def test_a_part_that_is_empty_by_then_gives_way_to_the_whole_list(world, oak):
    address = long_list(world, [1, 118])

    removed = oak.confirm(f"{address}/rows/118/remove?status=to-mend&page=1")

    assert place(removed) == "status=all&page=1#row-1"
    last = oak.confirm(f"{address}/rows/1/remove?status=all&page=1")
    assert last.response["Location"].endswith(address.removeprefix("/school"))
    assert "Person 1 was removed from the list" in last.follow().text


@pytest.mark.parametrize(
    ("row", "query", "expected"),
    [
        pytest.param(60, "status=all&page=2", "status=all&page=2#row-60", id="as ready as before"),
        pytest.param(118, "status=to-mend&page=1", "status=to-mend&page=1#row-119", id="mended"),
        pytest.param(118, "status=all&page=1", "status=all&page=1#row-119", id="among everybody"),
    ],
)
def test_after_changing_a_row_one_goes_on_where_it_stood(
    address, world, oak, trs, row, query, expected
):
    page = oak.get(f"{address}/rows/{row}?{query}")

    assert place(oak.submit(page, typed(world))) == expected


def test_back_from_a_row_leads_to_it_on_the_page_that_one_came_from(address, oak):
    page = oak.get(f"{address}?status=ready&page=2")
    links = [each["href"] for each in page.select("#row-60 a")]

    backs = [oak.get(link).select_one(".govuk-back-link")["href"] for link in links]

    assert [back.partition("?")[2] for back in backs] == ["status=ready&page=2#row-60"] * 2


def test_a_person_without_a_name_is_called_by_their_trn_once(world, oak):
    address = long_list(world, [1, 2])
    RegistrationBatchRow.objects.filter(number=1).update(name=None)

    cells = [each.text.strip() for each in oak.get(address).select("tr[id^=row-] th")]

    assert cells == ["TRN 0000001", "Person 2TRN 0000002"]


def test_500_people_cost_as_many_queries_as_three(world, oak):
    few, many = (long_list(world, range(1, most)) for most in (4, 501))

    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            assert oak.get(address).status_code == 200
        return len(captured)

    queries(few)
    assert queries(few) == queries(many)


def test_a_list_of_500_is_shown_within_three_seconds(world, oak):
    address = long_list(world, range(1, 501))
    began = time.perf_counter()

    assert len(numbers(oak.get(address))) == 50

    assert time.perf_counter() - began < 3
