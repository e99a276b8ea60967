"""A school's ECTs and mentors on one page and as a file (spec 05 §20.7)."""

import csv
import io
from datetime import date

import pytest

from tests.factories import (
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TrainingPeriodFactory,
)

LISTS = ("/school/home/ects", "/school/home/mentors")


@pytest.fixture
def people(world):
    """Asha Rao with her mentor Ben Lowe, and somebody who has left."""
    asha = ECTAtSchoolPeriodFactory(
        school=world.oak,
        started_on=date(2026, 9, 1),
        finished_on=date(2026, 12, 18),
        email="asha@oak.example.com",
        teacher__trn="0012345",
        teacher__trs_first_name="Asha",
        teacher__trs_last_name="Rao",
    )
    ben = MentorAtSchoolPeriodFactory(
        school=world.oak,
        started_on=date(2025, 9, 1),
        teacher__trs_first_name="Ben",
        teacher__trs_last_name="Lowe",
    )
    MentorshipPeriodFactory(
        ect_at_school_period=asha,
        mentor_at_school_period=ben,
        started_on=date(2026, 9, 1),
        finished_on=date(2026, 12, 18),
    )
    TrainingPeriodFactory(
        ect_at_school_period=asha,
        year=2026,
        lead_provider=world.larch,
        delivery_partner=world.tern,
        finished_on=date(2026, 12, 18),
    )
    ECTAtSchoolPeriodFactory(
        school=world.oak,
        started_on=date(2025, 9, 1),
        finished_on=date(2026, 7, 1),
        teacher__corrected_name="Gone Away",
    )
    return asha, ben


def file_of(browser):
    response = browser.client.get(browser.whole("/school/people.csv"))
    text = response.content.decode("utf-8-sig")
    return response, list(csv.DictReader(io.StringIO(text)))


def test_the_file_has_a_row_for_each_of_both_lists(oak, people):
    _, rows = file_of(oak)

    asha, ben = rows
    assert asha == {
        "Role": "ECT",
        "Name": "Asha Rao",
        "TRN": "0012345",
        "Email address": "asha@oak.example.com",
        "Start date": "2026-09-01",
        "Last day": "2026-12-18",
        "Status": "Registered",
        "Mentors or assigned ECTs": "Ben Lowe",
        "Appropriate body": "",
        "Training programme": "Provider-led",
        "Lead provider": "Larch Learning",
        "Delivery partner": "Tern Trust",
    }
    assert (ben["Role"], ben["Name"], ben["Mentors or assigned ECTs"]) == (
        "Mentor",
        "Ben Lowe",
        "Asha Rao",
    )


def test_it_is_a_download_that_nobody_keeps_on_the_way(oak, people):
    response, _ = file_of(oak)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="ects-and-mentors-')
    assert "no-store" in response["Cache-Control"]
    assert response.content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("name", ["=1+1", "+44", "-Ada", "@SUM(A1)", "\uff1d1", '=HYPERLINK("x")'])
def test_no_cell_is_a_formula(world, oak, name):
    ECTAtSchoolPeriodFactory(school=world.oak, teacher__corrected_name=name)

    _, [row] = file_of(oak)

    assert row["Name"] == f"'{name}"


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("Ada;=1+1", "Ada;'=1+1"),
        ("Ada; @SUM(A1)", "Ada;' @SUM(A1)"),
        ("Ada,+44", "Ada,'+44"),
        ("Ada Smith-Jones; Ben", "Ada Smith-Jones; Ben"),
        ("Ada\u2019s name, Ben", "Ada\u2019s name, Ben"),
    ],
)
def test_nothing_is_a_formula_where_cells_are_divided_at_other_signs(world, oak, name, cell):
    ECTAtSchoolPeriodFactory(school=world.oak, teacher__corrected_name=name)

    _, [row] = file_of(oak)

    assert row["Name"] == cell


def test_the_page_to_print_shows_the_same_people(oak, people):
    page = oak.get("/school/people")

    assert page.h1 == "ECTs and mentors at Oak School"
    assert "As recorded on 10 September 2026" in page.text
    tables = [table.get_text(" ", strip=True) for table in page.select("table")]
    assert "Asha Rao TRN 0012345 asha@oak.example.com 1 Sep 2026 to 18 Dec 2026" in tables[0]
    assert "Larch Learning with Tern Trust" in tables[0]
    assert "Ben Lowe" in tables[1]
    assert "Gone Away" not in page.text
    (link,) = (a for a in page.select("main a") if a["href"] == "/school/people.csv")
    assert "govuk-!-display-none-print" in link.parent["class"]


@pytest.mark.parametrize("address", LISTS)
def test_both_lists_lead_to_it(oak, people, address):
    links = [link["href"] for link in oak.get(address).select("main a")]

    assert "/school/people" in links


def test_nobody_of_another_school_is_in_it(world, sign_in, people):
    elm = sign_in(world.elm)

    assert file_of(elm)[1] == []
    assert "Your school has no ECTs registered." in elm.get("/school/people").text


@pytest.mark.parametrize("address", ["/school/people", "/school/people.csv"])
def test_it_costs_as_many_queries_for_many(
    world, oak, people, address, django_assert_max_num_queries
):
    for _ in range(4):
        MentorshipPeriodFactory(school=world.oak)

    with django_assert_max_num_queries(14):
        assert oak.client.get(oak.whole(address)).status_code == 200
