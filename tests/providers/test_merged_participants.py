"""Scenario 25 of spec 03 §18: Tess exists twice, and her records are merged."""

from datetime import date

import pytest

from register_ects.operations.base import Author
from register_ects.operations.teachers.merging import merge_teachers
from tests.factories import DeclarationFactory, InductionPeriodFactory

pytestmark = pytest.mark.day("2025-11-03T10:00:04+00:00")


@pytest.fixture
def declaration(lead_provider):
    return DeclarationFactory(training_period__lead_provider=lead_provider)


@pytest.fixture
def retired(declaration):
    return declaration.teacher


@pytest.fixture
def survivor():
    return InductionPeriodFactory(started_on=date(2025, 9, 1)).teacher


@pytest.fixture(autouse=True)
def _merged(api, retired, survivor, on):
    api.get("/participants")
    on("2025-11-04T10:00:04+00:00")
    merge_teachers(retired, survivor, author=Author.system())


def test_the_retired_id_is_not_found(api, retired):
    assert api.get(f"/participants/{retired.api_id}").status_code == 404


def test_the_survivor_lists_the_id_change_and_keeps_the_training_record_id(api, retired, survivor):
    attributes = api.get(f"/participants/{survivor.api_id}").json()["data"]["attributes"]

    assert attributes["participant_id_changes"] == [
        {
            "from_participant_id": str(retired.api_id),
            "to_participant_id": str(survivor.api_id),
            "changed_at": "2025-11-04T10:00:04Z",
        }
    ]
    (enrolment,) = attributes["ecf_enrolments"]
    assert enrolment["training_record_id"] == str(retired.api_ect_training_record_id)


def test_the_retired_id_finds_the_survivor(api, retired, survivor):
    response = api.get(f"/participants?filter[from_participant_id]={retired.api_id}")

    assert [item["id"] for item in response.json()["data"]] == [str(survivor.api_id)]


def test_the_declaration_shows_the_survivor(api, declaration, survivor):
    shown = api.get(f"/participant-declarations/{declaration.api_id}").json()["data"]

    assert shown["attributes"]["participant_id"] == str(survivor.api_id)
    assert shown["attributes"]["updated_at"] == "2025-11-04T10:00:04Z"


def test_a_post_that_names_the_retired_id_says_whose_it_became(api, retired, survivor):
    attributes = {
        "participant_id": str(retired.api_id),
        "declaration_type": "retained-1",
        "declaration_date": "2025-11-03T09:00:00Z",
        "course_identifier": "ecf-induction",
        "evidence_held": "other",
    }
    body = {"data": {"type": "participant-declaration", "attributes": attributes}}

    response = api.post("/participant-declarations", body)

    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert error["title"] == "participant_id"
    assert str(survivor.api_id) in error["detail"]
