"""The pages about the API in a real browser, on a desktop and on a phone."""

import pytest

from providers.documentation.content import pages, release_notes
from tests.support.chromium import (
    GOOD_PRACTICE,
    WCAG,
    chromium_page,
    open_page,
    overflow,
    violations,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESSES = [
    "/api/guidance",
    "/api/guidance/status",
    "/api/guidance/release-notes",
    *[note.path for note in release_notes()],
    "/api/guidance/guidance-for-lead-providers",
    *[page.path for page in pages()],
]


@pytest.fixture(params=[1280, 375], ids=["desktop", "phone"])
def page(request, live_server, chromium):
    with chromium_page(chromium, width=request.param) as page:
        page.address = live_server.url
        yield page


def test_pages_are_accessible_quiet_and_fit_the_screen(page):
    for address in ADDRESSES:
        open_page(page, page.address + address)

        assert (address, violations(page, *WCAG, GOOD_PRACTICE)) == (address, [])
        assert (address, overflow(page)) == (address, [])
        assert (address, page.complaints) == (address, [])


def test_examples_can_be_copied(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(page.address + "/api/guidance/guidance-for-lead-providers/keeping-data-in-sync")

    page.locator(".app-guidance__copy").first.click()

    page.wait_for_selector("text=Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith('curl -g -H "Authorization: Bearer $token"')


def test_a_phone_folds_the_side_bar_away(page):
    page.goto(page.address + "/api/guidance/guidance-for-lead-providers/glossary")

    is_phone = page.viewport_size["width"] < 500
    assert page.locator(".app-guidance__menu").is_visible() is not is_phone
    assert page.locator(".app-guidance__fold").is_visible() is is_phone
    if is_phone:
        page.click("text=All pages of guidance")
        page.click(".app-guidance__fold a:has-text('Sandbox')")
        assert page.title().startswith("The sandbox")


def test_printed_pages_have_the_text_alone(page):
    page.goto(page.address + "/api/guidance/guidance-for-lead-providers/glossary")
    page.emulate_media(media="print")

    for hidden in (".app-guidance__menu", ".app-guidance__fold", ".app-guidance__pagination"):
        assert not page.locator(hidden).is_visible()
    assert page.locator("h1").is_visible()
