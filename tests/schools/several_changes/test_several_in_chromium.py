"""Several ECTs get another appropriate body in a real browser, from ticks on the list."""

from datetime import timedelta

import pytest

from register_ects import clock
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    SchoolFactory,
)
from tests.support.chromium import (
    WCAG,
    chromium_page,
    open_page,
    overflow,
    sign_in_as,
    violations,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Cerys Marchbank-Featherstonehaugh-Penhallow-of-Northmoor"


@pytest.fixture
def school():
    """A school with three ECTs, a mentor and a hub that can be chosen."""
    school = SchoolFactory(with_tutor=True)
    start = clock.today() - timedelta(days=60)
    for name in ("Ada Okafor", "Bea Lund", LONG):
        ECTAtSchoolPeriodFactory(school=school, started_on=start, teacher__corrected_name=name)
    MentorAtSchoolPeriodFactory(school=school, started_on=start)
    AppropriateBodyFactory(active=True, name="Hub B")
    return school


@pytest.mark.parametrize(("width", "has_javascript"), [(1280, True), (375, True), (375, False)])
def test_those_ticked_on_the_list_get_another_body(
    live_server, chromium, school, width, has_javascript
):
    def check():
        if has_javascript:
            assert (page.url, violations(page, *WCAG)) == (page.url, [])
            assert (page.url, overflow(page)) == (page.url, [])

    with chromium_page(chromium, width=width, javascript=has_javascript) as page:
        sign_in_as(page, live_server.url, school)
        page.goto(f"{live_server.url}/school/home/ects")
        check()
        for name in ("Ada Okafor", LONG):
            box = page.get_by_role("checkbox", name=f"Select {name}")
            box.focus()
            page.keyboard.press("Space")
            assert box.is_checked()
        page.get_by_role("button", name="Change their appropriate body").click()
        page.wait_for_url("**/choose")
        check()
        if has_javascript:
            page.locator("input[role=combobox]").fill("Hub B")  # once a script has put it there
            page.get_by_role("option", name="Hub B").click()
            check()
        else:
            page.locator("select").select_option(label="Hub B")
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url("**/check-answers")
        check()
        page.get_by_role("button", name="Confirm").click()
        page.wait_for_url("**/confirmation")
        assert page.locator("h1").inner_text().startswith("You’ve changed the appropriate body of")
        assert page.get_by_role("row", name="Ada Okafor").get_by_text("Done").is_visible()
        check()


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("change", ["give-mentor", "change-lead-provider"])
def test_the_first_pages_are_accessible_and_fit(live_server, chromium, school, change, width):
    with chromium_page(chromium, width=width) as page:
        sign_in_as(page, live_server.url, school)
        open_page(page, f"{live_server.url}/school/ects/several/{change}/choose-ects")

        assert violations(page, *WCAG) == []
        assert overflow(page) == []
