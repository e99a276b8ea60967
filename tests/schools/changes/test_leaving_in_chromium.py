"""A leaving in a real browser, on a wide and a small screen, without JavaScript too."""

from datetime import timedelta

import pytest

from register_ects import clock
from tests.factories import MentorshipPeriodFactory, SchoolFactory
from tests.support.chromium import chromium_page, is_fine, sign_in_as

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Cerys Marchbank-Featherstonehaugh-Penhallow-of-Northmoor"


@pytest.fixture
def school():
    return SchoolFactory(with_tutor=True)


@pytest.fixture(params=["ects", "mentors"])
def record(request, school):
    people = ("ect_at_school_period", "mentor_at_school_period")
    names = {f"{person}__teacher__corrected_name": LONG for person in people}
    mentorship = MentorshipPeriodFactory(school=school, **names)
    both = dict(zip(("ects", "mentors"), people, strict=True))
    return f"/school/{school.urn}/{request.param}/{getattr(mentorship, both[request.param]).pk}"


@pytest.mark.parametrize(("width", "has_javascript"), [(1280, True), (375, True), (375, False)])
def test_a_leaving_is_reported_and_cancelled(
    live_server, chromium, school, record, width, has_javascript
):
    leaving_on = clock.today() + timedelta(days=30)
    with chromium_page(chromium, width=width, javascript=has_javascript) as page:

        def press(button):
            page.get_by_role("button", name=button).click()
            assert not has_javascript or is_fine(page)

        sign_in_as(page, live_server.url, school)
        page.goto(live_server.url + record)
        page.get_by_role("link", name="Report that Cerys").click()
        press("Continue")
        assert page.title().startswith("Error: ")
        for part in ("day", "month", "year"):
            page.get_by_label(part.title(), exact=True).fill(str(getattr(leaving_on, part)))
        press("Continue")
        press("Confirm last day")
        assert page.get_by_role("heading", name="is leaving your school").is_visible()
        page.get_by_role("link", name="Go back to Cerys").click()
        assert not has_javascript or is_fine(page)
        page.get_by_role("link", name="is staying: cancel their leaving").click()
        press("Confirm that they are staying")
        assert page.get_by_role("heading", name="is staying at your school").is_visible()
        page.get_by_role("link", name="Go back to Cerys").click()

        assert page.url == live_server.url + record
        assert page.get_by_role("link", name="Report that Cerys").is_visible()
