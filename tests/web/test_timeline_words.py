"""What lies ahead reads as planned, and what changed is named in plain words, once."""

import re
from datetime import UTC, date, datetime

import pytest

from register_ects.models import Teacher, TrainingPeriod
from register_ects.operations.base import transition
from register_ects.web.timeline import timeline_items
from tests.factories import EventFactory

AHEAD, PAST = datetime(2026, 12, 18, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC)
TIMESTAMPS = ("created_at", "updated_at")  # whose changes no event tells of
RECORDED_FIELDS = [
    field.name
    for model in (Teacher, TrainingPeriod)
    for field in model._meta.fields
    if field.name.endswith(("_at", "_on", "_reason")) and field.name not in TIMESTAMPS
]
#: How a column is called: "… at", "… on", "became".
COLUMN = r"^\S.*( at| on|became.*) (set|changed)"


pytestmark = pytest.mark.day("2026-11-30")


def item_of(**fields):
    return timeline_items([EventFactory(**{"happened_at": PAST, "recorded_at": PAST, **fields})])[0]


@pytest.mark.parametrize(
    ("event_type", "recorded", "ahead"),
    [
        ("teacher_left_school_as_ect", "Ada left Hazel Grove", "Ada will leave Hazel Grove"),
        (
            "teacher_left_school_as_mentor",
            "Ada left Hazel Grove as a mentor",
            "Ada will leave Hazel Grove as a mentor",
        ),
        (
            "teacher_registered_as_ect",
            "Ada was registered as an ECT at Hazel Grove",
            "Ada is registered to start as an ECT at Hazel Grove",
        ),
        (
            "teacher_registered_as_mentor",
            "Ada was registered as a mentor at Hazel Grove",
            "Ada is registered to start as a mentor at Hazel Grove",
        ),
        (
            "teacher_starts_training_period",
            "Ada starts training as an ECT",
            "Ada will start training as an ECT",
        ),
        (
            "teacher_finishes_training_period",
            "Ada finished training as an ECT",
            "Ada will finish training as an ECT",
        ),
        (
            "teacher_finishes_training_period",
            "Ada finishes training as a mentor",
            "Ada will finish training as a mentor",
        ),
        (
            "teacher_finishes_training_period",
            "Ada will not start training as an ECT",
            "Ada will not start training as an ECT",
        ),
        ("teacher_starts_being_mentored", "Ada is mentored by Bo", "Ada will be mentored by Bo"),
        ("teacher_starts_mentoring", "Bo mentors Ada", "Bo will mentor Ada"),
        (
            "teacher_finishes_being_mentored",
            "Ada finished being mentored by Bo",
            "Ada will stop being mentored by Bo",
        ),
        (
            "teacher_finishes_mentoring",
            "Bo finished mentoring Ada",
            "Bo will stop mentoring Ada",
        ),
    ],
)
def test_an_event_tells_of_what_is_to_come_until_its_day(event_type, recorded, ahead):
    event = {"event_type": event_type, "heading": recorded}

    planned, today = item_of(happened_at=AHEAD, **event), item_of(**event)

    assert (planned.heading, planned.is_planned) == (ahead, True)
    assert (today.heading, today.is_planned) == (recorded, False)


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        ("started_on", date(2025, 9, 1), "Start date set to '1 Sep 2025'"),
        ("finished_on", date(2025, 9, 1), "End date set to '1 Sep 2025'"),
        (
            "ect_first_became_eligible_for_training_at",
            date(2025, 9, 18),
            "First day eligible for funding as an ECT set to '18 Sep 2025'",
        ),
        ("trs_induction_start_date", None, "Induction start date in TRS not set"),
        ("training_programme", "provider_led", "Training programme set to 'Provider-led'"),
    ],
)
def test_a_change_is_named_in_plain_words(field, value, read):
    assert item_of(modifications=[transition(field, None, value)]).changes == [read]


@pytest.mark.parametrize("field", RECORDED_FIELDS)
def test_no_change_is_named_as_a_column(field):
    for change in (transition(field, None, "x"), transition(field, "x", "y")):
        [read] = item_of(modifications=[change]).changes
        assert not re.search(COLUMN, read), read


def test_a_change_that_the_heading_tells_is_not_told_again():
    item = item_of(
        heading="Induction status changed from 'Required to complete' to 'In progress'",
        modifications=[
            transition("trs_induction_status", "RequiredToComplete", "InProgress"),
            transition("finished_on", None, date(2026, 7, 10)),
        ],
    )

    assert item.changes == ["End date set to '10 Jul 2026'"]
