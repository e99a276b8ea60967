"""Walks the register-ECT journey in tests: fills each page in turn and follows."""

from typing import Any

from tests.support.pages import Browser, Page, date_parts

START = "/school/register-ect/find-ect"
TRN, BORN = "4000006", "1999-02-11"  # Zofia Lis
NI_NUMBER = "JT141311B"


def answers_for(world: Any, **changes: Any) -> dict[str, dict[str, Any]]:
    """Return what to enter on each page for an ordinary provider-led ECT."""
    answers = {
        "find-ect": {"trn": TRN, **date_parts("date_of_birth", BORN)},
        "review-ect-details": {
            "name_is_correct": "yes",
            "email": "zofia@oak.example.com",
            **date_parts("started_on", "2026-09-01"),
            "working_pattern": "full_time",
        },
        "training": {
            "appropriate_body": str(world.hub.pk),
            "body_kind": "hub",
            "hub": str(world.hub.pk),
            "training_programme": "provider_led",
            "lead_provider": str(world.larch.pk),
        },
    }
    return with_changes(answers, changes)


def with_changes(answers: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Put other values into what is entered on a page, or None for a page to stop at."""
    for name, data in changes.items():
        slug = name.replace("_", "-")
        answers[slug] = None if data is None else {**(answers[slug] or {}), **data}
    return answers


def find(trn: str, born: str = "1977-02-03") -> dict[str, str]:
    """Return what to enter to find somebody; the default suits the people who show a fault."""
    return {"trn": trn, **date_parts("date_of_birth", born)}


def slug_of(page: Page) -> str:
    """Return the step that a page of the journey shows."""
    return page.response.request["PATH_INFO"].rsplit("/", 1)[-1]


def begin(browser: Browser) -> Page:
    """Start the journey and return the page that finds the person."""
    return browser.get(START)


def walk(browser: Browser, answers: dict[str, dict[str, Any]], *, to: str) -> Page:
    """Begin, and answer page after page until ``to`` is reached or the journey stops."""
    return walk_on(browser, begin(browser), answers, to=to)


def walk_on(browser: Browser, page: Page, answers: dict[str, dict[str, Any]], *, to: str) -> Page:
    """Answer page after page until ``to`` is reached or the journey stops, and return it."""
    while slug_of(page) != to:
        data = answers.get(slug_of(page))
        if data is None:
            return page
        submitted = browser.submit(page, data)
        if submitted.status_code == 422:
            return submitted
        page = submitted.follow()
    return page


def filled(page: Page) -> dict[str, str]:
    """Return what the page's form holds, as a browser sends it."""
    typed = page.select("main input:not([type=radio], [type=checkbox], [type=hidden])[value]")
    chosen = page.select("main input[checked]")
    selected = {
        each.find_parent("select")["name"]: each["value"]
        for each in page.select("main option[selected]")
    }
    return {each["name"]: each["value"] for each in [*typed, *chosen]} | selected


def change_answers(browser: Browser, page: Page, slug: str, data: dict[str, Any]) -> Page:
    """Change some answers of a step from the check page, as a person would."""
    opened = browser.get(address(page, slug) + "?change=yes")
    return browser.submit(opened, {**filled(opened), **data})


def address(page: Page, slug: str) -> str:
    """Return the address of another step of the same draft."""
    return page.response.request["PATH_INFO"].rsplit("/", 1)[0] + f"/{slug}"
