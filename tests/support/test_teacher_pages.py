"""Support staff find a person and see all that is known of them."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register_ects.operations.inductions.periods import pass_induction, release_ect
from tests.factories import (
    DeclarationFactory,
    ECTAtSchoolPeriodFactory,
    EventFactory,
    InductionExtensionFactory,
    InductionPeriodFactory,
    MentorshipPeriodFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)
from tests.inductions import AUTHOR

SEARCH = "/admin/teachers"


PARTS = ("", "/training", "/induction", "/payments", "/history")


def page_of(teacher, part=""):
    return f"{SEARCH}/{teacher.api_id}{part}"


def named(first, last, **fields):
    return TeacherFactory(trs_first_name=first, trs_last_name=last, **fields)


# -- Payments --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "told"),
    [("awaiting_clawback", "To be clawed back on"), ("clawed_back", "Clawed back on")],
)
def test_a_clawback_names_its_statement_as_what_is_to_come_or_has_been(officer, state, told):
    declaration = DeclarationFactory(**{state: True})

    page = officer.get(page_of(declaration.training_period.teacher, "/payments"))

    rows = {row.dt.get_text(strip=True): row.dd for row in page.select(".govuk-summary-list__row")}
    assert [key for key in rows if "lawed back on" in key] == [told]
    assert declaration.clawback_statement.month_name in rows[told].get_text()


# -- One person ------------------------------------------------------------------------------


@pytest.fixture
def teacher():
    """An ECT with everything, who mentors too."""
    teacher = named("Ada", "Okafor", trn="1234567", in_progress=True)
    placement = ECTAtSchoolPeriodFactory(teacher=teacher, with_appropriate_body=True)
    MentorshipPeriodFactory(
        ect_at_school_period=placement,
        mentor_at_school_period__teacher=named("Bola", "Varga"),
    )
    training = TrainingPeriodFactory(
        ect_at_school_period=placement,
        lead_provider__name="Cedar Learning",
        delivery_partner__name="Northshire Hub",
    )
    DeclarationFactory(training_period=training, eligible=True)
    InductionPeriodFactory(teacher=teacher, appropriate_body__name="Northshire Appropriate Body")
    InductionExtensionFactory(teacher=teacher)
    EventFactory(teacher=teacher)
    return teacher


@pytest.mark.parametrize(
    ("part", "name", "facts"),
    [
        (
            "",
            "Summary",
            [
                "TRN 1234567",
                "Appropriate body Northshire Appropriate Body",
                "TRS says of their induction In progress",
                "Mentors Bola Varga (1 Sep 2025 to present)",
            ],
        ),
        (
            "/training",
            "Training",
            ["Cedar Learning and Northshire Hub", "Schedule Standard September"],
        ),
        (
            "/induction",
            "Induction",
            [
                "Northshire Appropriate Body",
                "Outcome In progress",
                "Extensions: 1 term in all",
                "TRS says of their induction In progress",
            ],
        ),
        (
            "/payments",
            "Payments",
            ["Started, ECT", "State Eligible", "Statement November 2025"],
        ),
        ("/history", "History", ["Ada Okafor was imported from TRS"]),
    ],
)
def test_each_part_has_an_address_and_its_facts(officer, teacher, part, name, facts):
    page = officer.get(page_of(teacher, part))

    assert page.h1 == "Ada Okafor"
    assert page.title.startswith(f"Ada Okafor - {name} - ")
    assert page.select_one(".govuk-caption-l").get_text() == "ECT"
    links = page.select(".app-parts a")
    assert [link["href"] for link in links] == [page_of(teacher, each) for each in PARTS]
    assert [link.get_text() for link in links if link.get("aria-current") == "page"] == [name]
    for fact in facts:
        assert fact in page.text
    assert "Voided by" not in page.text


def test_the_summary_tells_of_the_placement(officer, teacher):
    placement = teacher.ect_at_school_periods.get()

    page = officer.get(page_of(teacher))

    for fact in (
        f"ECT at {placement.school.name}",
        f"Email {placement.email}",
        f"Appropriate body reported {placement.school_reported_appropriate_body.name}",
    ):
        assert fact in page.text


def test_the_summary_names_a_body_once(officer):
    placement = ECTAtSchoolPeriodFactory(with_appropriate_body=True)
    body = placement.school_reported_appropriate_body
    InductionPeriodFactory(teacher=placement.teacher, appropriate_body=body)

    page = officer.get(page_of(placement.teacher))

    assert page.text.count(body.name) == 1
    assert "Appropriate body reported The same as above" in page.text


def test_the_summary_leads_to_school_mentor_and_body(officer, teacher):
    placement = teacher.ect_at_school_periods.get()
    mentor = placement.mentorship_periods.get().mentor_teacher

    links = {link.get_text(): link["href"] for link in officer.get(page_of(teacher)).select("dd a")}

    assert links["Bola Varga"] == page_of(mentor)
    assert links["Northshire Appropriate Body"] == page_of(teacher, "/induction")
    [school] = [href for text, href in links.items() if placement.school.name in text]
    assert school.endswith(f"/Establishments/Establishment/Details/{placement.school.urn}")
    assert officer.get(links["Bola Varga"]).h1 == "Bola Varga"


def test_a_release_and_an_outcome_in_the_history_show_their_terms(officer):
    outcome, release = TeacherFactory(in_progress=True), TeacherFactory(in_progress=True)
    passed = InductionPeriodFactory(teacher=outcome, started_on=date(2022, 9, 1))
    released = InductionPeriodFactory(teacher=release, started_on=date(2022, 9, 1))
    ended = {"finished_on": date(2024, 7, 31), "number_of_terms": Decimal("6"), "author": AUTHOR}

    pass_induction(passed, **ended)
    release_ect(released, **ended)

    for person in (outcome, release):
        assert "Terms served: 6" in officer.get(page_of(person, "/history")).text


def test_a_mentor_shows_whom_they_mentor(officer, teacher):
    mentor = teacher.ect_at_school_periods.get().mentorship_periods.get().mentor_teacher

    page = officer.get(page_of(mentor))

    assert "ECTs mentored Ada Okafor (1 Sep 2025 to present)" in page.text
    assert "Induction status" not in page.text


def test_says_what_the_lead_provider_did(officer):
    training = TrainingPeriodFactory(
        withdrawn=True, finished_on=date(2026, 1, 31), lead_provider__name="Cedar Learning"
    )

    page = officer.get(page_of(training.teacher, "/training"))

    assert "Withdrawn by Cedar Learning on 31 January 2026: left teaching profession" in page.text


def test_a_training_without_partnership_awaits_confirmation(officer):
    training = TrainingPeriodFactory(eoi_only=True, lead_provider__name="Cedar Learning")

    page = officer.get(page_of(training.teacher, "/training"))

    assert "Lead provider Cedar Learning (awaiting confirmation)" in page.text
    assert "Delivery partner Not confirmed" in page.text


def test_school_led_training_has_no_provider(officer):
    training = TrainingPeriodFactory(school_led=True)

    page = officer.get(page_of(training.teacher, "/training"))

    assert "School-led training" in page.text
    assert "Lead provider" not in page.select_one("main").get_text()


@pytest.mark.parametrize("part", PARTS)
def test_says_when_nothing_is_recorded(officer, part):
    page = officer.get(page_of(TeacherFactory(), part))

    assert page.text.count("Nothing is recorded.") == 1


def test_an_unknown_person_is_not_found(officer):
    assert officer.get(f"{SEARCH}/{uuid.uuid4()}").status_code == 404


def test_names_are_never_markup(officer):
    teacher = named("<img src=x>", "Okafor")
    EventFactory(teacher=teacher, heading="<img src=x> came", body="<img src=y>")

    for part in PARTS:
        page = officer.get(page_of(teacher, part))

        assert page.h1 == "<img src=x> Okafor"
        assert page.select("main img") == []


@pytest.mark.parametrize("part", PARTS)
def test_a_long_history_costs_the_same_as_a_short_one(officer, teacher, part):
    with CaptureQueriesContext(connection) as short:
        officer.get(page_of(teacher, part))
    placement = teacher.ect_at_school_periods.get()
    training = placement.training_periods.get()
    for kind in ("retained-1", "retained-2"):
        DeclarationFactory(training_period=training, declaration_type=kind, eligible=True)
    for year in (2018, 2019):
        TrainingPeriodFactory(
            year=year if year >= 2020 else 2024,
            ect_at_school_period=ECTAtSchoolPeriodFactory(
                teacher=teacher, started_on=date(year, 9, 1), finished_on=date(year, 12, 1)
            ),
            started_on=date(year, 9, 1),
            finished_on=date(year, 12, 1),
        )
        InductionPeriodFactory(
            teacher=teacher,
            started_on=date(year, 9, 1),
            finished_on=date(year, 12, 1),
            number_of_terms=1,
        )
    EventFactory.create_batch(20, teacher=teacher)

    with CaptureQueriesContext(connection) as long:
        officer.get(page_of(teacher, part))

    assert len(short) == len(long) <= 14


def test_twenty_events_a_page(officer, teacher):
    EventFactory.create_batch(20, teacher=teacher)

    page = officer.get(page_of(teacher, "/history"))

    assert len(page.select(".app-timeline__item")) == 20
    assert page.select_one(".govuk-pagination__next a")["href"] == "?page=2"
