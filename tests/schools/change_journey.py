"""Walks the journeys that change a record in tests: asks, checks, confirms."""

from typing import Any

from tests.support.pages import Browser, Page

_PATHS = {"ECTAtSchoolPeriod": "ects", "MentorAtSchoolPeriod": "mentors"}


def first_page(placement: Any, what: str) -> str:
    """Return where a fact of a placement is changed: ``first_page(asha, "name")``."""
    return f"/school/{_PATHS[type(placement).__name__]}/{placement.pk}/change-{what}/edit"


def ask(browser: Browser, placement: Any, what: str, answers: dict[str, Any]) -> Page:
    """Answer the first page; return what follows, or the page with its errors."""
    sent = browser.post(first_page(placement, what), answers)
    return sent if sent.status_code != 302 else sent.follow()


def confirm(browser: Browser, page: Page) -> Page:
    """Send a check page, or one in between, as it is, and follow."""
    return browser.submit(page).follow()


def rows(page: Page) -> dict[str, str]:
    """Return what a page's summary lists say."""
    return {
        row.dt.get_text(strip=True): row.dd.get_text(" ", strip=True)
        for row in page.select(".govuk-summary-list__row")
    }


def change_links(page: Page) -> dict[str, str]:
    """Return a record's links to its changes: what they change, and where."""
    return {
        link.select_one(".govuk-visually-hidden").text.split(" (")[0].strip(): link["href"]
        for link in page.select(".govuk-summary-list__actions a")
    }
