"""How many pages a school sees to register an ECT and a new mentor for them."""

import pytest

from register_ects.models import MentorAtSchoolPeriod
from tests.schools.ect_journey import START, answers_for, find
from tests.schools.mentor_journey import new_mentor
from tests.support.pages import Browser, Page

pytestmark = pytest.mark.usefixtures("trs")

MENTOR = "7000001"  # Bola Adeyemi


def _pages_seen(browser: Browser, page: Page, answers: dict[str, dict[str, str]]) -> list[Page]:
    """Return the pages that are answered one after the other, up to the confirmation."""
    seen = [page]
    while (slug := page.response.request["PATH_INFO"].rsplit("/", 1)[-1]) != "confirmation":
        submitted = browser.submit(page, answers.get(slug, {}))
        assert submitted.status_code == 302, (slug, submitted.errors)
        page = submitted.follow()
        seen.append(page)
    return seen


def _register_ect_and_mentor(browser: Browser, ect: dict, mentor: dict) -> int:
    """Register both as a person would, by the links of the pages; return how many they saw."""
    pages = _pages_seen(browser, browser.get(START), ect)
    (link,) = {a["href"] for a in pages[-1].select("main a[href*=register-mentor]")}
    pages += _pages_seen(browser, browser.get(link), mentor)
    assert len({page.h1 for page in pages}) > 1
    return len(pages)


def test_an_ect_with_a_new_mentor_takes_nine_pages_at_first_and_eight_with_choices_reused(
    world, oak
):
    first = _register_ect_and_mentor(
        oak,
        answers_for(world),
        new_mentor(MENTOR, "1977-02-03", review_mentor_details={"email": "one@oak.example.com"}),
    )
    reused = _register_ect_and_mentor(
        oak,
        answers_for(
            world, find_ect=find("7000005"), review_ect_details={"email": "two@oak.example.com"}
        ),
        new_mentor(
            "7000013", "1977-02-03", review_mentor_details={"email": "three@oak.example.com"}
        ),
    )

    assert (first, reused) == (9, 8)
    assert MentorAtSchoolPeriod.objects.count() == 2
