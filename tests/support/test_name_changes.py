"""Support looks at changes of both first and last names (spec 05 §9.1 Improve)."""

from datetime import date

import pytest

from register_ects.operations.teachers.names import change_name
from register_ects.rules.seen import mark_of
from tests.factories import ECTAtSchoolPeriodFactory, StaffUserFactory
from tests.registrations import AUTHOR, DAY

LIST = "/admin/name-changes"


@pytest.fixture
def staff(on, sign_in):
    on(DAY)
    return sign_in(StaffUserFactory())


def renamed(now, new):
    placement = ECTAtSchoolPeriodFactory(
        started_on=date(2026, 6, 1),
        school__gias_school__name="Oak School",
        teacher__corrected_name=now,
        teacher__trn="4000001",
    )
    change_name(placement, new, seen=mark_of(now), author=AUTHOR)
    return placement.teacher


def lines(page):
    return [
        [cell.get_text(" ", strip=True) for cell in row]
        for row in (row.select("th, td") for row in page.select("tbody tr"))
    ]


def test_a_change_of_both_names_is_listed_with_where_and_by_whom(staff):
    teacher = renamed("Ada Okafor", "Ben Cole")

    page = staff.get(LIST)

    assert lines(page) == [
        ["Ben Cole TRN 4000001", "Ada Okafor", "Oak School", "Tilda Marsh", "10 Sep 2026"]
    ]
    assert page.select_one("tbody a")["href"] == f"/admin/teachers/{teacher.api_id}"
    home = staff.get("/admin/")
    assert home.select_one(f"a[href='{LIST}']").text.strip() == (
        "Changed names that may be somebody else’s"
    )


def test_a_change_of_one_name_is_not_listed(staff):
    renamed("Ada Okafor", "Ada Cole")

    assert lines(staff.get(LIST)) == []
    assert not staff.get("/admin/").select(f"a[href='{LIST}']")


@pytest.mark.parametrize(("day", "is_listed"), [("2026-10-07", True), ("2026-10-09", False)])
def test_a_change_is_listed_for_four_weeks(on, staff, day, is_listed):
    renamed("Ada Okafor", "Ben Cole")
    on(date.fromisoformat(day))

    assert bool(lines(staff.get(LIST))) is is_listed
