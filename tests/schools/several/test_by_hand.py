"""A school adds people one by one, confirms once, and everybody is registered (spec 05 §20.3)."""

import pytest

from register_ects.models import ECTAtSchoolPeriod, Event, OutgoingEmail, RegistrationBatchRow
from tests.schools.several.people import SEVERAL, begin, typed

pytestmark = pytest.mark.usefixtures("trs")


def test_people_who_are_added_one_by_one_are_registered_when_confirmed(world, oak, work):
    page, batch = begin(oak, world)
    assert "Nobody is in the list yet" in page.text

    added = oak.submit(oak.get(f"{SEVERAL}/{batch.pk}/add"), typed(world)).follow()
    assert "1 person is ready to be registered" in added.text
    assert "Starts on 1 September 2026, full time, provider-led with Larch Learning" in added.text
    assert not ECTAtSchoolPeriod.objects.exists()

    seen = added.select_one("input[name=seen]")["value"]
    going_on = oak.post(f"{SEVERAL}/{batch.pk}/confirm", {"seen": seen}).follow()
    assert going_on.h1 == "We are registering your ECTs"
    assert "0 registered, 1 to go" in going_on.text
    work()

    done = oak.get(f"{SEVERAL}/{batch.pk}")
    assert done.h1 == "1 ECT registered"
    placement = ECTAtSchoolPeriod.objects.get()
    assert (placement.school, placement.email) == (world.oak, "zofia@oak.example.com")
    row = RegistrationBatchRow.objects.get()
    assert (row.state, bytes(row.held)) == ("registered", b"")
    assert row.ect_at_school_period == placement
    assert Event.objects.filter(event_type="school_registered_several_ects").count() == 1
    summaries = OutgoingEmail.objects.filter(template="several_registered_summary")
    assert summaries.count() == 2  # who confirmed it, and the induction tutor


def test_the_page_of_a_person_asks_by_the_rules_of_the_journey(world, oak):
    _, batch = begin(oak, world)

    page = oak.submit(
        oak.get(f"{SEVERAL}/{batch.pk}/add"),
        typed(world, **{"started_on-year": "2019", "working_pattern": ""}),
    )

    assert page.status_code == 422
    assert page.errors["#working_pattern"] == "Select if they work full time or part time"
    assert "must be 1 June 2024 or later" in page.errors["#started_on-day"]
    assert not RegistrationBatchRow.objects.exists()


def test_somebody_is_in_a_list_once(world, oak):
    _, batch = begin(oak, world)
    oak.submit(oak.get(f"{SEVERAL}/{batch.pk}/add"), typed(world))

    again = oak.submit(
        oak.get(f"{SEVERAL}/{batch.pk}/add"), typed(world, email="other@oak.example.com")
    )

    assert again.errors == {"#trn": "Zofia Lis is in the list already, in row 1"}
