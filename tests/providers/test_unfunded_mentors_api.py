"""The endpoints of unfunded mentors: a list and one."""

from datetime import date

import pytest

from tests.factories import (
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)
from tests.providers.answers import ids

pytestmark = pytest.mark.day("2025-10-15T09:30:15.999999+00:00")


def mentor_of(provider, **details):
    """The placement of somebody who mentors an ECT of the provider, and the mentorship."""
    placement = MentorAtSchoolPeriodFactory(**details)
    training = TrainingPeriodFactory(lead_provider=provider, school=placement.school)
    mentorship = MentorshipPeriodFactory(
        ect_at_school_period=training.ect_at_school_period, mentor_at_school_period=placement
    )
    return placement, mentorship


def test_a_mentor_is_shown_with_every_attribute(api, lead_provider):
    sam = TeacherFactory(trs_first_name="Gareth", trs_last_name="Mallory", trn="3902215")
    mentor_of(lead_provider, teacher=sam, email="g.mallory@larkhill.example")

    response = api.get(f"/unfunded-mentors/{sam.api_id}")

    assert response.status_code == 200
    assert response.json() == {
        "data": {
            "id": str(sam.api_id),
            "type": "unfunded-mentor",
            "attributes": {
                "full_name": "Gareth Mallory",
                "email": "g.mallory@larkhill.example",
                "teacher_reference_number": "3902215",
                "created_at": "2025-10-15T09:30:15Z",
                "updated_at": "2025-10-15T09:30:15Z",
            },
        }
    }


def test_scenario_24(api, lead_provider, on):
    """Sam mentors Omar, whom the provider trains; Sam trains with another (spec 03 §18)."""
    placement, mentorship = mentor_of(lead_provider)
    TrainingPeriodFactory(mentor_at_school_period=placement, lead_provider=LeadProviderFactory())
    sam, omar = str(placement.teacher.api_id), str(mentorship.ect_teacher.api_id)

    def mentor_id():
        shown = api.get(f"/participants/{omar}").json()["data"]["attributes"]
        return shown["ecf_enrolments"][0]["mentor_id"]

    assert mentor_id() == sam
    assert ids(api.get("/unfunded-mentors")) == [sam]
    assert ids(api.get("/participants")) == [omar]

    mentorship.finished_on = date(2025, 10, 15)
    mentorship.save()
    on("2025-10-16")

    assert mentor_id() is None
    assert ids(api.get("/unfunded-mentors")) == []
    assert api.get(f"/unfunded-mentors/{sam}").status_code == 404


def test_another_providers_unfunded_mentor_is_not_found(api, api_client):
    placement, _ = mentor_of(LeadProviderFactory())

    assert ids(api.get("/unfunded-mentors")) == []
    assert api.get(f"/unfunded-mentors/{placement.teacher.api_id}").status_code == 404


def test_being_assigned_an_ect_is_told_since_then(api, lead_provider, on):
    placement = MentorAtSchoolPeriodFactory()
    training = TrainingPeriodFactory(lead_provider=lead_provider, school=placement.school)
    assert ids(api.get("/unfunded-mentors")) == []

    on("2025-10-20")
    MentorshipPeriodFactory(
        ect_at_school_period=training.ect_at_school_period,
        mentor_at_school_period=placement,
        started_on=date(2025, 10, 20),
    )

    since = "/unfunded-mentors?filter[updated_since]=2025-10-20T00:00:00Z"
    assert ids(api.get(since)) == [str(placement.teacher.api_id)]


def test_a_new_email_is_told_and_sorts_last(api, lead_provider, on):
    first, _ = mentor_of(lead_provider)
    second, _ = mentor_of(lead_provider)
    in_order = [str(each.teacher.api_id) for each in (first, second)]
    assert ids(api.get("/unfunded-mentors")) == in_order

    on("2025-10-16")
    first.email = "new@school.example.com"
    first.save()

    assert ids(api.get("/unfunded-mentors?sort=updated_at")) == in_order[::-1]
    assert ids(api.get("/unfunded-mentors?sort=-created_at")) == in_order[::-1]
    since = "/unfunded-mentors?filter[updated_since]=2025-10-16T00:00:00Z"
    assert ids(api.get(since)) == in_order[:1]


def test_a_mentor_who_starts_to_train_with_you_moves_to_your_participants(api, lead_provider):
    placement, _ = mentor_of(lead_provider)
    sam = str(placement.teacher.api_id)
    assert ids(api.get("/unfunded-mentors")) == [sam]

    TrainingPeriodFactory(mentor_at_school_period=placement, lead_provider=lead_provider)

    assert ids(api.get("/unfunded-mentors")) == []
    assert sam in ids(api.get("/participants"))
