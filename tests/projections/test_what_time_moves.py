"""Time alone moves ``updated_at`` of what is shown differently on another day (spec 02 §2.10)."""

from datetime import date

from register_ects.models import (
    ShownChange,
)
from register_ects.projections.refresh import catch_up
from register_ects.projections.verify import verify_everything
from tests.projections.fixes import edit


def test_midnight_moves_what_only_the_calendar_changes(sample, on):
    edit(sample.at_elm, finished_on=date(2025, 3, 10))
    catch_up()
    before = ShownChange.objects.order_by("-pk").values_list("pk", flat=True)[0]

    on("2025-03-10")
    catch_up()
    last_day = changes_since(before)
    on("2025-03-11")
    catch_up()

    assert ("participant", "updated", ["ecf_enrolments.participant_status"]) in last_day
    assert ("partnership", "updated", ["participants_currently_training"]) in changes_since(before)


def changes_since(place):
    rows = ShownChange.objects.filter(pk__gt=place)
    return [(row.resource_type, row.change, row.changed_fields) for row in rows]


def test_days_without_a_worker_are_made_up_for(sample, on):
    edit(sample.at_elm, finished_on=date(2025, 3, 10))
    catch_up()

    on("2025-06-01")
    catch_up()

    assert verify_everything(repair=False) == []
