"""What is measured, and the question what people think, in a real browser on two screens."""

import pytest

from tests.factories import StaffUserFactory
from tests.measurements.test_reporting import FEEDBACK, JOURNEYS, run, told
from tests.support.chromium import WCAG, chromium_page, open_page, overflow, sign_in_as, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[1280, 320])
def page(request, live_server, chromium):
    with chromium_page(chromium, width=request.param) as page:
        page.address = live_server.url
        yield page


def check(page):
    assert (page.url, violations(page, *WCAG)) == (page.url, [])
    assert (page.url, overflow(page)) == (page.url, [])
    assert (page.url, page.complaints) == (page.url, [])


@pytest.mark.parametrize("address", [JOURNEYS, FEEDBACK])
def test_what_staff_read_is_accessible_with_figures_and_without(page, address):
    sign_in_as(page, page.address, StaffUserFactory())
    open_page(page, page.address + address)
    check(page)
    run("completed", seconds=120)
    run("not_eligible", journey="register-mentor")
    told(2, comment="It asked for " + "a-very-long-word-without-any-place-to-break" * 3)

    open_page(page, page.address + address)

    assert page.locator("table").count() > 0
    check(page)


def test_feedback_sent_empty_is_accessible(page):
    open_page(page, page.address + "/feedback")
    check(page)
    page.click("main button")

    assert page.title().startswith("Error: ")
    check(page)
