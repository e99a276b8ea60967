"""An ECT and a new mentor registered by keyboard alone, on two widths and without scripts."""

import pytest

from register_ects import clock
from register_ects.models import MentorshipPeriod
from tests.registrations import DAY, make_world
from tests.schools.keyboard import Keyboard
from tests.support.chromium import chromium_page, is_fine, sign_in_as

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(settings, trs):
    """The world of registrations on its day, for the server's threads too."""
    settings.CLOCK_OFFSET_DAYS = (DAY - clock.london_date(clock.real_now())).days
    return make_world()


@pytest.mark.parametrize(("width", "has_javascript"), [(1280, True), (375, True), (375, False)])
def test_an_ect_and_a_new_mentor_are_registered_by_keyboard(
    live_server, chromium, world, width, has_javascript
):
    with chromium_page(chromium, width=width, javascript=has_javascript) as page:
        keys = Keyboard(page)

        def came_to(words):
            assert words in page.inner_text("main")
            assert not has_javascript or is_fine(page)

        sign_in_as(page, live_server.url, world.oak)
        page.goto(f"{live_server.url}/school/register-ect/find-ect")
        keys.presses("Continue")
        assert page.title().startswith("Error: ")
        assert not has_javascript or page.locator(".govuk-error-summary:focus").count() == 1
        keys.types("trn", "4000006")
        keys.types_date("date_of_birth", "1999-02-11")
        keys.presses("Continue")
        came_to("Zofia Lis")
        keys.chooses("Yes")
        keys.types("email", "zofia@oak.example.com")
        keys.types_date("started_on", "2026-09-01")
        keys.chooses("Full time")
        keys.presses("Continue")
        keys.chooses_in_list("appropriate_body", "Hub A", has_javascript=has_javascript)
        keys.chooses("Provider-led")
        keys.chooses("Larch Learning")
        assert not has_javascript or is_fine(page)
        keys.presses("Continue")
        came_to("Check")
        keys.presses("Confirm and register")
        came_to("Zofia Lis")

        keys.follows("Assign a mentor")
        keys.types("trn", "7000001")
        keys.types_date("date_of_birth", "1977-02-03")
        keys.presses("Continue")
        came_to("Elena Şahin")
        keys.chooses("Yes")
        keys.types("email", "elena@oak.example.com")
        keys.chooses("Yes, share their details with Larch Learning")
        keys.presses("Continue")
        came_to("Check")
        keys.presses("Confirm and register")
        came_to("Zofia Lis’s registration is complete")

    mentorship = MentorshipPeriod.objects.get()
    assert mentorship.mentor_at_school_period.teacher.name == "Elena Şahin"
    assert mentorship.ect_at_school_period.teacher.name == "Zofia Lis"
