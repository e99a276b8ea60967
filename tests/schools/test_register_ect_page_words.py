"""What the pages of the register-ECT journey say, by what is known (spec 05 §7)."""

from datetime import timedelta

import pytest

from register_ects import clock
from register_ects.models.appropriate_bodies import Region, RegionDistrict
from tests.factories import AppropriateBodyFactory, ECTAtSchoolPeriodFactory, TeacherFactory
from tests.schools.ect_journey import TRN, answers_for, slug_of, walk
from tests.support.pages import date_parts

pytestmark = pytest.mark.usefixtures("trs")

ENDS_THERE = "them with you ends their time there the day before they start with you"
CHECK_SERVICE = "https://check-a-teachers-record.education.gov.uk/"


@pytest.mark.parametrize(
    ("started", "finished", "said", "not_said"),
    [
        ("2025-09-01", "2026-07-20", "is no longer registered at Elm School", ENDS_THERE),
        ("2025-09-01", "2026-12-18", "If they are still there when they start with you", "18 Dec"),
        ("2025-09-01", None, f"registered at Elm School now. Registering {ENDS_THERE}", "If they"),
        ("2026-10-01", None, "Elm School has registered Zofia Lis from 1 October 2026", "now"),
    ],
)
def test_an_earlier_placement_elsewhere_is_told_as_it_stands_today(
    world, oak, started, finished, said, not_said
):
    ECTAtSchoolPeriodFactory(
        school=world.elm, teacher__trn=TRN, started_on=started, finished_on=finished
    )

    page = walk(oak, answers_for(world), to="review-ect-details")

    shown = " ".join(tag.get_text() for tag in page.select("main p"))
    assert said in shown
    assert not_said not in shown


@pytest.mark.parametrize(
    ("started", "finished", "heading"),
    [
        ("2025-09-01", "2026-07-20", "was registered as an ECT before"),
        ("2025-09-01", "2026-12-18", "is registered as an ECT at another school"),
        ("2026-10-01", None, "is registered as an ECT at another school"),
    ],
)
def test_only_what_is_over_is_called_before(world, oak, started, finished, heading):
    ECTAtSchoolPeriodFactory(
        school=world.elm, teacher__trn=TRN, started_on=started, finished_on=finished
    )

    page = walk(oak, answers_for(world), to="review-ect-details")

    assert f"Zofia Lis {heading}" in [" ".join(h2.text.split()) for h2 in page.select("h2")]


@pytest.mark.parametrize(
    ("finished", "said"),
    [("2026-07-20", "was at your school before"), ("2026-12-18", "is leaving your school")],
)
def test_who_was_here_before_is_linked(world, oak, finished, said):
    placement = ECTAtSchoolPeriodFactory(
        school=world.oak, teacher__trn=TRN, started_on="2025-09-01", finished_on=finished
    )

    page = walk(oak, answers_for(world), to="review-ect-details")

    assert said in page.text
    assert page.select_one(f'main a[href="/school/ects/{placement.pk}"]')


def test_says_who_is_told_and_what_the_lead_provider_does(world, oak):
    page = walk(oak, answers_for(world), to="training")

    assert page.select_one("#lead_provider-hint").get_text(strip=True) == (
        "We share Zofia Lis’s details with the lead provider you select. They confirm that they "
        "work with your school before training starts."
    )


@pytest.mark.parametrize(
    ("trn", "slug", "links_to_the_record"),
    [("7000003", "cannot-register-ect", True), ("7000002", "trn-not-found", False)],
)
def test_a_stop_page_leads_to_the_record_when_it_is_the_reason(
    world, oak, trn, slug, links_to_the_record
):
    found = {"trn": trn, **date_parts("date_of_birth", "1977-02-03")}

    page = walk(oak, answers_for(world, find_ect=found), to="review-ect-details")

    assert slug_of(page) == slug
    assert bool(page.select(f"a[href='{CHECK_SERVICE}']")) is links_to_the_record


def body_page(world, browser, *, district):
    """Return the page that asks for the appropriate body, for a school in a district."""
    type(world.oak.gias_school).objects.filter(pk=world.oak.gias_school_id).update(
        administrative_district_name=district
    )
    return walk(
        browser,
        answers_for(world),
        to="training",
    )


def test_the_hub_of_the_area_is_named_beside_the_question_and_comes_first(world, oak):
    AppropriateBodyFactory(name="Aardvark Hub", active=True)
    region = Region.objects.create(code="OAK1", appropriate_body=world.hub)
    RegionDistrict.objects.create(region=region, name="Oakshire")

    page = body_page(world, oak, district="Oakshire")

    hint = " ".join(page.select_one("form .govuk-hint").get_text().split())
    assert hint.startswith(
        f"The hub for your area is {world.hub.name}, first in the list. You can choose another."
    )
    assert page.select("select option")[1].get_text(strip=True) == world.hub.name


def test_typing_is_only_spoken_of_where_scripts_run(world, oak):
    page = body_page(world, oak, district=None)

    typing = page.select_one("form .govuk-hint .app-with-scripts")
    assert "Start typing" in typing.get_text()
    typing.extract()
    assert page.select_one("form .govuk-hint").get_text(strip=True) == ""


def test_who_can_tell_which_record_is_active_can_be_written_to(world, oak):
    found = {"trn": "7000004", **date_parts("date_of_birth", "1977-02-03")}

    page = walk(oak, answers_for(world, find_ect=found), to="review-ect-details")

    assert page.select_one("main a[href='mailto:qts.enquiries@education.gov.uk']")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("Passed", "Our records show that Zofia Lis has completed their induction"),
        ("Failed", "Our records show that Zofia Lis has failed their induction"),
        ("Exempt", "Our records show that Zofia Lis is exempt from induction"),
    ],
)
def test_an_induction_that_ended_meanwhile_is_told_on_the_check_page(world, oak, status, said):
    check = walk(oak, answers_for(world), to="check-answers")
    TeacherFactory(
        trn=TRN,
        trs_induction_status=status,
        trs_data_last_refreshed_at=clock.now() + timedelta(minutes=1),
    )

    page = oak.submit(check)

    assert page.status_code == 422
    assert list(page.errors.values()) == [said]
