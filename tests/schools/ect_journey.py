"""Walks the register-ECT journey in tests: fills each page in turn and follows."""

from typing import Any

from tests.support.pages import Browser, Page, date_parts

START = "/school/register-ect/what-you-will-need"
TRN, BORN = "4000006", "1999-02-11"  # Zofia Lis
NI_NUMBER = "JT141311B"


def answers_for(world: Any, **changes: Any) -> dict[str, dict[str, Any]]:
    """Return what to enter on each page for an ordinary provider-led ECT."""
    answers = {
        "find-ect": {"trn": TRN, **date_parts("date_of_birth", BORN)},
        "national-insurance-number": {"national_insurance_number": NI_NUMBER},
        "review-ect-details": {"name_is_correct": "yes"},
        "registered-before": {},
        "email-address": {"email": "zofia@oak.example.com"},
        "start-date": date_parts("started_on", "2026-09-01"),
        "working-pattern": {"working_pattern": "full_time"},
        "use-previous-ect-choices": {"use_previous_choices": "yes"},
        "state-school-appropriate-body": {"appropriate_body": str(world.hub.pk)},
        "independent-school-appropriate-body": {"body_kind": "hub", "hub": str(world.hub.pk)},
        "training-programme": {"training_programme": "provider_led"},
        "lead-provider": {"lead_provider": str(world.larch.pk)},
    }
    answers.update({slug.replace("_", "-"): data for slug, data in changes.items()})
    return answers


def find(trn: str, born: str = "1977-02-03") -> dict[str, str]:
    """Return what to enter to find somebody; the default suits the people who show a fault."""
    return {"trn": trn, **date_parts("date_of_birth", born)}


def slug_of(page: Page) -> str:
    """Return the step that a page of the journey shows."""
    return page.response.request["PATH_INFO"].rsplit("/", 1)[-1]


def begin(browser: Browser) -> Page:
    """Start the journey and return the page that finds the person."""
    return browser.post(START).follow()


def walk(browser: Browser, answers: dict[str, dict[str, Any]], *, to: str) -> Page:
    """Begin, and answer page after page until ``to`` is reached or the journey stops."""
    return walk_on(browser, begin(browser), answers, to=to)


def walk_on(browser: Browser, page: Page, answers: dict[str, dict[str, Any]], *, to: str) -> Page:
    """Answer page after page until ``to`` is reached or the journey stops, and return it."""
    while slug_of(page) != to:
        data = answers.get(slug_of(page))
        if data is None:
            return page
        unseen = {each["name"]: each["value"] for each in page.select("main input[type=hidden]")}
        submitted = browser.post(page.response.request["PATH_INFO"], {**unseen, **data})
        if submitted.status_code == 422:
            return submitted
        page = submitted.follow()
    return page


def address(page: Page, slug: str) -> str:
    """Return the address of another step of the same draft."""
    return page.response.request["PATH_INFO"].rsplit("/", 1)[0] + f"/{slug}"
