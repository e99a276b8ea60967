"""A claim takes over what a school has told us, and warns of conflicts."""

from datetime import date

import pytest

from register_ects.models import AppropriateBodyPeriod
from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    SchoolFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)
from tests.inductions import BORN_ON
from tests.support.pages import date_parts

FIND = "/appropriate-body/claim-an-ect/find-ect/new"
FOUND = {"trn": "3000101", **date_parts("date_of_birth", BORN_ON)}


def reported(body, started_on=date(2025, 9, 1)):
    placement = ECTAtSchoolPeriodFactory(
        teacher=TeacherFactory(trn="3000101"),
        started_on=started_on,
        school_reported_appropriate_body=body,
    )
    TrainingPeriodFactory(ect_at_school_period=placement, started_on=started_on, school_led=True)
    return placement


def last_step(user):
    check = user.post(FIND, FOUND).follow()
    return user.submit(check).follow()


def filled_in(page):
    day = [page.select_one(f"#started_on-{part}").get("value") for part in ("day", "month", "year")]
    programme = page.select_one("input[name=training_programme][checked]")
    return day, programme and programme["value"]


@pytest.mark.usefixtures("trs")
def test_what_the_school_told_us_is_filled_in(hub, user):
    placement = reported(hub)

    page = last_step(user)

    assert filled_in(page) == (["1", "9", "2025"], "school_led")
    assert placement.school.name in page.text
    assert "check that it is right" in page.text


@pytest.mark.usefixtures("trs")
def test_a_start_that_the_rules_refuse_is_told_and_not_filled_in(hub, user):
    reported(hub, started_on=date(2026, 9, 1))

    page = last_step(user)

    assert filled_in(page) == (["", "", ""], "school_led")
    assert "their first day there is 1 September 2026" in page.text


@pytest.mark.usefixtures("trs")
def test_of_a_school_that_names_another_body_nothing_is_told(user):
    placement = reported(AppropriateBodyFactory(name="Hub B"))

    page = last_step(user)

    assert filled_in(page) == (["", "", ""], None)
    assert placement.school.name not in page.text


@pytest.mark.usefixtures("trs")
def test_a_hub_is_warned_of_an_ect_of_its_lead_school(hub, user):
    placement = reported(hub)
    AppropriateBodyPeriod.objects.filter(appropriate_body=hub).update(
        lead_school=placement.school.gias_school
    )

    page = user.post(FIND, FOUND).follow()

    assert f"{placement.school.name}, which leads your hub" in page.text
    assert page.select("main form button")


@pytest.mark.usefixtures("trs")
def test_of_a_hub_that_holds_them_the_lead_school_is_named_with_its_website(user):
    theirs = AppropriateBodyFactory(name="Hub B", active=True)
    lead = SchoolFactory(gias_school__website="www.lead.example").gias_school
    AppropriateBodyPeriod.objects.filter(appropriate_body=theirs).update(lead_school=lead)
    InductionPeriodFactory(appropriate_body=theirs, teacher__trn="3000101")

    page = user.post(FIND, FOUND).follow()

    assert "registered with Hub B" in page.text
    assert f"They are led by {lead.name}" in page.text
    assert "www.lead.example" in page.text
