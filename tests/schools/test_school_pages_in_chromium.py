"""The lists and record pages of a school in a real browser, on a wide and a small screen."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from tests.factories import (
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    SchoolFactory,
    TrainingPeriodFactory,
)
from tests.support.chromium import chromium_page
from tests.support.pages import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Rules of WCAG 2.2 AA and below.
STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
LONG = "Cerys Marchbank-Featherstonehaugh-Penhallow-of-Northmoor"


@pytest.fixture
def school():
    return SchoolFactory(with_tutor=True)


@pytest.fixture
def urls(school):
    """Pages in every state: complete, long names, withdrawn, leaving, left, somebody missing."""
    mentor = MentorAtSchoolPeriodFactory(school=school, teacher__corrected_name=LONG)
    TrainingPeriodFactory(mentor_at_school_period=mentor)
    complete = TrainingPeriodFactory(school=school).ect_at_school_period
    MentorshipPeriodFactory(ect_at_school_period=complete, mentor_at_school_period=mentor)
    withdrawn = TrainingPeriodFactory(school=school, withdrawn=True).ect_at_school_period
    leaving = ECTAtSchoolPeriodFactory(
        school=school, finished_on=date(2199, 1, 1), reported_leaving_by_school=school
    )
    left = ECTAtSchoolPeriodFactory(school=school, finished_on=date(2025, 12, 1))
    unmentored = ECTAtSchoolPeriodFactory(school=school, teacher__corrected_name=LONG)
    ects = (complete, withdrawn, leaving, left, unmentored)
    return [
        *("/school/home/ects", "/school/home/ects?q=zzz", "/school/home/ects?page=9"),
        *("/school/home/mentors", "/school/home/induction-tutor", f"/school/mentors/{mentor.pk}"),
        *(f"/school/ects/{ect.pk}" for ect in ects),
    ]


@pytest.mark.parametrize("width", [1280, 375])
def test_pages_are_accessible_and_fit_the_screen(live_server, school, urls, width):
    name = settings.SESSION_COOKIE_NAME
    session = Browser().sign_in(school).client.cookies[name].value
    with chromium_page(width=width) as page:
        page.context.add_cookies([{"name": name, "value": session, "url": live_server.url}])
        for url in urls:
            page.goto(live_server.url + url)
            page.wait_for_load_state("networkidle")

            found = Axe().run(page, options=STANDARD).response["violations"]
            assert (url, [one["id"] for one in found]) == (url, [])
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), url
            assert (url, page.complaints) == (url, [])
