"""Walks the register-mentor journey in tests: fills each page in turn and follows."""

from typing import Any

from tests.schools.ect_journey import address, slug_of
from tests.support.pages import Browser, Page, date_parts

TRN, BORN = "4000006", "1999-02-11"  # Zofia Lis


def confirm(browser: Browser, page: Page) -> Page:
    """Confirm the check page of a draft and follow."""
    return browser.post(address(page, "check-answers")).follow()


def register(
    browser: Browser, placement: Any, answers: dict[str, Any], *, to: str = "check-answers"
) -> Page:
    """Walk the register-mentor journey until ``to``, a stop or an error."""
    start = f"/school/register-mentor/what-you-will-need?ect_id={placement.pk}"
    page = browser.post(start).follow()
    while slug_of(page) != to:
        data = answers.get(slug_of(page))
        if data is None:
            return page
        submitted = browser.post(page.response.request["PATH_INFO"], data)
        if submitted.status_code == 422:
            return submitted
        page = submitted.follow()
    return page


def new_mentor(trn: str = TRN, born: str = BORN, **changes: Any) -> dict[str, Any]:
    """Return what to enter on each page for Zofia Lis."""
    answers: dict[str, Any] = {
        "find-mentor": {"trn": trn, **date_parts("date_of_birth", born)},
        "review-mentor-details": {"name_is_correct": "yes"},
        "email-address": {"email": "zofia@oak.example.com"},
        "review-mentor-eligibility": {"use_ect_provider": "yes"},
        "programme-choices": {"use_ect_provider": "yes"},
        "previous-training-period-details": {},
        "mentoring-at-new-school-only": {"only_here": "yes"},
        "started-on": date_parts("started_on", "2026-09-14"),
    }
    answers.update({slug.replace("_", "-"): data for slug, data in changes.items()})
    return answers
