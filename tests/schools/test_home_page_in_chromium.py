"""A school's home page with all kinds of tasks in a real browser, wide and narrow."""

from datetime import date

import pytest

from tests.factories import (
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    RegistrationClosureFactory,
    SchoolFactory,
    TrainingPeriodFactory,
)
from tests.support.chromium import WCAG, chromium_page, open_page, overflow, sign_in_as, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def school():
    """A school with tasks of its own, tasks of others, and a closure."""
    school = SchoolFactory(with_tutor=True)
    ECTAtSchoolPeriodFactory(school=school)
    for state in ("withdrawn", "deferred", "eoi_only"):
        TrainingPeriodFactory(school=school, **{state: True})
    mentor = MentorAtSchoolPeriodFactory(school=school)
    TrainingPeriodFactory(mentor_at_school_period=mentor, for_mentor=True, withdrawn=True)
    return school


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("is_closed", [False, True])
def test_is_accessible_and_fits_the_screen(live_server, chromium, school, width, is_closed):
    if is_closed:
        RegistrationClosureFactory(starts_on=date(2020, 1, 1), ends_on=date(2199, 1, 1))
    with chromium_page(chromium, width=width) as page:
        sign_in_as(page, live_server.url, school)
        open_page(page, f"{live_server.url}/school/home")

        assert page.locator(".govuk-task-list__link").count() >= 4
        assert page.locator("main a.govuk-button").count() == (0 if is_closed else 1)
        assert violations(page, *WCAG) == []
        assert overflow(page) == []
        assert page.complaints == []
