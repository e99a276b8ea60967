"""From a school's record to the claim in a real browser, without JavaScript too."""

from datetime import date

import pytest

from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    SchoolFactory,
    TeacherFactory,
)
from tests.support.chromium import WCAG, chromium_page, open_page, overflow, sign_in_as, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AREA = "/appropriate-body"


@pytest.fixture
def hub():
    hub = AppropriateBodyFactory(active=True, name="Hub A")
    school = SchoolFactory(with_tutor=True)

    def reported(**changes):
        return ECTAtSchoolPeriodFactory(
            school=school, school_reported_appropriate_body=hub, **changes
        )

    reported(teacher=TeacherFactory(trn="3000777"))
    reported(teacher=TeacherFactory(trs_qts_awarded_on=None))
    InductionPeriodFactory(teacher=reported().teacher)
    leaver = reported(finished_on=date(2026, 7, 10))
    InductionPeriodFactory(teacher=leaver.teacher, appropriate_body=hub)
    return hub


@pytest.mark.parametrize("width", [1280, 375])
def test_every_list_is_accessible_and_fits_the_screen(live_server, chromium, hub, width):
    with chromium_page(chromium, width=width) as page:
        sign_in_as(page, live_server.url, hub)
        for path in ("home", "schools-data"):
            open_page(page, f"{live_server.url}{AREA}/{path}")
            links = page.locator(".govuk-task-list__link")
            assert links.count() == 4
            assert violations(page, *WCAG) == []
            assert overflow(page) == []
        for address in links.evaluate_all("links => links.map(link => link.href)"):
            open_page(page, address)
            assert page.locator("tbody tr").count() == 1
            assert violations(page, *WCAG) == []
            assert overflow(page) == []
        assert page.complaints == []


def test_without_javascript_a_record_leads_to_the_claim(live_server, chromium, hub):
    with chromium_page(chromium, javascript=False) as page:
        sign_in_as(page, live_server.url, hub)
        page.goto(f"{live_server.url}{AREA}/home")
        page.get_by_role("link", name="1 ECT to claim").click()
        page.get_by_role("link", name="Claim").last.click()

        assert page.get_by_label("Teacher reference number").input_value() == "3000777"
