"""One ECT's page at a school."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    SchoolFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)
from tests.schools.ect_page import asha, card, page_of, url_of

__all__ = ["asha"]

pytestmark = pytest.mark.day("2026-02-02")


# -- Whose page --------------------------------------------------------------------------------


def test_another_schools_ect_is_not_found(sign_in, asha):
    assert sign_in(SchoolFactory()).get(url_of(asha)).status_code == 404


@pytest.mark.parametrize("identifier", ["0", "x", "-1", "1.5", "9" * 40, "1%00", "\uff11"])
def test_an_id_that_names_nobody_is_not_found(sign_in, identifier):
    assert sign_in(SchoolFactory()).get(f"/school/ects/{identifier}").status_code == 404


def test_a_deleted_placement_is_not_found(sign_in, asha):
    school, url = asha.school, url_of(asha)
    asha.delete()

    assert sign_in(school).get(url).status_code == 404


def test_a_stranger_is_sent_to_sign_in(browse, asha):
    assert browse.get(url_of(asha)).location == "/"


@pytest.mark.parametrize("started_on", [date(2024, 9, 1), date(2026, 9, 1)])
def test_past_and_future_ects_are_found(sign_in, started_on):
    finished_on = date(2025, 7, 18) if started_on.year == 2024 else None
    placement = ECTAtSchoolPeriodFactory(started_on=started_on, finished_on=finished_on)

    assert page_of(sign_in, placement).h1 == placement.teacher.name


# -- What it says ------------------------------------------------------------------------------


def test_shows_the_details_that_the_school_gave(sign_in, asha):
    assert card(page_of(sign_in, asha), "ECT details") == {
        "Name": "Asha Rao",
        "Teacher reference number (TRN)": "3456789",
        "Email address": "asha@oak.example.com",
        "Mentor": "No mentor assigned Assign a mentor to Asha Rao",
        "Status": (
            "Mentor needed Action required: assign a mentor to complete their registration."
        ),
        "School start date": "1 September 2025",
        "Working pattern": "Full time",
    }


def test_confirmed_training_and_who_confirmed_it(sign_in, asha):
    TrainingPeriodFactory(
        ect_at_school_period=asha,
        lead_provider=LeadProviderFactory(name="Larch Learning"),
        delivery_partner__name="Tern Trust",
    )

    assert card(page_of(sign_in, asha), "Training details") == {
        "Training programme": "Provider-led",
        "Lead provider": "Larch Learning Confirmed by them.",
        "Delivery partner": "Tern Trust Reported by the lead provider. Only they can change this.",
    }


def test_training_that_the_provider_has_not_confirmed(sign_in, asha):
    larch = LeadProviderFactory(name="Larch Learning")
    TrainingPeriodFactory(ect_at_school_period=asha, eoi_only=True, lead_provider=larch)

    training = card(page_of(sign_in, asha), "Training details")

    assert "awaiting their confirmation." in training["Lead provider"]
    assert training["Delivery partner"].startswith("Not yet reported")


def test_school_led_training_shows_the_programme_only(sign_in, asha):
    TrainingPeriodFactory(ect_at_school_period=asha, school_led=True)

    page = page_of(sign_in, asha)

    assert card(page, "Training details") == {"Training programme": "School-led"}
    assert card(page, "What is happening now")["Who trains them?"].startswith("Your school")


def test_withdrawn_training_says_who_ended_it(sign_in, asha):
    larch = LeadProviderFactory(name="Larch Learning")
    TrainingPeriodFactory(ect_at_school_period=asha, withdrawn=True, lead_provider=larch)

    training = card(page_of(sign_in, asha), "Training details")

    assert training == {
        "Training": (
            "Larch Learning told us that they are no longer training Asha Rao."
            " If this is wrong, contact Larch Learning."
            " If they continue in provider-led training, select another lead provider ."
            " If your school trains them from now on, change to school-led training ."
            " If they have left or will leave, report that Asha Rao is leaving your school ."
        )
    }


def test_without_training_there_is_no_training_section(sign_in, asha):
    assert card(page_of(sign_in, asha), "Training details") is None


# -- What is happening now ---------------------------------------------------------------------


def test_answers_the_four_questions(sign_in, asha):
    TrainingPeriodFactory(
        ect_at_school_period=asha, lead_provider=LeadProviderFactory(name="Larch Learning")
    )
    MentorshipPeriodFactory(
        ect_at_school_period=asha,
        mentor_at_school_period__teacher__corrected_name="Ben Lowe",
    )

    assert card(page_of(sign_in, asha), "What is happening now") == {
        "Who trains them?": "Larch Learning Confirmed by them.",
        "Who assesses their induction?": (
            "Hub A Reported by your school, awaiting their confirmation."
        ),
        "Who mentors them?": "Ben Lowe",
        "What do we need from you?": "Nothing at the moment. The registration is complete.",
    }


def test_training_that_has_ended_is_not_told_as_going_on(sign_in, asha):
    larch = LeadProviderFactory(name="Larch Learning")
    TrainingPeriodFactory(
        ect_at_school_period=asha, lead_provider=larch, finished_on=date(2026, 2, 1)
    )

    assert card(page_of(sign_in, asha), "What is happening now")["Who trains them?"] == (
        "Nobody at the moment Training with Larch Learning ended on 1 February 2026."
    )


def test_asks_for_a_mentor_when_there_is_none(sign_in, asha):
    MentorAtSchoolPeriodFactory(school=asha.school)

    page = page_of(sign_in, asha)

    needed = card(page, "What is happening now")["What do we need from you?"]
    assert needed == "Assign a mentor to Asha Rao to complete the registration"
    assert page.select_one(f"#now a[href='/school/ects/{asha.pk}/mentorship/new']")


def test_nothing_is_awaited_once_induction_is_passed(sign_in, asha):
    hub = asha.school_reported_appropriate_body
    InductionPeriodFactory(teacher=asha.teacher, appropriate_body=hub, passed=True)
    asha.teacher.trs_induction_status = "Passed"
    asha.teacher.save()
    MentorAtSchoolPeriodFactory(school=asha.school)

    page = page_of(sign_in, asha)

    now = card(page, "What is happening now")
    assert now["Who assesses their induction?"].startswith("Hub A Confirmed")
    assert now["Who mentors them?"] == "Nobody"
    assert now["What do we need from you?"] == "Nothing at the moment"
    assert not page.select(f"a[href*='/ects/{asha.pk}/mentorship']")


def test_nothing_is_awaited_of_a_body_when_induction_ended_elsewhere(sign_in, asha):
    asha.teacher.trs_induction_status = "Failed"
    asha.teacher.save()

    now = card(page_of(sign_in, asha), "What is happening now")

    assert now["Who assesses their induction?"] == "Hub A Reported by your school."


# -- Leaving -----------------------------------------------------------------------------------


def test_a_reported_leaver_is_shown_with_the_last_day(sign_in, asha):
    asha.finished_on, asha.reported_leaving_by_school = date(2026, 3, 31), asha.school
    asha.save()

    text = page_of(sign_in, asha).text

    assert "Your school reported that Asha Rao is leaving. Their last day is 31 March 2026." in text


def test_once_they_have_left_the_page_can_only_be_read(sign_in, asha):
    asha.finished_on = date(2026, 2, 1)
    asha.save()

    page = page_of(sign_in, asha)

    assert "Asha Rao left your school on 1 February 2026." in page.text
    assert card(page, "ECT details")["Status"].startswith("Left school")
    assert page.select("main .govuk-summary-card a") == []
    assert card(page, "What is happening now") is None


# -- The way back ------------------------------------------------------------------------------


def test_leads_back_to_the_list_or_to_the_mentor_it_was_reached_from(sign_in, asha):
    mentor = MentorAtSchoolPeriodFactory(school=asha.school)
    stranger = MentorAtSchoolPeriodFactory()
    browser = sign_in(asha.school)

    backs = {
        asked: browser.get(url_of(asha), {"mentor": asked}).select_one(".govuk-back-link")["href"]
        for asked in ("", mentor.pk, stranger.pk, "x", "9" * 30)
    }

    assert backs == {
        "": "/school/home/ects",
        mentor.pk: f"/school/mentors/{mentor.pk}",
        stranger.pk: "/school/home/ects",
        "x": "/school/home/ects",
        "9" * 30: "/school/home/ects",
    }


def test_leads_back_to_the_list_as_it_was(sign_in, asha):
    for _ in range(21):
        ECTAtSchoolPeriodFactory(school=asha.school, teacher__trs_last_name="Moss")
    asked = {"q": "moss", "status": "action-required", "page": "2"}
    listed = sign_in(asha.school).get("/school/home/ects", asked)

    opened = listed.browser.get(listed.select_one("main tbody th a")["href"])

    assert opened.select_one(".govuk-back-link")["href"] == (
        "/school/home/ects?status=action-required&q=moss&page=2"
    )


@pytest.mark.parametrize(
    ("carried", "expected"),
    [
        ("q=o%26o&mentor=1&next=//elsewhere.example", "?q=o%26o"),
        ("https://elsewhere.example/", ""),
        ("//elsewhere.example", ""),
        ("q=%22%3E%3Cscript%3E", "?q=%22%3E%3Cscript%3E"),
        ("q=" + "x" * 2000, ""),
        ("&" * 200, ""),
        ("\x00%ff", ""),
    ],
)
def test_the_way_back_leads_only_to_the_list(sign_in, asha, carried, expected):
    page = sign_in(asha.school).get(url_of(asha), {"from": carried})

    assert page.select_one(".govuk-back-link")["href"] == f"/school/home/ects{expected}"


def test_shows_hostile_names_as_text(sign_in):
    teacher = TeacherFactory(corrected_name="<img src=x onerror=alert(1)>")
    larch = LeadProviderFactory(name="<b>Larch</b>")
    placement = ECTAtSchoolPeriodFactory(teacher=teacher, email="<i>@example.com")
    TrainingPeriodFactory(ect_at_school_period=placement, lead_provider=larch, withdrawn=True)

    page = page_of(sign_in, placement)

    assert page.h1 == "<img src=x onerror=alert(1)>"
    assert page.select("main img, main b, main i") == []


def test_costs_the_same_however_much_has_happened(sign_in, asha):
    def cost():
        browser = sign_in(asha.school)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(url_of(asha)).status_code == 200
        return len(queries)

    InductionPeriodFactory(teacher=asha.teacher, finished=True)
    for month in (9, 10):
        _month_of_training_and_mentoring(asha, month)
    with_two = cost()
    for month in (11, 12):
        _month_of_training_and_mentoring(asha, month)

    assert cost() == with_two <= 12


def _month_of_training_and_mentoring(placement, month):
    days = {"started_on": date(2025, month, 1), "finished_on": date(2025, month, 28)}
    TrainingPeriodFactory(ect_at_school_period=placement, **days)
    MentorshipPeriodFactory(ect_at_school_period=placement, **days)
