"""Addresses of a mentor's assignment or training that do not fit lead on, or say why not."""

import pytest

from tests.factories import (
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    SchoolFactory,
)

pytestmark = pytest.mark.day("2026-02-02")


def test_the_first_mentor_of_an_ect_who_has_one_is_changed_instead(school, sign_in):
    ect = ECTAtSchoolPeriodFactory(school=school)
    MentorshipPeriodFactory(
        ect_at_school_period=ect,
        mentor_at_school_period=MentorAtSchoolPeriodFactory(school=school),
    )

    page = sign_in(school).get(f"/school/ects/{ect.pk}/mentorship/new")

    assert page.location == f"/school/ects/{ect.pk}/change-mentor/edit"


def test_an_ect_without_a_mentor_is_assigned_one(school, sign_in):
    ect = ECTAtSchoolPeriodFactory(school=school)
    MentorAtSchoolPeriodFactory(school=school)

    assert sign_in(school).get(f"/school/ects/{ect.pk}/mentorship/new").status_code == 200


def test_a_mentor_without_training_has_no_lead_provider_to_change_and_the_page_says_so(
    school, sign_in
):
    mentor = MentorAtSchoolPeriodFactory(school=school)

    page = sign_in(school).get(f"/school/mentors/{mentor.pk}/change-lead-provider/edit")

    assert page.status_code == 200
    assert "has no mentor training to change" in page.h1
    assert page.select_one("main a.govuk-button")["href"] == f"/school/mentors/{mentor.pk}"


@pytest.mark.parametrize(
    ("journey", "query", "first"),
    [
        ("register-ect", "", "find-ect"),
        ("register-mentor", "?ect_id=7&new_mentor_requested=true", "find-mentor"),
    ],
)
def test_the_former_first_page_of_a_registration_leads_to_the_first_page(
    school, sign_in, journey, query, first
):
    page = sign_in(school).get(f"/school/{journey}/what-you-will-need{query}")

    assert page.location == f"/school/{journey}/{first}{query}"


def test_another_schools_mentor_is_not_found(school, sign_in):
    mentor = MentorAtSchoolPeriodFactory(school=SchoolFactory())

    page = sign_in(school).get(f"/school/mentors/{mentor.pk}/change-lead-provider/edit")

    assert page.status_code == 404
