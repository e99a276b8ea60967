"""Walks the register-mentor journey in tests: fills each page in turn and follows."""

from typing import Any

from tests.schools.ect_journey import BORN, TRN, find, walk_on, with_changes
from tests.support.pages import Browser, Page, date_parts


def confirm(browser: Browser, page: Page) -> Page:
    """Confirm the check page of a draft and follow."""
    return browser.submit(page).follow()


def register(
    browser: Browser, placement: Any, answers: dict[str, Any], *, to: str = "check-answers"
) -> Page:
    """Walk the register-mentor journey until ``to``, a stop or an error."""
    start = f"/school/register-mentor/find-mentor?ect_id={placement.pk}"
    return walk_on(browser, browser.get(start), answers, to=to)


def new_mentor(trn: str = TRN, born: str = BORN, **changes: Any) -> dict[str, Any]:
    """Return what to enter on each page for Zofia Lis."""
    answers: dict[str, Any] = {
        "find-mentor": find(trn, born),
        "review-mentor-details": {
            "name_is_correct": "yes",
            "email": "zofia@oak.example.com",
            "use_ect_provider": "yes",
        },
        "programme-choices": {"use_ect_provider": "yes"},
        "mentoring-at-new-school-only": {
            "only_here": "yes",
            **date_parts("started_on", "2026-09-14"),
        },
        "started-on": date_parts("started_on", "2026-09-14"),
        "lead-provider": None,
    }
    return with_changes(answers, changes)
