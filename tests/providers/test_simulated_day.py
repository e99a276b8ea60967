"""Under X-With-Server-Date reads are of that day, and leave what is stored alone."""

from datetime import date

import pytest

from register_ects.models import Declaration, ShownResource, Teacher
from tests.factories import MilestoneFactory, TrainingPeriodFactory

pytestmark = pytest.mark.day("2025-10-15")


@pytest.fixture
def training(lead_provider):
    return TrainingPeriodFactory(lead_provider=lead_provider, finished_on=date(2026, 3, 31))


def status(response):
    assert response.status_code == 200, response.content
    data = response.json()["data"]
    item = data[0] if isinstance(data, list) else data
    return item["attributes"]["ecf_enrolments"][0]["participant_status"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-08-31", "leaving"),
        ("2025-09-01", "leaving"),
        ("2026-03-30", "leaving"),
        ("2026-03-31", "left"),
        ("2027-01-01", "left"),
    ],
)
def test_lists_and_shows_are_of_that_day(api, training, day, expected):
    header = {"X-With-Server-Date": day}

    assert status(api.get(f"/participants/{training.teacher.api_id}", **header)) == expected
    assert status(api.get("/participants", **header)) == expected
    assert status(api.get("/participants")) == "leaving"


def test_a_read_of_another_day_changes_nothing_stored(api, training):
    api.get("/participants")
    before = list(ShownResource.objects.order_by("pk").values())

    api.get("/participants", **{"X-With-Server-Date": "2026-12-01"})

    assert list(ShownResource.objects.order_by("pk").values()) == before


def test_polls_of_another_day_find_what_that_day_changes(api, training):
    header = {"X-With-Server-Date": "2026-04-01"}

    found = api.get("/participants?filter[updated_since]=2026-03-31", **header).json()["data"]

    assert [each["id"] for each in found] == [str(training.teacher.api_id)]
    assert found[0]["attributes"]["updated_at"] == "2026-03-31T23:00:00Z"


def test_writes_store_the_simulated_time_and_show_the_actual_day(api, training):
    MilestoneFactory(schedule=training.schedule, milestone_date=None)
    header = {"X-With-Server-Date": "2026-02-03T09:15:27Z"}
    body = {
        "data": {
            "attributes": {
                "participant_id": str(training.teacher.api_id),
                "declaration_type": "started",
                "declaration_date": "2026-02-01T10:00:00Z",
                "course_identifier": "ecf-induction",
                "evidence_held": "other",
            }
        }
    }

    response = api.post("/participant-declarations", body, **header)

    assert response.json()["data"]["attributes"]["created_at"] == "2026-02-03T09:15:27Z"
    declaration = Declaration.objects.get()
    stored = ShownResource.objects.get(resource_type="participant-declaration")
    assert declaration.created_at.isoformat() == "2026-02-03T09:15:27+00:00"
    assert stored.updated_at.date() == date(2025, 10, 15)
    assert Teacher.objects.count() == 1


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00Z", "0001-01-02", "1899-12-31", "3000-01-01", "9999-12-31"]
)
def test_a_day_that_cannot_be_reckoned_with_is_refused(api, training, moment):
    api.is_held_to_it = False
    refused = api.get("/participants", **{"X-With-Server-Date": moment})

    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (
        400,
        "request.bad_server_date",
    )


@pytest.mark.parametrize("moment", ["1900-01-02", "2999-12-31"])
def test_days_far_away_can_be_simulated(api, training, moment):
    assert api.get("/participants", **{"X-With-Server-Date": moment}).status_code == 200
