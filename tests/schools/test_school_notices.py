"""The induction tutor's page, and the pages that explain why a school cannot go on."""

from datetime import date

import pytest

from register_ects.web.identity import DFE_SIGN_IN, school_data
from tests.factories import (
    GIASSchoolFactory,
    GIASSchoolLinkFactory,
    RegistrationClosureFactory,
    SchoolFactory,
)
from tests.schools.ect_journey import find

DENIED = "/school/access-denied"
CLOSED = "/school/registration-window-closed"
TUTOR = "/school/home/induction-tutor"


def person_at(register):
    return school_data(
        register.urn, name="Priya Tester", email="priya@example.com", provider=DFE_SIGN_IN
    )


def test_shows_the_induction_tutor(sign_in):
    school = SchoolFactory(induction_tutor_name="<b>Tilda", induction_tutor_email="t@example.com")

    page = sign_in(school).get(TUTOR)

    assert page.select_one("a[aria-current]").get_text(strip=True) == "Induction tutor"
    assert "<b>Tilda" in page.text
    assert "t@example.com" in page.text


def test_says_that_no_induction_tutor_is_named(sign_in):
    page = sign_in(SchoolFactory()).get(TUTOR)

    assert "Your school has not named an induction tutor." in page.text


@pytest.mark.parametrize("url", [TUTOR, DENIED, CLOSED])
def test_a_stranger_is_sent_to_sign_in(browse, url):
    assert browse.get(url).location == "/"


def test_a_closed_school_learns_why_and_which_school_took_its_place(sign_in):
    closed = GIASSchoolFactory(name="Oak School", closed=True)
    SchoolFactory(gias_school=closed)
    successor = GIASSchoolFactory(name="Oak Academy")
    GIASSchoolLinkFactory(urn=closed, link_urn=successor.urn)
    browser = sign_in(person_at(closed))

    assert browser.get("/school/home/ects").location == DENIED
    page = browser.get(DENIED)
    assert page.status_code == 403
    assert page.h1 == "Oak School cannot use this service"
    assert f"Oak Academy (URN {successor.urn}) took its place" in page.text


def test_names_no_successor_when_there_are_several(sign_in):
    closed = SchoolFactory(gias_school__closed=True).gias_school
    for name in ("Oak Academy", "Elm Academy"):
        successor = GIASSchoolFactory(name=name)
        GIASSchoolLinkFactory(urn=closed, link_urn=successor.urn)

    page = sign_in(person_at(closed)).get(DENIED)

    assert "is not open" in page.text
    assert "Academy" not in page.text


def test_a_school_that_is_not_set_up_is_asked_to_wait(sign_in):
    register = GIASSchoolFactory(name="New School")

    page = sign_in(person_at(register)).get(DENIED)

    assert page.h1 == "New School cannot use this service yet"


def test_an_independent_school_without_funding_learns_why(sign_in):
    register = SchoolFactory(independent=True).gias_school

    page = sign_in(person_at(register)).get(DENIED)

    assert "without section 41 approval" in page.text


def test_a_school_that_is_not_blocked_goes_to_its_list(sign_in):
    assert sign_in(SchoolFactory()).get(DENIED).location == "/school/home/ects"


def test_says_until_when_registration_is_closed(sign_in, on):
    on("2026-06-05")
    RegistrationClosureFactory(
        starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 14), message="We are getting ready."
    )

    page = sign_in(SchoolFactory()).get(CLOSED)

    assert page.h1 == "Registration is closed until 15 June 2026"
    assert "We are getting ready." in page.text


def test_two_closures_in_a_row_are_told_as_one(sign_in, on):
    on("2026-06-05")
    for starts_on, ends_on in ((1, 14), (15, 28)):
        RegistrationClosureFactory(
            starts_on=date(2026, 6, starts_on), ends_on=date(2026, 6, ends_on)
        )

    browser = sign_in(SchoolFactory())

    page = browser.get(CLOSED)
    assert page.h1 == "Registration is closed until 29 June 2026"
    assert "From 1 June 2026 to 28 June 2026 you cannot" in page.text
    assert "Register them here from 29 June 2026" in page.text
    banner = browser.get("/school/home/ects").select_one(".govuk-notification-banner")
    assert "Registration is closed until 29 June 2026" in banner.get_text()


def test_registration_that_is_open_leads_to_the_list(sign_in):
    assert sign_in(SchoolFactory()).get(CLOSED).location == "/school/home/ects"


PAGES = ("/school/home/ects", "/school/home/mentors", TUTOR)


@pytest.mark.parametrize("url", PAGES)
def test_a_closure_to_come_is_announced_and_stops_nobody(sign_in, on, url):
    on("2026-05-20")
    RegistrationClosureFactory(
        starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 14), message="We are getting ready."
    )
    browser = sign_in(SchoolFactory())

    banner = browser.get(url).select_one(".govuk-notification-banner").get_text()

    assert "Registration will be closed from 1 June 2026 to 14 June 2026" in banner
    assert "We are getting ready." in banner
    assert browser.get("/school/register-ect/find-ect").status_code == 200


def test_a_closure_of_one_day_is_told_as_one(sign_in, on):
    on("2026-05-20")
    RegistrationClosureFactory(starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 1))

    banner = sign_in(SchoolFactory()).get(TUTOR).select_one(".govuk-notification-banner")

    assert "closed on 1 June 2026" in banner.get_text()


@pytest.mark.parametrize("today", ["2026-05-03", "2026-06-15"])
def test_nothing_is_said_long_before_a_closure_or_after_it(sign_in, on, today):
    on(today)
    RegistrationClosureFactory(starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 14))

    assert not sign_in(SchoolFactory()).get(TUTOR).select(".govuk-notification-banner")


def test_what_was_begun_survives_a_closure(sign_in, on, trs):
    on("2026-05-31")
    RegistrationClosureFactory(starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 14))
    browser = sign_in(SchoolFactory())
    page = browser.post("/school/register-ect/find-ect", find("7000002")).location

    on("2026-06-05")
    assert browser.get(page).location == CLOSED
    on("2026-06-15")
    assert browser.get(page).status_code == 200


def test_what_stays_open_while_registration_is_closed(sign_in, on):
    on("2026-06-05")
    RegistrationClosureFactory(starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 14))
    browser = sign_in(SchoolFactory())
    change = "/school/induction-tutor/update-induction-tutor/edit"

    for url in (*PAGES, change, "/school/support/new"):
        assert browser.get(url).status_code == 200, url
