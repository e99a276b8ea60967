"""A change in a real browser, on a wide and a small screen, without JavaScript too."""

from datetime import timedelta

import pytest

from register_ects import clock
from register_ects.models import AppropriateBody
from register_ects.rules.contract_periods import academic_years
from register_ects.rules.enumerations import ScheduleIdentifier
from tests.factories import (
    ActiveLeadProviderFactory,
    AppropriateBodyFactory,
    ContractPeriodFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    MentorAtSchoolPeriodFactory,
    ScheduleFactory,
    SchoolFactory,
    TrainingPeriodFactory,
)
from tests.schools.change_journey import ask, first_page
from tests.support.chromium import (
    WCAG,
    chromium_page,
    is_fine,
    open_page,
    overflow,
    sign_in_as,
    violations,
)
from tests.support.pages import Browser, date_parts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Cerys Marchbank-Featherstonehaugh-Penhallow-of-Northmoor"


@pytest.fixture
def school():
    return SchoolFactory(with_tutor=True)


@pytest.fixture(params=["ects", "mentors"])
def record(request, school):
    factory = {"ects": ECTAtSchoolPeriodFactory, "mentors": MentorAtSchoolPeriodFactory}
    here = factory[request.param](school=school, teacher__corrected_name=LONG)
    return f"/school/{school.urn}/{request.param}/{here.pk}"


@pytest.fixture
def addresses(school):
    """First pages, check pages and pages that stop, of every kind of change."""
    today = clock.today()
    this_year = today.year if today.month >= 6 else today.year - 1
    for year in range(this_year - 2, this_year + 1):
        ContractPeriodFactory(year=year)
    browser = Browser().sign_in(school)
    hub = AppropriateBodyFactory(active=True)
    AppropriateBodyFactory(active=True, national=True, name=AppropriateBody.ISTIP)
    ects = [
        ECTAtSchoolPeriodFactory(
            school=school,
            started_on=today - timedelta(days=60),
            working_pattern=how,
            teacher__corrected_name=LONG,
        )
        for how in (None, "part_time")
    ]
    InductionPeriodFactory(teacher=ects[1].teacher, started_on=ects[1].started_on)
    asked = {
        "email-address": {"email": f"office.{'x' * 60}@{'oak.' * 12}example.com"},
        "working-pattern": {"working_pattern": "full_time"},
        "appropriate-body": {"appropriate_body": hub.pk},
        "start-date": date_parts("started_on", ects[0].started_on + timedelta(days=1)),
    }
    firsts = [first_page(ect, what) for ect in ects for what in asked]
    pages = [ask(browser, ects[0], what, answers) for what, answers in asked.items()]
    TrainingPeriodFactory(ect_at_school_period=ects[0], started_on=ects[0].started_on)
    pages.append(ask(browser, ects[0], "start-date", asked["start-date"]))
    later = [page.response.request["PATH_INFO"] for page in pages]
    assert [address.rsplit("/", 1)[-1] for address in later] == [
        *["check-answers"] * 4,
        "ask-support",
    ]
    return [*firsts, *later]


@pytest.mark.parametrize("width", [1280, 375])
def test_every_page_is_accessible_and_fits_the_screen(
    live_server, chromium, school, addresses, width
):
    with chromium_page(chromium, width=width) as page:
        sign_in_as(page, live_server.url, school)
        for address in addresses:
            open_page(page, live_server.url + address)

            assert (address, violations(page, *WCAG)) == (address, [])
            assert (address, overflow(page)) == (address, [])


@pytest.mark.parametrize(("width", "has_javascript"), [(1280, True), (375, True), (375, False)])
def test_a_name_is_changed(live_server, chromium, school, record, width, has_javascript):
    with chromium_page(chromium, width=width, javascript=has_javascript) as page:
        sign_in_as(page, live_server.url, school)
        page.goto(live_server.url + record)
        page.get_by_role("link", name="Change name").click()
        page.get_by_label("correct full name").fill(" ")
        page.get_by_role("button", name="Continue").click()
        assert page.title().startswith("Error: ")
        assert not has_javascript or is_fine(page)
        page.get_by_label("correct full name").fill("Ada " + LONG.replace("Cerys ", "Lady-"))
        page.get_by_role("button", name="Continue").click()
        assert not has_javascript or is_fine(page)
        page.get_by_role("button", name="Yes, it is the same person").click()
        assert not has_javascript or is_fine(page)
        page.get_by_role("button", name="Confirm change").click()
        assert page.get_by_role("heading", name="You’ve changed Ada").is_visible()
        assert not has_javascript or is_fine(page)
        page.get_by_role("link", name="Go back to Ada").click()

        assert page.url == live_server.url + record


@pytest.mark.parametrize(("width", "has_javascript"), [(1280, True), (375, True), (375, False)])
def test_a_training_programme_is_changed(live_server, chromium, school, width, has_javascript):
    year = int(academic_years(clock.today())[:4])
    ActiveLeadProviderFactory(lead_provider__name="Larch Learning", year=year)
    here = ECTAtSchoolPeriodFactory(school=school, teacher__corrected_name=LONG)
    TrainingPeriodFactory(ect_at_school_period=here, school=school, school_led=True)
    for identifier in ScheduleIdentifier:
        ScheduleFactory(contract_period__year=year, identifier=identifier)
    record = f"/school/{school.urn}/ects/{here.pk}"
    with chromium_page(chromium, width=width, javascript=has_javascript) as page:
        sign_in_as(page, live_server.url, school)
        page.goto(live_server.url + record)
        page.get_by_role("link", name="Change training programme").click()
        assert not has_javascript or is_fine(page)
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Continue").click()
        assert page.title().startswith("Error: ")
        assert not has_javascript or is_fine(page)
        page.get_by_label("Larch Learning").check()
        page.get_by_role("button", name="Continue").click()
        assert not has_javascript or is_fine(page)
        page.get_by_role("button", name="Confirm change").click()
        assert page.get_by_role("heading", name="You’ve changed Cerys").is_visible()
        assert not has_javascript or is_fine(page)
        page.get_by_role("link", name="Go back to Cerys").click()

        assert page.url == live_server.url + record
