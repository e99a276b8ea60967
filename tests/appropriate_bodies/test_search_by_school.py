"""A body finds its ECTs by their school (spec 06 §6.5)."""

from datetime import date

import pytest

from tests.factories import (
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    SchoolFactory,
    TeacherFactory,
)

HOME = "/appropriate-body/teachers"


@pytest.fixture
def school():
    return SchoolFactory(gias_school__name="Quarrington Academy", gias_school__urn=987654)


def at(school, first, **induction):
    teacher = TeacherFactory(trs_first_name=first, trs_last_name="Okafor")
    placement = ECTAtSchoolPeriodFactory(teacher=teacher, school=school)
    InductionPeriodFactory(teacher=teacher, **induction)
    return placement


def names(page):
    return [cell.get_text(" ", strip=True) for cell in page.select("tbody th")]


@pytest.mark.parametrize("text", ["quarrington", "Quarrington Acad", "987654"])
def test_who_is_at_a_school_is_found_by_its_name_or_urn(hub, user, school, text):
    at(school, "Ada", appropriate_body=hub)
    at(SchoolFactory(), "Bola", appropriate_body=hub)
    at(school, "Cerys")

    assert names(user.get(HOME, {"q": text})) == ["Ada Okafor"]


def test_a_person_of_that_name_comes_before_a_school(hub, user, school):
    at(school, "Ada", appropriate_body=hub)
    at(SchoolFactory(), "Quarrington", appropriate_body=hub)

    assert names(user.get(HOME, {"q": "quarrington"})) == ["Quarrington Okafor"]


def test_where_a_released_ect_is_now_is_not_told(hub, user, school):
    at(school, "Ada", appropriate_body=hub, started_on=date(2024, 9, 2), finished=True)

    page = user.get(f"{HOME}/released", {"q": "quarrington"})

    assert names(page) == []
    assert "No released ECTs match" in page.h1


def test_schools_records_are_found_by_school(hub, user, school):
    for where in (school, SchoolFactory()):
        ECTAtSchoolPeriodFactory(school=where, school_reported_appropriate_body=hub)

    page = user.get("/appropriate-body/schools-data/claimable", {"q": "quarrington"})

    assert len(names(page)) == 1
    assert "URN 987654" in page.text
