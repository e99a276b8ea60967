"""A page that adds an adjustment adds one, however often and however fast it is sent."""

import uuid
from functools import partial

import pytest

from register_ects.models import Event
from tests.factories import StaffUserFactory, StatementFactory
from tests.finance.test_statement_pages import page_of
from tests.races import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 5


@pytest.fixture
def statement(on):
    on("2026-02-10")
    return StatementFactory()


def form_of(browser, statement, **answers):
    """Return the address of the page, and what its form sends."""
    address = f"{page_of(statement)}/adjustments/new"
    key = browser.get(address).select_one("input[name=once]")["value"]
    return address, {"reason": "Service credit", "amount": "-10", "once": key, **answers}


def amounts(statement):
    return [f"{amount}" for amount in statement.adjustments.values_list("amount", flat=True)]


def test_five_at_once_add_one_and_all_see_that_it_was_added(finance, sign_in, statement):
    address, sent = form_of(finance, statement)
    browsers = [sign_in(StaffUserFactory(finance=True)) for _ in range(TIMES)]

    pages = all_at_once(*(partial(browser.post, address, sent) for browser in browsers))

    assert {page.location for page in pages} == {f"{page_of(statement)}#adjustments"}
    assert amounts(statement) == ["-10.00"]
    assert Event.objects.filter(event_type="statement_adjustment_added").count() == 1
    assert all("was added" in browser.get(page_of(statement)).text for browser in browsers)


def test_another_page_adds_the_same_again(finance, statement):
    for _ in range(2):
        finance.post(*form_of(finance, statement))

    assert amounts(statement) == ["-10.00", "-10.00"]


def test_other_answers_from_a_page_sent_before_are_not_saved_until_sent_again(finance, statement):
    address, sent = form_of(finance, statement)
    finance.post(address, sent)
    other = {**sent, "amount": "-20"}

    page = finance.post(address, other)
    assert page.status_code == 422
    assert "You sent this page before, with other answers" in page.text
    assert amounts(statement) == ["-10.00"]

    renewed = page.select_one("input[name=once]")["value"]
    finance.post(address, {**other, "once": renewed})
    assert sorted(amounts(statement)) == ["-10.00", "-20.00"]


def test_a_send_that_was_refused_can_be_sent_again(finance, statement):
    address, sent = form_of(finance, statement)
    page = finance.post(address, {**sent, "amount": "0"})
    assert page.select_one("input[name=once]")["value"] == sent["once"]

    finance.post(address, sent)

    assert amounts(statement) == ["-10.00"]


@pytest.mark.parametrize("key", ["", "x", "1" * 5_000, "\x00", "1\x00" * 16])
def test_a_page_without_its_key_adds_nothing_and_gets_one(finance, statement, key):
    address, sent = form_of(finance, statement, once=key)

    page = finance.post(address, sent)

    assert page.status_code == 422
    assert list(page.errors.values()) == [
        "Some of this page was missing when it was sent. Check your answers and send it again"
    ]
    assert amounts(statement) == []
    assert uuid.UUID(page.select_one("input[name=once]")["value"])
