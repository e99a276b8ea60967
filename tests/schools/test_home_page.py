"""A school begins with what needs it today, each task leading to just these people."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register_ects.web.identity import acting_as_school_data
from schools.queries.home import home_of_school
from tests.factories import (
    AppropriateBodyFactory,
    ContractPeriodFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    OutgoingEmailFactory,
    RegistrationClosureFactory,
    SchoolFactory,
    StaffUserFactory,
    TrainingPeriodFactory,
)
from tests.schools.ect_journey import answers_for, walk
from tests.schools.lists import names_in

URL = "/school/home"

pytestmark = pytest.mark.day("2026-02-02")


def tasks(page):
    """Return the tasks with their days, by what they lead to."""
    return {
        link["href"].removeprefix("/school/home/"): " ".join(
            link.find_parent("li").get_text(" ").split()
        )
        for link in page.select("main .govuk-task-list__link")
    }


def ect_with_mentor(school, **changes):
    ect = ECTAtSchoolPeriodFactory(school=school, **changes)
    MentorshipPeriodFactory(
        ect_at_school_period=ect,
        mentor_at_school_period=MentorAtSchoolPeriodFactory(
            school=school, started_on=ect.started_on
        ),
        started_on=ect.started_on,
        finished_on=ect.finished_on,
    )
    return ect


def test_who_starts_later_has_not_waited_yet(school, sign_in):
    ECTAtSchoolPeriodFactory(school=school, started_on="2026-04-01")

    told = tasks(sign_in(school).get(URL))["ects?status=no-mentor"]

    assert told == "1 ECT has no mentor From 1 April 2026"


def test_says_that_nothing_needs_you_and_whose_page_it_is(school, sign_in):
    ect_with_mentor(school)

    page = sign_in(school).get(URL)

    assert page.select_one("h1").get_text(strip=True) == school.name
    assert "Nothing needs you today." in page.text
    assert tasks(page) == {}
    assert [a.get_text(strip=True) for a in page.select("main a.govuk-button")] == [
        "Register an ECT"
    ]


def test_an_ect_without_a_mentor_comes_first_with_how_long_the_first_has_waited(school, sign_in):
    TrainingPeriodFactory(
        school=school, withdrawn=True, ect_at_school_period=ect_with_mentor(school)
    )
    ECTAtSchoolPeriodFactory(school=school, started_on=date(2026, 1, 5))
    waits = ECTAtSchoolPeriodFactory(school=school, started_on=date(2025, 9, 1))
    mentor = MentorAtSchoolPeriodFactory(school=school, started_on=date(2025, 9, 1))
    MentorshipPeriodFactory(
        ect_at_school_period=waits,
        mentor_at_school_period=mentor,
        started_on=date(2025, 9, 1),
        finished_on=date(2025, 12, 31),
    )
    oak = sign_in(school)

    listed = tasks(oak.get(URL))

    assert list(listed) == ["ects?status=no-mentor", "ects?status=training-stopped"]
    assert listed["ects?status=no-mentor"] == (
        "2 ECTs have no mentor The first has waited since 1 January 2026"
    )
    assert "1 ECT’s lead provider stopped their training" in listed["ects?status=training-stopped"]
    assert len(names_in(oak.get(f"{URL}/ects?status=no-mentor"))) == 2


def test_emails_that_are_returned_are_tasks_of_their_list(school, sign_in):
    ect = ect_with_mentor(school, email="gone@school.example.com")
    MentorAtSchoolPeriodFactory(school=school, email="away@school.example.com")
    for recipient in ("gone@school.example.com", "away@school.example.com"):
        OutgoingEmailFactory(
            recipient=recipient,
            receipt="permanent-failure",
            receipt_at=datetime(2026, 2, 1, tzinfo=UTC),
        )
    oak = sign_in(school)

    listed = tasks(oak.get(URL))

    assert set(listed) == {"ects?status=returned-emails", "mentors?status=returned-emails"}
    assert names_in(oak.get(f"{URL}/ects?status=returned-emails")) == [ect.teacher.name]
    assert len(names_in(oak.get(f"{URL}/mentors?status=returned-emails"))) == 1


def test_emails_to_the_induction_tutor_that_are_returned_lead_to_them(sign_in):
    school = SchoolFactory(
        induction_tutor_name="Tilda Marsh", induction_tutor_email="Gone@school.example.com"
    )
    OutgoingEmailFactory(
        recipient="Gone@school.example.com",
        receipt="permanent-failure",
        receipt_at=datetime(2026, 2, 1, tzinfo=UTC),
    )

    assert tasks(sign_in(school).get(URL)) == {
        "induction-tutor": "Emails to your induction tutor are returned: check the address"
    }


def test_who_leaves_within_60_days_and_who_joins_another_school_are_good_to_know(school, sign_in):
    ect_with_mentor(school, finished_on=date(2026, 4, 3), reported_leaving_by_school=school)
    ect_with_mentor(school, finished_on=date(2026, 4, 4), reported_leaving_by_school=school)
    joining = ect_with_mentor(school, finished_on=date(2026, 3, 1))
    ECTAtSchoolPeriodFactory(teacher=joining.teacher, started_on=date(2026, 3, 2))

    page = sign_in(school).get(URL)

    assert "Nothing needs you today." in page.text
    assert tasks(page) == {
        "ects?status=leaving-soon": "1 ECT leaves in the next 60 days On 3 April 2026",
        "ects?status=joining-another-school": (
            "1 ECT is joining another school Last day with you: 1 March 2026"
        ),
    }


def test_what_others_have_to_confirm_says_since_when(school, sign_in, on):
    ect = ect_with_mentor(
        school,
        started_on=date(2025, 9, 1),
        school_reported_appropriate_body=AppropriateBodyFactory(),
    )
    TrainingPeriodFactory(ect_at_school_period=ect, eoi_only=True)
    oak = sign_in(school)

    listed = tasks(oak.get(URL))

    assert listed["ects?status=provider-awaited"] == (
        "1 ECT’s lead provider has not confirmed that they train them Reported on 2 February 2026"
    )
    assert listed["ects?status=body-awaited"].endswith("Registered on 2 February 2026")
    for address in listed:
        assert names_in(oak.get(f"{URL}/{address}")) == [ect.teacher.name]


def test_a_body_that_recorded_the_induction_is_not_awaited(school, sign_in):
    body = AppropriateBodyFactory()
    ect = ect_with_mentor(
        school, started_on=date(2025, 9, 1), school_reported_appropriate_body=body
    )
    InductionPeriodFactory(teacher=ect.teacher, appropriate_body=body, started_on=date(2025, 9, 1))

    assert tasks(sign_in(school).get(URL)) == {}


def test_other_schools_people_are_no_tasks(school, sign_in):
    ECTAtSchoolPeriodFactory()

    assert tasks(sign_in(school).get(URL)) == {}


def test_while_registration_is_closed_it_says_so_and_offers_no_button(school, sign_in):
    RegistrationClosureFactory(starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 14))

    page = sign_in(school).get(URL)

    assert "Registration is closed until 15 February 2026" in page.text
    assert not page.select("main a.govuk-button")


@pytest.mark.usefixtures("db")
def test_staff_who_act_as_a_school_read_that_the_tutor_is_to_be_confirmed(sign_in):
    ContractPeriodFactory(year=2025)
    school = SchoolFactory()
    acting = acting_as_school_data(StaffUserFactory().email, school.urn, provider="otp")

    page = sign_in(acting, tutor_due=True).get(URL)

    assert "Nobody at the school has confirmed the induction tutor" in page.text
    assert "Nothing needs you today." not in page.text


@pytest.mark.parametrize("people", [1, 6])
def test_costs_the_same_however_many_people_are_there(school, people):
    for _ in range(people):
        ect = ect_with_mentor(school, school_reported_appropriate_body=AppropriateBodyFactory())
        TrainingPeriodFactory(ect_at_school_period=ect, withdrawn=True)
        MentorAtSchoolPeriodFactory(school=school, finished_on=date(2026, 7, 20))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        home_of_school(school)

    assert len(queries) == 9


@pytest.mark.day("2026-09-10")
@pytest.mark.usefixtures("trs")
def test_a_colleagues_registration_is_taken_up_again(world, oak, sign_in):
    walk(oak, answers_for(world), to="training")

    page = sign_in(world.oak).get(URL)

    assert "Continue registering Zofia Lis" in page.text
    assert "Entered so far: their details. Kept until 8 October 2026" in page.text
    assert "Nothing needs you today." not in page.text
    assert "Zofia" not in sign_in(SchoolFactory()).get(URL).text
