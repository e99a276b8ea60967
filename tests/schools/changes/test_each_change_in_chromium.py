"""The changes of an ECT's record in a real browser, one after the other, without scripts too."""

from datetime import date

import pytest

from register_ects import clock
from register_ects.models import Event
from register_ects.operations.placements.registration import register_ect
from tests.factories import (
    ActiveLeadProviderFactory,
    AppropriateBodyFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
)
from tests.registrations import AUTHOR, DAY, ect, make_world
from tests.support.chromium import chromium_page, is_fine, sign_in_as

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(settings):
    """The world of registrations on its day, for the server's threads too."""
    settings.CLOCK_OFFSET_DAYS = (DAY - clock.london_date(clock.real_now())).days
    return make_world()


@pytest.fixture
def asha(world):
    """Asha Rao with a mentor; another mentor, hub and lead provider are there to be chosen."""
    placement = register_ect(world.oak, ect(world), author=AUTHOR)
    zed, _amy = (
        MentorAtSchoolPeriodFactory(
            school=world.oak, started_on=date(2025, 9, 1), teacher__corrected_name=name
        )
        for name in ("Zed Abel", "Amy Berg")
    )
    MentorshipPeriodFactory(
        ect_at_school_period=placement, mentor_at_school_period=zed, started_on=DAY
    )
    AppropriateBodyFactory(active=True, name="Hub B")
    birch = LeadProviderFactory(name="Birch")
    ActiveLeadProviderFactory(lead_provider=birch, year=2026)
    return placement


@pytest.mark.parametrize(("width", "has_javascript"), [(1280, True), (375, True), (375, False)])
def test_address_pattern_body_provider_and_mentor_are_changed(
    live_server, chromium, world, asha, width, has_javascript
):
    record = f"{live_server.url}/school/{world.oak.urn}/ects/{asha.pk}"
    with chromium_page(chromium, width=width, javascript=has_javascript) as page:
        page.set_default_timeout(8_000)
        sign_in_as(page, live_server.url, world.oak)

        def check():
            assert not has_javascript or is_fine(page), page.url

        def press(name):
            page.get_by_role("button", name=name).click()
            check()

        def begin(fact):
            page.goto(record)
            page.get_by_role("link", name=f"Change {fact}").first.click()
            check()

        def confirm(way_back="Go back to Asha"):
            press("Confirm")
            assert page.url.endswith("/confirmation")
            page.get_by_role("link", name=way_back).click()
            assert page.url == record

        begin("email")
        page.get_by_label("email address").fill("asha.rao@oak.example.com")
        press("Continue")
        confirm()

        begin("working pattern")
        press("Change to part time")
        confirm()

        begin("appropriate body")
        if has_javascript:
            page.locator("input[role=combobox]").fill("Hub B")
            page.get_by_role("option", name="Hub B").click()
        else:
            page.locator("select").select_option(label="Hub B")
        press("Continue")
        confirm()

        begin("lead provider")
        page.get_by_label("Birch").check()
        press("Continue")
        confirm()

        begin("mentor")
        page.get_by_label("Amy Berg").check()
        press("Continue")
        page.get_by_label("Yes").first.check()
        press("Continue")
        confirm("See Asha Rao’s details")

        said = " ".join(page.inner_text("main").split())
    for now in ("asha.rao@oak.example.com", "Part time", "Hub B", "Birch", "Amy Berg"):
        assert now in said
    assert {
        "teacher_email_address_updated",
        "teacher_working_pattern_updated",
        "teacher_appropriate_body_changed",
        "teacher_training_lead_provider_updated",
        "teacher_starts_mentoring",
    } <= set(Event.objects.values_list("event_type", flat=True))
