"""Each ECT who is registered with several is counted as one in bulk (spec 07 §22.2)."""

from datetime import timedelta

import pytest

from register_ects import clock
from register_ects.models import JourneyRun
from register_ects.operations.batches import registering
from register_ects.operations.batches.collecting import start_batch
from register_ects.operations.batches.held import mark_of_rows
from schools import tasks
from support.reporting_queries import closed_runs
from tests.registrations import AUTHOR
from tests.schools.several.people import cells, shared

pytestmark = pytest.mark.usefixtures("trs")


@pytest.fixture
def registered(world):
    """A list of Zofia Lis, and of somebody who cannot be registered, confirmed and done."""
    rows = [(2, cells()), (3, cells(trn="9999999", email="nobody@oak.example.com"))]
    batch = start_batch(world.oak, choices=shared(world), author=AUTHOR, rows=rows)
    tasks.check_batch(str(batch.pk))
    batch.refresh_from_db()
    registering.confirm_batch(batch, seen=mark_of_rows(batch.rows.all()), author=AUTHOR)
    for _ in range(2):
        tasks.register_batch(str(batch.pk))


def test_who_was_registered_is_counted_once(world, registered):
    run = JourneyRun.objects.get()

    assert (run.journey, run.channel, run.outcome) == ("register-ect", "bulk", "completed")
    assert (run.actor_type, run.organisation_id) == ("school", world.oak.pk)
    assert run.events_created > 1


def test_nobody_is_said_to_have_spent_no_time_on_it(registered):
    (row,) = closed_runs(clock.now() - timedelta(days=90))

    assert (row["completed"], row["seconds"], row["pages"]) == (1, None, None)
