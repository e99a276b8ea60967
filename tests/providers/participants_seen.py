"""What an API client sees of participants, for tests."""

from tests.factories import MentorshipPeriodFactory


def shown(api, teacher):
    response = api.get(f"/participants/{teacher.api_id}")
    assert response.status_code == 200, response.content
    return response.json()["data"]


def enrolment(api, training, position=0):
    return shown(api, training.teacher)["attributes"]["ecf_enrolments"][position]


def mentored(training, **kwargs):
    return MentorshipPeriodFactory(
        ect_at_school_period=training.ect_at_school_period, **kwargs
    ).mentor_at_school_period.teacher
