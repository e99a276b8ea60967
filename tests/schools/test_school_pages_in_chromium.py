"""The lists and record pages of a school in a real browser, on a wide and a small screen."""

from datetime import date

import pytest

from register_ects.operations.placements.registration import register_ect
from register_ects.web.identity import DFE_SIGN_IN, school_data
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    RegistrationClosureFactory,
    SchoolFactory,
    TrainingPeriodFactory,
)
from tests.registrations import AUTHOR, ect
from tests.schools.ect_journey import answers_for, change_answers, find, walk
from tests.schools.mentor_journey import new_mentor, register
from tests.support.chromium import WCAG, chromium_page, open_page, overflow, sign_in_as, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Cerys Marchbank-Featherstonehaugh-Penhallow-of-Northmoor"


@pytest.fixture
def school():
    return SchoolFactory(with_tutor=True)


@pytest.fixture
def urls(school):
    """Pages in every state: complete, long names, withdrawn, leaving, left, somebody missing."""
    mentor = MentorAtSchoolPeriodFactory(school=school, teacher__corrected_name=LONG)
    TrainingPeriodFactory(mentor_at_school_period=mentor)
    MentorAtSchoolPeriodFactory(school=school, finished_on=date(2199, 1, 1))
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
        *("/school/home", "/school/home/ects?status=left", "/school/home/mentors?status=left"),
        *("/school/home/ects", "/school/home/ects?q=zzz", "/school/home/ects?page=9"),
        *("/school/home/mentors", "/school/home/induction-tutor", f"/school/mentors/{mentor.pk}"),
        "/school/people",
        "/school/what-you-need",
        *(f"/school/ects/{ect.pk}" for ect in ects),
    ]


@pytest.mark.parametrize("width", [1280, 375])
def test_pages_are_accessible_and_fit_the_screen(live_server, chromium, school, urls, width):
    with chromium_page(chromium, width=width) as page:
        sign_in_as(page, live_server.url, school)
        for url in urls:
            open_page(page, live_server.url + url)

            assert (url, violations(page, *WCAG)) == (url, [])
            assert (url, overflow(page)) == (url, [])
            assert (url, page.complaints) == (url, [])


#: How the first row of the list is laid out, whether its columns have heads, and its height.
LAYOUT = """() => {
  const row = document.querySelector(".app-people__row")
  const head = document.querySelector(".app-people__head").getBoundingClientRect()
  const heading = getComputedStyle(row.querySelector("[data-heading]"), "::before").content
  return [getComputedStyle(row).display, head.height > 1, heading.includes("Mentor: ")
    || heading.includes("Status: "), row.getBoundingClientRect().height]
}"""


@pytest.mark.parametrize(
    ("width", "layout", "tallest"),
    [(1280, ["table-row", True, False], 110), (375, ["block", False, True], 400)],
)
def test_ects_are_a_compact_table_or_cards_that_name_their_columns(
    live_server, chromium, school, width, layout, tallest
):
    for _ in range(13):
        TrainingPeriodFactory(school=school)
    with chromium_page(chromium, width=width) as page:
        sign_in_as(page, live_server.url, school)
        open_page(page, f"{live_server.url}/school/home/ects")

        *found, height = page.evaluate(LAYOUT)

        assert found == layout
        assert height < tallest


def _person_at(school):
    return school_data(
        school.urn, name="Priya Tester", email="priya@example.com", provider=DFE_SIGN_IN
    )


@pytest.fixture
def stops(world, trs, sign_in):
    """Pages on which people stop, as they read on 10 September 2026."""
    oak = sign_in(world.oak)
    asha = register_ect(world.oak, ect(world), author=AUTHOR)
    themself = new_mentor(trn=asha.teacher.trn, born="1990-01-01")
    found = [
        walk(oak, answers_for(world, find_ect=find(trn)), to="confirmation")
        for trn in ("7000002", "7000003")
    ]
    register_mentor = register(oak, asha, themself)
    check = walk(oak, answers_for(world), to="check-answers")
    another = {"email": f"{'zofia.lis.' * 5}x@{'oak.' * 10}example.com"}
    change_answers(oak, check, "review-ect-details", another)
    changed = oak.submit(check)
    assert changed.changes
    RegistrationClosureFactory(starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 30))
    denied = sign_in(_person_at(SchoolFactory(independent=True)))
    return [
        *found,
        register_mentor,
        changed,
        oak.get("/school/registration-window-closed"),
        oak.get("/school/home/ects"),
        oak.get("/school/home/mentors"),
        denied.get("/school/access-denied"),
    ]


def test_stop_pages_are_accessible_and_fit_any_screen(live_server, chromium, stops):
    with chromium_page(chromium) as page:
        for stop in stops:
            address = live_server.url + stop.response.request["PATH_INFO"]
            shown = stop.response.content.decode()
            page.route(address, lambda route: route.fulfill(body=shown, content_type="text/html"))  # noqa: B023 used before the next
            open_page(page, address)

            assert (address, violations(page, *WCAG)) == (address, [])
            assert (address, overflow(page)) == (address, [])
            assert len(page.title()) > len(" - Register early career teachers - GOV.UK")
