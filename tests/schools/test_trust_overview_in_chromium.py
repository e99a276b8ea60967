"""The overview of a trust's schools, and its search, in a real browser on three screens."""

import pytest

from register_ects.web.identity import PERSONA, school_data
from tests.factories import ECTAtSchoolPeriodFactory, MentorAtSchoolPeriodFactory, SchoolFactory
from tests.support.chromium import WCAG, chromium_page, open_page, overflow, sign_in_as, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Cerys Marchbank-Featherstonehaugh-Penhallow-of-Northmoor"
TRUST = {"gias_school__trust_code": 4421, "gias_school__trust_name": "Five Valleys Trust"}


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_the_overview_and_its_search_are_accessible_and_fit_the_screen(
    live_server, chromium, width
):
    schools = [SchoolFactory(**TRUST) for _ in range(27)]
    ECTAtSchoolPeriodFactory(school=schools[0], teacher__corrected_name=LONG)
    MentorAtSchoolPeriodFactory(school=schools[1], teacher__corrected_name=LONG)
    somebody = school_data(
        schools[0].urn, name="Ada", email="ada@example.com", provider=PERSONA, trust=4421
    )
    with chromium_page(chromium, width=width) as page:
        sign_in_as(page, live_server.url, somebody)
        for query in ("", "?sort=name&page=2", "?q=cerys", "?q=zzzz"):
            address = f"/school/overview{query}"
            open_page(page, live_server.url + address)

            assert page.locator("h1").count() == 1
            assert (address, violations(page, *WCAG)) == (address, [])
            assert (address, overflow(page)) == (address, [])
            assert (address, page.complaints) == (address, [])
