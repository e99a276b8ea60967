"""Staff mend inductions in a real browser: nothing cut off, nothing that axe finds."""

from datetime import date

import pytest

from tests.factories import (
    InductionExtensionFactory,
    InductionPeriodFactory,
    StaffUserFactory,
)
from tests.support.chromium import chromium_page, overflow, sign_in_as, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def look(page, heading=None):
    if heading:
        page.get_by_role("heading", level=1, name=heading).wait_for()
    assert overflow(page) == []
    assert violations(page, "wcag2a", "wcag2aa", "wcag22aa") == []


def test_staff_reopen_an_induction_and_delete_its_period(live_server, chromium):
    period = InductionPeriodFactory(started_on=date(2023, 9, 1), passed=True)

    with chromium_page(chromium) as page:
        sign_in_as(page, live_server.url, StaffUserFactory())
        page.goto(f"{live_server.url}/admin/teachers/{period.teacher.api_id}/induction")
        page.get_by_role("link", name="Reopen this induction").click()
        look(page, "Reopen this induction?")
        page.get_by_label("Number of the support ticket").fill("#123456")
        page.get_by_role("button", name="Reopen induction").click()
        page.get_by_text("The induction was reopened").wait_for()
        page.get_by_role("link", name="Delete this period").click()
        page.get_by_role("button", name="Delete induction period").click()
        page.get_by_role("link", name="Enter a note or the number of a support ticket").wait_for()
        look(page)
        page.get_by_label("Why are you changing this?").fill("Claimed by mistake")
        page.get_by_role("button", name="Delete induction period").click()
        page.get_by_text("The induction period was deleted").wait_for()
        look(page)
        assert [each for each in page.complaints if "422" not in each] == []


def test_staff_add_a_period_and_change_it(live_server, chromium):
    period = InductionPeriodFactory(started_on=date(2025, 9, 1), appropriate_body__name="Hub A")

    with chromium_page(chromium) as page:
        sign_in_as(page, live_server.url, StaffUserFactory())
        page.goto(f"{live_server.url}/admin/teachers/{period.teacher.api_id}/induction")
        page.get_by_role("link", name="Add an induction period").click()
        page.get_by_role("button", name="Add period").click()
        page.get_by_role("link", name="Select the appropriate body").wait_for()
        look(page)
        page.get_by_role("link", name="Back", exact=True).click()
        page.get_by_role("link", name="Change this period").click()
        look(page, "Change the induction period")
        page.get_by_role("group", name="Start date").get_by_label("Day").fill("2")
        page.get_by_label("Number of the support ticket").fill("123456")
        page.get_by_role("button", name="Save changes").click()
        page.get_by_text("The induction period was changed").wait_for()
        page.get_by_text("2 September 2025", exact=True).wait_for()
        look(page)


def test_staff_record_a_pass_for_a_body(live_server, chromium):
    period = InductionPeriodFactory(started_on=date(2024, 9, 2))

    with chromium_page(chromium) as page:
        sign_in_as(page, live_server.url, StaffUserFactory())
        page.goto(f"{live_server.url}/admin/teachers/{period.teacher.api_id}/induction")
        page.get_by_role("link", name="Record a fail").click()
        look(page, "Record a fail")
        page.get_by_role("link", name="Back", exact=True).click()
        page.get_by_role("link", name="Record a pass").click()
        page.get_by_role("heading", level=1, name="Record a pass").wait_for()
        ended = page.get_by_role("group", name="Induction end date")
        for part, value in {"Day": "17", "Month": "7", "Year": "2026"}.items():
            ended.get_by_label(part).fill(value)
        page.get_by_label("Number of terms in this period").fill("6")
        page.get_by_label("Number of the support ticket").fill("123456")
        look(page)
        page.get_by_role("button", name="Record pass").click()
        page.get_by_text("The pass was recorded").wait_for()


def test_staff_delete_an_extension(live_server, chromium):
    period = InductionPeriodFactory()
    InductionExtensionFactory(
        teacher=period.teacher, appropriate_body=period.appropriate_body, reason="Long illness"
    )

    with chromium_page(chromium) as page:
        sign_in_as(page, live_server.url, StaffUserFactory())
        page.goto(f"{live_server.url}/admin/teachers/{period.teacher.api_id}/induction")
        look(page)
        page.get_by_role("link", name="Delete the extension by 1 term").click()
        look(page, "Delete this extension?")
        page.get_by_label("Why are you changing this?").fill("It was for another ECT")
        page.get_by_role("button", name="Delete extension").click()
        page.get_by_text("The extension was deleted").wait_for()
        assert page.complaints == []
