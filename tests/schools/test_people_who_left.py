"""Who left a school, or finished induction there, is found again from its lists."""

from datetime import date

import pytest

from schools.queries.ect_list import list_ects
from schools.queries.mentor_list import list_mentors
from schools.status_filter import MentorFilter, StatusFilter
from tests.factories import ECTAtSchoolPeriodFactory, MentorAtSchoolPeriodFactory, SchoolFactory
from tests.schools.lists import names_in

pytestmark = pytest.mark.day("2026-02-02")

FACTORIES = {"ects": ECTAtSchoolPeriodFactory, "mentors": MentorAtSchoolPeriodFactory}
ROLES = pytest.mark.parametrize("role", ["ects", "mentors"])
LEFT_ON = date(2026, 1, 30)


def at(role, school, name, **changes):
    first, last = name.split()
    return FACTORIES[role](
        school=school, teacher__trs_first_name=first, teacher__trs_last_name=last, **changes
    )


@ROLES
def test_who_left_is_listed_apart_with_the_last_day_and_a_record_to_read(school, sign_in, role):
    ada = at(role, school, "Ada Okafor", finished_on=LEFT_ON)
    at(role, school, "Bo Lind")
    at(role, SchoolFactory(), "Cy Moss", finished_on=LEFT_ON)
    oak = sign_in(school)

    page = oak.get(f"/school/home/{role}", {"status": "left"})

    assert names_in(page) == ["Ada Okafor"]
    assert "here until 30 Jan 2026" in page.text
    assert names_in(oak.get(f"/school/home/{role}")) == ["Bo Lind"]
    record = oak.get(page.select_one("main tbody th a")["href"])
    assert "Ada Okafor" in record.title
    assert not record.select(f"main a[href^='/school/{role}/{ada.pk}/change']")
    assert record.select_one(".govuk-back-link")["href"] == f"/school/home/{role}?status=left"


@ROLES
def test_who_came_back_is_on_the_list_and_not_among_those_who_left(school, role):
    ada = at(role, school, "Ada Okafor", finished_on=LEFT_ON)
    FACTORIES[role](school=school, teacher=ada.teacher, started_on=date(2026, 2, 1))

    if role == "ects":
        assert list(list_ects(school, status=StatusFilter.LEFT).rows) == []
    else:
        assert list(list_mentors(school, status=MentorFilter.LEFT).rows) == []


def test_who_finished_induction_here_is_found_before_they_leave(school, sign_in):
    at("ects", school, "Ada Okafor", teacher__trs_induction_status="Passed")

    page = sign_in(school).get("/school/home/ects", {"status": "left"})

    assert names_in(page) == ["Ada Okafor"]
    assert "Completed induction" in page.text


@ROLES
def test_a_school_with_nobody_now_still_leads_to_who_left(school, sign_in, role):
    at(role, school, "Ada Okafor", finished_on=LEFT_ON)

    page = sign_in(school).get(f"/school/home/{role}")

    assert page.select_one("main a[href='?status=left']")


@ROLES
def test_a_search_that_finds_nobody_leads_to_the_same_search_among_who_left(school, sign_in, role):
    at(role, school, "Ada Okafor", finished_on=LEFT_ON)
    at(role, school, "Bo Lind")
    oak = sign_in(school)

    page = oak.get(f"/school/home/{role}", {"q": "okafor"})

    link = page.select_one("main a[href*='status=left&q']")
    assert names_in(oak.get(f"/school/home/{role}{link['href']}")) == ["Ada Okafor"]


@ROLES
def test_says_so_when_nobody_left(school, sign_in, role):
    at(role, school, "Bo Lind")

    page = sign_in(school).get(f"/school/home/{role}", {"status": "left"})

    assert "has left your school" in page.text


@pytest.mark.parametrize("left", [1, 4])
def test_costs_the_same_however_many_left(school, django_assert_num_queries, left):
    for number in range(left):
        at("ects", school, f"Ada Okafor{number}", finished_on=LEFT_ON)
        at("mentors", school, f"Bo Lind{number}", finished_on=LEFT_ON)

    with django_assert_num_queries(6):  # nobody here: one query, and no mentors to look for
        list(list_ects(school, status=StatusFilter.LEFT).rows)
    with django_assert_num_queries(4):
        list(list_mentors(school, status=MentorFilter.LEFT).rows)


def test_only_the_people_of_the_page_are_read(school, django_assert_num_queries):
    for number in range(3):
        at("ects", school, f"Ada Okafor{number}", finished_on=LEFT_ON)

    with django_assert_num_queries(2):
        rows = list_ects(school, status=StatusFilter.LEFT).rows
        assert len(rows) == 3
    assert [ect.name for ect in rows[1:]] == ["Ada Okafor1", "Ada Okafor2"]
    assert rows[0].name == "Ada Okafor0"


@pytest.mark.parametrize(
    ("status", "expected"),
    [("leaving", ["Ada Okafor"]), ("all", ["Bo Lind", "Ada Okafor"]), ("paused", [])],
)
def test_mentors_are_narrowed_by_status_with_counts(school, sign_in, status, expected):
    at("mentors", school, "Ada Okafor", finished_on=date(2026, 3, 1))
    at("mentors", school, "Bo Lind")

    page = sign_in(school).get("/school/home/mentors", {"status": status})

    links = page.select("nav[aria-label='Show mentors by status'] a")
    assert names_in(page) == expected
    assert [link.get_text() for link in links] == [
        "All (2)",
        "Action required (0)",
        "Training paused (0)",
        "Leaving (1)",
        "Left",
    ]


def test_nobody_who_left_is_ticked_to_have_something_done_for_them(school, sign_in):
    at("ects", school, "Ada Okafor", finished_on=LEFT_ON)
    at("ects", school, "Bo Lind")
    browser = sign_in(school)

    here, left = browser.get("/school/home/ects"), browser.get("/school/home/ects?status=left")

    assert len(here.select("main [name=ects]")) == len(here.select("#for-ticked")) == 1
    assert left.select("main [name=ects]") == left.select("#for-ticked") == []
