"""The endpoints of transfers: a list and one."""

from datetime import date, datetime

import pytest

from tests.factories import (
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    LeadProviderFactory,
    SchoolFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)
from tests.providers.answers import ids

LEFT_ON = date(2026, 3, 31)


pytestmark = pytest.mark.day("2026-04-10T09:30:15+01:00")


@pytest.fixture
def south():
    return LeadProviderFactory(name="South Coast Teaching")


def left(provider, **details):
    """Somebody whose training at a school ended on 31 March."""
    placement = ECTAtSchoolPeriodFactory(finished_on=LEFT_ON, **details)
    return TrainingPeriodFactory(
        ect_at_school_period=placement, lead_provider=provider, finished_on=LEFT_ON
    )


def joined(leaving, provider):
    return TrainingPeriodFactory(
        teacher=leaving.teacher, lead_provider=provider, started_on=date(2026, 4, 20)
    )


def test_a_transfer_is_shown_with_every_attribute(api, lead_provider, south):
    leaving = left(lead_provider)
    joining = joined(leaving, south)
    teacher = leaving.teacher

    response = api.get(f"/participants/{teacher.api_id}/transfers")

    assert response.status_code == 200
    assert response.json() == {
        "data": {
            "id": str(teacher.api_id),
            "type": "participant-transfer",
            "attributes": {
                "updated_at": "2026-04-10T08:30:15Z",
                "transfers": [
                    {
                        "training_record_id": str(teacher.api_ect_training_record_id),
                        "transfer_type": "new_provider",
                        "status": "incomplete",
                        "created_at": "2026-04-10T08:30:15Z",
                        "leaving": {
                            "school_urn": str(leaving.school.urn),
                            "provider": "Harbour Learning",
                            "date": "2026-03-31",
                        },
                        "joining": {
                            "school_urn": str(joining.school.urn),
                            "provider": "South Coast Teaching",
                            "date": "2026-04-20",
                        },
                    }
                ],
            },
        }
    }


def test_the_list_has_both_ends_providers_items_and_nobody_elses(
    api, api_client, lead_provider, south
):
    moved, stayed = left(lead_provider), TrainingPeriodFactory(lead_provider=lead_provider)
    joined(moved, south)

    assert ids(api.get("/participants/transfers")) == [str(moved.teacher.api_id)]
    assert ids(api_client(south).get("/participants/transfers")) == [str(moved.teacher.api_id)]
    assert ids(api_client(LeadProviderFactory()).get("/participants/transfers")) == []
    assert api.get(f"/participants/{stayed.teacher.api_id}/transfers").status_code == 404


def test_a_participant_without_a_transfer_of_yours_is_not_found(api_client, lead_provider, south):
    teacher = left(lead_provider).teacher

    assert api_client(south).get(f"/participants/{teacher.api_id}/transfers").status_code == 404


@pytest.mark.parametrize("participant_id", ["transfers", "unknown", "1"])
def test_what_is_no_id_is_not_found(api, participant_id):
    assert api.get(f"/participants/{participant_id}/transfers").status_code == 404


def test_participants_are_listed_by_their_records_age_and_can_be_sorted(api, lead_provider, on):
    older = left(lead_provider, teacher=TeacherFactory(created_at=datetime.fromisoformat(EARLY)))
    newer = left(lead_provider)
    assert ids(api.get("/participants/transfers")) == [
        str(older.teacher.api_id),
        str(newer.teacher.api_id),
    ]

    on("2026-04-11")
    joined(newer, lead_provider)
    api.get("/participants/transfers")
    on("2026-04-12")
    joined(older, lead_provider)

    assert ids(api.get("/participants/transfers?sort=updated_at")) == [
        str(newer.teacher.api_id),
        str(older.teacher.api_id),
    ]
    assert ids(api.get("/participants/transfers?sort=-created_at")) == [
        str(newer.teacher.api_id),
        str(older.teacher.api_id),
    ]


EARLY = "2024-01-02T03:04:05+00:00"


def test_the_provider_left_is_told_when_anothers_joining_end_appears(api, lead_provider, south, on):
    leaving = left(lead_provider)
    since = "/participants/transfers?filter[updated_since]=2026-04-11T00:00:00Z"
    assert ids(api.get("/participants/transfers")) == [str(leaving.teacher.api_id)]
    on("2026-04-11")
    assert ids(api.get(since)) == []

    joined(leaving, south)

    assert ids(api.get(since)) == [str(leaving.teacher.api_id)]


def test_a_transfer_becomes_complete_on_the_joining_date_and_says_so(api, lead_provider, on):
    leaving = left(lead_provider)
    joined(leaving, lead_provider)
    show = f"/participants/{leaving.teacher.api_id}/transfers"
    assert api.get(show).json()["data"]["attributes"]["transfers"][0]["status"] == "incomplete"

    on("2026-04-20")

    attributes = api.get(show).json()["data"]["attributes"]
    assert attributes["transfers"][0]["status"] == "complete"
    assert attributes["updated_at"] == "2026-04-20T11:00:00Z"


def test_scenario_23_a_pass_cancels_a_move_to_nowhere(api, lead_provider):
    teacher = left(lead_provider).teacher
    assert ids(api.get("/participants/transfers")) == [str(teacher.api_id)]

    InductionPeriodFactory(teacher=teacher, passed=True)

    assert ids(api.get("/participants/transfers")) == []
    assert api.get(f"/participants/{teacher.api_id}/transfers").status_code == 404


def test_a_page_costs_the_same_however_many_are_on_it(
    api, lead_provider, django_assert_max_num_queries
):
    school = SchoolFactory()
    for _ in range(3):
        left(lead_provider, school=school)
    api.get("/participants/transfers")
    api.catches_up = False

    with django_assert_max_num_queries(12):
        assert len(ids(api.get("/participants/transfers"))) == 3
