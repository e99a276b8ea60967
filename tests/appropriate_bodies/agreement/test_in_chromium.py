"""The lists to check, the forecast, the comparison and the choice of several in a real browser."""

from datetime import date

import pytest

from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    SchoolFactory,
    TeacherFactory,
)
from tests.support.chromium import (
    GOOD_PRACTICE,
    WCAG,
    chromium_page,
    open_page,
    overflow,
    sign_in_as,
    violations,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AREA = "/appropriate-body"


@pytest.fixture
def hub():
    return AppropriateBodyFactory(active=True, name="Hub A")


@pytest.fixture
def late(hub):
    """An ECT whose school names another body, and who should be done."""
    placement = ECTAtSchoolPeriodFactory(
        school=SchoolFactory(with_tutor=True),
        started_on=date(2023, 9, 1),
        school_reported_appropriate_body=AppropriateBodyFactory(active=True),
    )
    InductionPeriodFactory(
        teacher=placement.teacher, appropriate_body=hub, started_on=date(2023, 9, 1)
    )
    ECTAtSchoolPeriodFactory(
        teacher=TeacherFactory(trs_qts_awarded_on=date(2025, 7, 1)),
        school=placement.school,
        started_on=date(2025, 9, 1),
        school_reported_appropriate_body=hub,
    )
    return placement.teacher


@pytest.mark.parametrize("width", [1280, 375])
def test_pages_are_accessible_and_fit_the_screen(live_server, chromium, hub, late, width):
    with chromium_page(chromium, width=width) as page:
        sign_in_as(page, live_server.url, hub)
        for address in (
            "home",
            "to-check",
            "forecast?when=overdue",
            f"teachers/{late.pk}/compare",
            "bulk/claims/choose",
            "bulk/actions/choose?select=all",
        ):
            open_page(page, f"{live_server.url}{AREA}/{address}")

            assert (address, violations(page, *WCAG, GOOD_PRACTICE)) == (address, [])
            assert (address, overflow(page)) == (address, [])
            assert (address, page.complaints) == (address, [])


def test_several_are_chosen_with_the_keyboard_and_without_javascript(
    live_server, chromium, hub, late
):
    with chromium_page(chromium, width=375, javascript=False) as page:
        sign_in_as(page, live_server.url, hub)
        page.goto(f"{live_server.url}{AREA}/bulk/actions/choose")

        with page.expect_navigation():
            page.get_by_role("button", name="Check these lines").press("Enter")
        assert page.get_by_role("link", name="Select at least one ECT").is_visible()
        page.locator("input[name=ects]").first.press("Space")
        page.locator("#outcome-shared").select_option("Release")
        page.locator("#finished_on-shared").fill("1/7/2026")
        page.locator("#number_of_terms-shared").fill("6")
        assert page.locator("input[name=ects]").first.is_checked()
