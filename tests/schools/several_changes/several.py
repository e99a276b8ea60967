"""Walks the journeys for several ECTs in tests."""

from tests.factories import ECTAtSchoolPeriodFactory
from tests.operations.training_to_change import trained
from tests.support.pages import Browser, Page


def trained_ects(world, *names: str) -> list:
    """Return ECTs of Oak with these names, whom Larch trains since 1 September 2025."""
    ects = [
        ECTAtSchoolPeriodFactory(
            school=world.oak, started_on="2025-09-01", teacher__corrected_name=name
        )
        for name in names
    ]
    for ect in ects:
        trained(world, ect)
    return ects


def first_page(change: str) -> str:
    """Return where a change begins: ``first_page("give-mentor")``."""
    return f"/school/ects/several/{change}/choose-ects"


def choose_ects(browser: Browser, change: str, ects: list) -> Page:
    """Choose ECTs; return the page that asks who or what it is to be."""
    sent = browser.post(first_page(change), {"ects": [str(ect.pk) for ect in ects]})
    return sent if sent.status_code != 302 else sent.follow()


def check(browser: Browser, change: str, ects: list, answer: dict) -> Page:
    """Choose ECTs and who or what it is to be; return what follows."""
    question = choose_ects(browser, change, ects)
    sent = browser.post(question.response.request["PATH_INFO"], answer)
    return sent if sent.status_code != 302 else sent.follow()


def results(page: Page) -> dict[str, tuple[str, str]]:
    """Return what came of each ECT: done or not, and what or why not."""
    return {
        line.th.get_text(strip=True): tuple(cell.get_text(strip=True) for cell in line.select("td"))
        for line in page.select("tbody tr")
    }


def offered(page: Page) -> list[str]:
    """Return the names that can be chosen."""
    selector = ".govuk-checkboxes__label, .govuk-radios__label"
    return [label.get_text(strip=True) for label in page.select(selector)]
