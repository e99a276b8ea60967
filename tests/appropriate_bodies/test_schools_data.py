"""The lists of what schools recorded that a body has to look at (spec 06 §6.7)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AppropriateBodyFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    SchoolFactory,
    TeacherFactory,
)

DATA = "/appropriate-body/schools-data"
LISTS = ("claimable", "no-qts", "claimed-by-another-appropriate-body", "leavers")
TODAY = date(2026, 7, 16)


@pytest.fixture
def other():
    return AppropriateBodyFactory(active=True, name="Hub B")


def reported(first, hub, **changes):
    """Return a placement, since September, of somebody whose school names the hub."""
    person = {
        name.removeprefix("teacher__"): changes.pop(name)
        for name in list(changes)
        if name.startswith("teacher__")
    }
    teacher = changes.pop("teacher", None) or TeacherFactory(
        trs_first_name=first, trs_last_name="Okafor", **person
    )
    return ECTAtSchoolPeriodFactory(
        teacher=teacher, school_reported_appropriate_body=hub, **changes
    )


def held(placement, body, **changes):
    InductionPeriodFactory(teacher=placement.teacher, appropriate_body=body, **changes)


def names(page):
    return [
        cell.find("a").get_text(strip=True)
        if cell.find("a")
        else cell.find(string=True, recursive=False).strip()
        for cell in page.select("tbody th")
    ]


def listed(user, query=""):
    """Return whom each list has, by the end of its address, without the last name they share."""
    return {
        which: [name.removesuffix(" Okafor") for name in names(user.get(f"{DATA}/{which}{query}"))]
        for which in LISTS
    }


@pytest.fixture
def examples(hub, other):
    """The table of §6.7: all report hub A, Hana and Gus after another school."""
    none = {"teacher__trs_qts_awarded_on": None}
    reported("Asha", hub, started_on=date(2025, 9, 1))
    reported("Ben", hub, started_on=date(2026, 8, 20), **none)
    held(reported("Cora", hub), other)
    held(reported("Dev", hub, **none), other)
    held(reported("Ella", hub), hub)
    held(reported("Femi", hub, finished_on=date(2026, 7, 31)), hub)
    gus = reported("Gus", hub, started_on=date(2024, 9, 2), finished_on=date(2025, 7, 18))
    reported("", hub, teacher=gus.teacher)
    held(gus, hub)
    hana = reported("Hana", hub, started_on=date(2024, 9, 2), finished_on=date(2025, 7, 18))
    reported("", other, teacher=hana.teacher, school__gias_school__name="School Y")
    held(hana, hub)


@pytest.mark.usefixtures("examples")
def test_each_example_is_on_its_lists(user, other, sign_in):
    assert listed(user) == {
        "claimable": ["Asha"],
        "no-qts": ["Dev", "Ben"],
        "claimed-by-another-appropriate-body": ["Cora", "Dev"],
        "leavers": ["Hana", "Femi"],
    }
    assert listed(sign_in(other)) == {
        "claimable": [],
        "no-qts": [],
        "claimed-by-another-appropriate-body": ["Hana"],
        "leavers": [],
    }


@pytest.mark.usefixtures("examples")
def test_the_overview_and_home_count_them_and_lead_to_them(user):
    for address in (DATA, "/appropriate-body/home"):
        page = user.get(address)
        links = {a.get_text(strip=True): a["href"] for a in page.select("main .govuk-task-list a")}
        assert links == {
            "1 ECT to claim": f"{DATA}/claimable",
            "2 ECTs without qualified teacher status (QTS)": f"{DATA}/no-qts",
            "2 ECTs claimed by another appropriate body": f"{DATA}/{LISTS[2]}",
            "2 ECTs who left or are leaving their school": f"{DATA}/leavers",
        }
    assert user.get(DATA).h1 == "Schools’ records for 2026/2027"
    assert "The first last day at a school: 18 July 2025" in page.text


def test_with_nothing_to_look_at_the_pages_say_so(user):
    assert "Nothing needs you today." in user.get("/appropriate-body/home").text
    assert user.get(DATA).select("main .govuk-task-list a") == []
    for which in LISTS:
        page = user.get(f"{DATA}/{which}")
        assert page.h1.startswith("0 ECTs")
        assert "they appear in this list" in page.text


@pytest.mark.parametrize("status", ["Passed", "Failed", "FailedInWales", "Exempt"])
def test_who_is_through_with_induction_is_on_no_list(hub, user, status):
    reported("Asha", hub, teacher__trs_induction_status=status)
    reported("Ben", hub, teacher__trs_induction_status=status, teacher__trs_qts_awarded_on=None)

    assert set(map(len, listed(user).values())) == {0}


@pytest.mark.parametrize("outcome", ["passed", "failed"])
def test_who_has_an_outcome_here_that_trs_does_not_know_is_on_no_list(hub, other, user, outcome):
    held(reported("Asha", hub), other, **{outcome: True})

    assert set(map(len, listed(user).values())) == {0}


def test_who_was_released_may_be_claimed(hub, other, user):
    held(reported("Asha", hub), other, finished=True)
    held(reported("Ben", hub), hub, finished=True)

    assert listed(user)["claimable"] == ["Asha", "Ben"]


def test_who_left_before_today_is_not_to_be_claimed_and_who_leaves_today_is(hub, user):
    reported("Asha", hub, finished_on=date(2026, 7, 15))
    reported("Ben", hub, finished_on=TODAY)

    assert listed(user)["claimable"] == ["Ben"]


def test_a_teacher_has_one_row_however_many_placements(hub, user):
    leaver = reported("Asha", hub, started_on=date(2024, 9, 2), finished_on=date(2025, 7, 18))
    reported("", hub, teacher=leaver.teacher, finished_on=date(2026, 7, 10))
    held(leaver, hub)
    here = reported("Ben", hub, finished_on=date(2026, 8, 31))
    reported("", hub, teacher=here.teacher, started_on=date(2026, 9, 1))

    assert listed(user) == {
        **{which: [] for which in LISTS},
        "claimable": ["Ben"],
        "leavers": ["Asha"],
    }
    row = user.get(f"{DATA}/leavers").select_one("tbody tr")
    assert "10 Jul 2026" in row.get_text()


def test_lists_are_in_order_of_start_date_then_last_name(hub, user):
    for first, last, day in [("A", "Zed", 2), ("B", "Adams", 2), ("C", "Mills", 1)]:
        teacher = TeacherFactory(trs_first_name=first, trs_last_name=last)
        reported("", hub, teacher=teacher, started_on=date(2025, 9, day))

    assert names(user.get(f"{DATA}/claimable")) == ["C Mills", "B Adams", "A Zed"]


def test_a_row_to_claim_shows_the_school_and_leads_to_the_claim_with_the_trn(hub, user):
    school = SchoolFactory(with_tutor=True)
    reported(
        "Asha",
        hub,
        school=school,
        teacher__trn="3000777",
        teacher__trs_initial_teacher_training_provider_name="Northmoor SCITT",
    )

    row = user.get(f"{DATA}/claimable").select_one("tbody tr")

    for text in ("TRN 3000777", school.name, school.induction_tutor_email, "Northmoor SCITT"):
        assert text in row.get_text(" ")
    claim = user.get(row.select("a")[-1]["href"])
    assert claim.select_one("input[name=trn]")["value"] == "3000777"


def test_who_starts_later_can_be_claimed_from_that_day(hub, user):
    reported("Asha", hub, started_on=date(2026, 9, 1))

    row = user.get(f"{DATA}/claimable").select_one("tbody tr")

    assert "Claim from 1 Sep 2026" in row.get_text()
    assert row.select("a") == []


@pytest.mark.usefixtures("examples")
def test_who_is_claimed_elsewhere_is_shown_with_the_body_that_holds_them(user):
    page = user.get(f"{DATA}/claimed-by-another-appropriate-body")

    assert {row.select("td")[-1].get_text(strip=True) for row in page.select("tbody tr")} == {
        "Hub B"
    }


@pytest.mark.usefixtures("examples")
def test_a_leaver_is_shown_with_where_they_are_now_and_can_be_released(user):
    rows = user.get(f"{DATA}/leavers").select("tbody tr")

    assert "School Y" in rows[0].get_text()
    assert user.get(rows[0].select("a")[-1]["href"]).h1 == "Release Hana Okafor"


@pytest.mark.usefixtures("examples")
@pytest.mark.parametrize(("text", "found"), [("ben", ["Ben"]), ("DEV", ["Dev"]), ("zoe", [])])
def test_lists_are_searched_as_ects_are(user, text, found):
    page = user.get(f"{DATA}/no-qts", {"q": text})

    assert [name.removesuffix(" Okafor") for name in names(page)] == found
    assert listed(user, f"?q={text}")["leavers"] == []


def test_51_records_take_two_pages(hub, user):
    for _ in range(51):
        ECTAtSchoolPeriodFactory(school_reported_appropriate_body=hub)

    first = user.get(f"{DATA}/claimable")

    assert len(names(first)) == 50
    assert len(names(user.get(f"{DATA}/claimable", {"page": "2"}))) == 1
    assert len(names(user.get(f"{DATA}/claimable", {"page": "9"}))) == 1


@pytest.mark.usefixtures("examples")
def test_a_list_is_downloaded_as_it_is_searched(user, hub):
    reported("=Asha", hub)

    file = user.get(f"{DATA}/claimable.csv")
    everybody = file.response.content.decode("utf-8-sig").splitlines()
    found = user.get(f"{DATA}/leavers.csv", {"q": "hana"}).response.content.decode("utf-8-sig")

    assert file.response["Content-Disposition"] == 'attachment; filename="claimable.csv"'
    assert (len(everybody), everybody[0].split(",")[:2]) == (3, ["Name", "TRN"])
    assert "'=Asha Okafor" in everybody[2]
    assert "School Y" in found.splitlines()[1]
    assert len(found.splitlines()) == 2


@pytest.mark.parametrize("address", [DATA, *(f"{DATA}/{which}" for which in LISTS)])
def test_a_page_costs_the_same_for_2_and_for_20_rows(hub, user, address):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert user.get(address).status_code == 200
        return len(queries)

    def some(number):
        for _ in range(number):
            reported("Ada", hub)
            reported("Bo", hub, teacher__trs_qts_awarded_on=None)
            held(reported("Cy", hub), AppropriateBodyFactory())
            held(reported("Di", hub, finished_on=date(2026, 7, 1)), hub)

    some(2)
    few = cost()
    some(18)

    assert cost() == few <= 8
