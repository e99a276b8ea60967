"""A release and a pass are journeys of one page: their runs are counted (spec 07 §22.2)."""

import pytest

from register_ects.models import Event, FormError, JourneyRun, JourneyStepVisit
from tests.appropriate_bodies.test_outcome_pages import address, closing

PAGES = [("release/new", "release-ect"), ("record-passed-outcome/new", "pass-ect")]


@pytest.mark.parametrize(("page", "journey"), PAGES)
def test_a_run_begins_with_the_page_and_is_completed_with_what_it_records(
    user, hub, period, page, journey
):
    before = Event.objects.count()
    user.get(address(period, page))
    run = JourneyRun.objects.get()
    assert (run.journey, run.outcome, run.steps_visited) == (journey, None, 1)

    user.post(address(period, page), closing(period, terms=""))
    user.post(address(period, page), closing(period))

    run.refresh_from_db()
    assert (run.outcome, run.error_count, run.channel) == ("completed", 1, "self_service")
    assert (run.actor_type, run.organisation_id) == ("appropriate_body", hub.pk)
    assert run.events_created == Event.objects.count() - before > 0
    assert JourneyStepVisit.objects.get().action == "continue"
    error = FormError.objects.get()
    assert (error.run, error.page, error.field) == (run, journey, "number_of_terms")


def test_what_is_sent_again_counts_once(user, period):
    for _ in range(2):
        user.post(address(period, "release/new"), closing(period))

    assert JourneyRun.objects.get().outcome == "completed"


def test_what_is_not_found_is_no_run(user, period):
    period.delete()
    user.get(address(period, "release/new"))

    assert not JourneyRun.objects.exists()
