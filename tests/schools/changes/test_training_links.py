"""What a record's page leads to when training or mentoring is to change (spec 05 §5.3 to §5.6)."""

from datetime import date

import pytest

from tests.factories import MentorshipPeriodFactory, RegistrationClosureFactory
from tests.operations.training_to_change import asha, ben, birch, school_led, trained
from tests.registrations import DAY
from tests.schools.change_journey import change_links, first_page

__all__ = ["asha", "ben", "birch"]


def record(browser, placement, path):
    return browser.get(f"/school/{path}/{placement.pk}")


def links_in(page):
    return {a["href"] for a in page.select("main a")}


def test_an_ects_page_leads_to_the_changes_of_provider_and_programme(world, oak, asha):
    trained(world, asha)

    links = change_links(record(oak, asha, "ects"))

    assert links["lead provider"] == first_page(asha, "lead-provider")
    assert links["training programme"] == first_page(asha, "training-programme")
    assert "mentor" not in links


def test_school_led_training_has_no_provider_to_change(oak, asha):
    school_led(asha)

    links = change_links(record(oak, asha, "ects"))

    assert "lead provider" not in links
    assert "training programme" in links


def test_who_has_a_mentor_may_change_them(oak, asha, ben):
    MentorshipPeriodFactory(
        ect_at_school_period=asha, mentor_at_school_period=ben, started_on=asha.started_on
    )

    assert change_links(record(oak, asha, "ects"))["mentor"] == first_page(asha, "mentor")


def test_training_that_was_withdrawn_leads_to_both_ways_on(world, oak, asha):
    trained(world, asha, withdrawn=True, finished_on=date(2026, 7, 1))

    links = links_in(record(oak, asha, "ects"))

    assert {first_page(asha, "lead-provider"), first_page(asha, "training-programme")} <= links


def test_training_that_was_withdrawn_leads_to_the_report_that_they_leave(world, oak, asha):
    trained(world, asha, withdrawn=True, finished_on=date(2026, 7, 1))

    page = record(oak, asha, "ects")

    (link,) = page.select("#training a:-soup-contains('is leaving your school')")
    assert link["href"].endswith(f"/ects/{asha.pk}/report-teacher-leaving/edit")


def test_while_registration_is_closed_nothing_leads_to_what_waits(world, oak, asha, ben):
    trained(world, asha)
    MentorshipPeriodFactory(
        ect_at_school_period=asha, mentor_at_school_period=ben, started_on=asha.started_on
    )
    RegistrationClosureFactory(starts_on=DAY, ends_on=DAY)

    links = change_links(record(oak, asha, "ects"))

    assert "lead provider" in links
    assert not {"mentor", "training programme"} & links.keys()


@pytest.mark.parametrize("state", [{}, {"deferred": True, "finished_on": date(2026, 7, 1)}])
def test_a_mentors_page_leads_to_another_provider(world, oak, ben, state):
    trained(world, ben, **state)

    links = change_links(record(oak, ben, "mentors"))

    assert links["lead provider"] == first_page(ben, "lead-provider")


def test_a_mentor_whom_a_provider_withdrew_leads_to_another_from_page_and_list(world, oak, ben):
    trained(world, ben, withdrawn=True, finished_on=date(2026, 7, 1))

    for page in (record(oak, ben, "mentors"), oak.get("/school/home/mentors")):
        assert first_page(ben, "lead-provider") in links_in(page)


def test_a_mentor_without_training_has_nothing_to_change(oak, ben):
    assert "lead provider" not in change_links(record(oak, ben, "mentors"))
