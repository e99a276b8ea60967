"""GET /changes: every change of what a provider is shown, once and in order (spec 02 §2.22.6)."""

import re
from datetime import date, timedelta

import pytest

from register_ects import clock
from register_ects.models import ProjectionState, ShownChange
from register_ects.operations.base import Author
from register_ects.operations.teachers.merging import merge_teachers
from register_ects.projections.feed import KEPT_FOR, purge_changes
from register_ects.projections.rebuild import rebuild_everything
from register_ects.projections.refresh import catch_up
from tests.factories import (
    LeadProviderFactory,
    TeacherFactory,
    TrainingPeriodFactory,
    noon,
)

pytestmark = pytest.mark.day("2025-10-15")


@pytest.fixture
def participant(lead_provider):
    training = TrainingPeriodFactory(lead_provider=lead_provider)
    catch_up()
    return training


def next_place(response):
    found = re.fullmatch(
        r'<http://testserver/api/v3/changes\?after=(\d+)>; rel="next"', response["Link"]
    )
    assert found, response["Link"]
    return int(found[1])


def told(response):
    assert response.status_code == 200, response.content
    return [
        (each["attributes"]["resource_type"], each["attributes"]["change"])
        for each in response.json()["data"]
    ]


def latest(api):
    return next_place(api.get("/changes?after=latest"))


def test_a_change_is_told_with_every_attribute(api, participant):
    place = latest(api)
    participant.teacher.corrected_name = "Imogen Farrow"
    participant.teacher.save()

    (change,) = api.get(f"/changes?after={place}").json()["data"]

    assert change == {
        "id": str(place + 1),
        "type": "change",
        "attributes": {
            "sequence": place + 1,
            "occurred_at": "2025-10-15T11:00:00Z",
            "resource_type": "participant",
            "resource_id": str(participant.teacher.api_id),
            "cohort": None,
            "change": "updated",
            "changed_fields": ["full_name"],
            "replaced_by": None,
        },
    }


def test_what_appears_is_told_as_created(api, participant, lead_provider):
    everything = told(api.get("/changes"))

    assert ("participant", "created") in everything
    assert ("partnership", "created") in everything


def test_a_changed_enrolment_names_what_changed_in_it(api, participant):
    place = latest(api)
    placement = participant.ect_at_school_period
    placement.email, placement.working_pattern = "new@school.example.com", "part_time"
    placement.save()

    (change,) = api.get(f"/changes?after={place}").json()["data"]

    assert change["attributes"]["changed_fields"] == [
        "ecf_enrolments.email",
        "ecf_enrolments.working_pattern",
    ]


def test_a_merged_participant_is_told_as_removed_with_who_replaced_it(api, participant):
    place = latest(api)
    survivor = TeacherFactory()
    merge_teachers(participant.teacher, survivor, note="Twice", ticket=1, author=Author.system())

    removed = [
        each["attributes"]
        for each in api.get(f"/changes?after={place}").json()["data"]
        if each["attributes"]["change"] == "removed"
    ]

    assert [(each["resource_id"], each["replaced_by"]) for each in removed] == [
        (str(participant.teacher.api_id), str(survivor.api_id))
    ]


def test_other_providers_changes_are_not_told(api, participant):
    place = latest(api)
    TrainingPeriodFactory(lead_provider=LeadProviderFactory(), school=participant.school)

    assert told(api.get(f"/changes?after={place}")) in ([], [("school", "updated")])


def test_reading_on_tells_each_change_once(api, lead_provider):
    for _ in range(3):
        TrainingPeriodFactory(lead_provider=lead_provider)
    catch_up()

    place, seen = 0, []
    while True:
        response = api.get(f"/changes?after={place}&page[per_page]=2")
        if not response.json()["data"]:
            break
        seen += [each["id"] for each in response.json()["data"]]
        place = next_place(response)

    assert seen == sorted(set(seen), key=int)
    assert len(seen) == told(api.get("/changes?page[per_page]=3000")).__len__()
    assert next_place(api.get(f"/changes?after={place}")) == place


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "99999999999999999999", "\u0662"])
def test_a_place_that_is_none_is_refused(api, after):
    response = api.get(f"/changes?after={after}")

    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == "changes.bad_place"


def test_places_older_than_90_days_are_gone(api, participant, on):
    first = ShownChange.objects.order_by("pk").first()
    on(clock.now() + KEPT_FOR + timedelta(days=1))
    participant.teacher.corrected_name = "New Name"
    participant.teacher.save()
    catch_up()

    assert purge_changes() > 0

    response = api.get(f"/changes?after={first.pk}")
    assert (response.status_code, response.json()["errors"][0]["title"]) == (410, "Gone")
    purged_through = ProjectionState.objects.get().purged_through
    assert ("participant", "updated") in told(api.get(f"/changes?after={purged_through}"))


def test_after_a_rebuild_clients_are_sent_to_a_full_sync(api, participant):
    first = ShownChange.objects.order_by("pk").first()
    rebuild_everything()

    assert api.get(f"/changes?after={first.pk}").status_code == 410
    assert told(api.get("/changes?after=latest")) == []


def test_the_feed_costs_three_queries(api, participant, django_assert_num_queries):
    api.get("/changes")
    api.catches_up = False

    with django_assert_num_queries(3):  # the token, what is kept, the changes
        api.get("/changes?after=1")


def test_calendar_changes_enter_at_midnight(api, participant, on):
    participant.finished_on = date(2025, 10, 20)
    participant.save()
    place = latest(api)

    on(noon(date(2025, 10, 20)))

    (change,) = [
        each["attributes"]
        for each in api.get(f"/changes?after={place}").json()["data"]
        if each["attributes"]["resource_type"] == "participant"
    ]
    assert change["changed_fields"] == ["ecf_enrolments.participant_status"]
