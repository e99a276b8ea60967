"""What rows looked like before each change; and events, which never change (spec 01 §4.9)."""

from datetime import UTC, date, datetime

import pghistory
import pgtrigger
import pytest
from django.apps import apps
from django.db import connection

from register_ects import models
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    EventFactory,
    SchoolPartnershipFactory,
    StaffUserFactory,
    TeacherFactory,
)
from tests.raw_sql import changed, copied, removed

THEN = datetime(2020, 1, 1, tzinfo=UTC)


def history_of(row):
    """Return (label, row) pairs of what a row was, oldest first."""
    table = f"{row._meta.db_table}_history"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE pgh_obj_id = %s ORDER BY pgh_id", [row.pk])
        names = [column.name for column in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def test_a_raw_update_leaves_the_old_values(execute):
    teacher = TeacherFactory(trs_first_name="Ada", corrected_name=None)

    execute(*changed(teacher, trs_first_name="Adaeze"))
    execute(*changed(teacher, corrected_name="Ada Nwosu"))

    history = history_of(teacher)
    assert [row["trs_first_name"] for row in history] == ["Ada", "Adaeze"]
    assert [row["corrected_name"] for row in history] == [None, None]
    assert {row["pgh_label"] for row in history} == {"before_update"}


def test_a_raw_delete_leaves_the_old_values(execute):
    placement = ECTAtSchoolPeriodFactory()

    execute(*removed(placement))

    [was] = history_of(placement)
    assert was["pgh_label"] == "before_delete"
    assert (was["teacher_id"], was["started_on"]) == (placement.teacher_id, date(2025, 9, 1))


def test_that_trs_was_asked_again_is_no_history(execute):
    """Everyone is read from TRS every day or two: 72,000 rows a day would say nothing."""
    teacher = TeacherFactory()

    execute(*changed(teacher, trs_data_last_refreshed_at=THEN, updated_at=THEN))
    assert history_of(teacher) == []

    execute(*changed(teacher, trs_data_last_refreshed_at=THEN, trs_response="gone"))
    assert [row["trs_response"] for row in history_of(teacher)] == ["ok"]


def test_an_update_that_changes_nothing_leaves_nothing(execute):
    teacher = TeacherFactory()
    execute(*changed(teacher, trs_first_name=teacher.trs_first_name))
    assert history_of(teacher) == []


def test_a_change_that_cascades_leaves_a_trace_on_every_row_it_reaches(execute):
    partnership = SchoolPartnershipFactory()
    pairing = partnership.lead_provider_delivery_partnership
    active = pairing.active_lead_provider
    survivor = models.LeadProvider.objects.create(name="Survivor")

    execute(*changed(active, lead_provider_id=survivor.pk))

    assert len(history_of(active)) == len(history_of(pairing)) == len(history_of(partnership)) == 1


def test_history_says_who_when_the_change_does():
    teacher = TeacherFactory()
    with pghistory.context(user="staff@education.gov.uk"):
        teacher.corrected_name = "Ada Nwosu"
        teacher.save()
    assert history_of(teacher)[0]["pgh_context_id"] is not None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE teacher_history SET trs_first_name = 'Someone'",
        "DELETE FROM teacher_history",
        "TRUNCATE teacher_history",
        "TRUNCATE pghistory_context",
        "DELETE FROM pghistory_context",
    ],
)
def test_history_is_never_changed(refused, execute, statement):
    execute(*changed(TeacherFactory(), trs_first_name="Adaeze"))
    problem = refused("history_is_never_changed", statement)
    assert problem.code == "cannot_change"


def test_no_history_can_be_changed():
    """Every table of history is guarded, not only those with a test above."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE '%\\_history'
            AND NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = pg_class.oid
                AND tgname LIKE 'pgtrigger_history_is_never_changed%')"""
        )
        assert cursor.fetchall() == []


def test_facts_have_history():
    """Only working rows, queues and notes go without."""
    tracked = {model._meta.db_table for model in apps.get_app_config("register_ects").get_models()}
    without = {
        model.__name__
        for model in apps.get_app_config("register_ects").get_models()
        if not model._meta.db_table.endswith("_history")
        and f"{model._meta.db_table}_history" not in tracked
    }
    facts = {
        *("Teacher", "School", "GIASSchool", "ECTAtSchoolPeriod", "MentorAtSchoolPeriod"),
        *("MentorshipPeriod", "TrainingPeriod", "InductionPeriod", "InductionExtension"),
        *("Declaration", "Statement", "StatementAdjustment", "Contract", "BandTerm"),
        *("BandedFeeStructure", "FlatRateFeeStructure", "SchoolPartnership", "ContractPeriod"),
        *("Schedule", "Milestone", "AppropriateBody", "StaffUser", "LeadProvider"),
    }
    assert without & facts == set()


# -- Events ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("event_type", "teacher_trs_merged"),
        ("category", "training"),
        ("heading", "Something else happened"),
        ("body", "More words"),
        ("happened_at", THEN),
        ("recorded_at", THEN),
        ("author_type", "lead_provider_api"),
        ("author_email", "someone@example.com"),
        ("author_name", "Someone Else"),
        ("modifications", '["a"]'),
        ("metadata", '{"a": 1}'),
        ("zendesk_ticket_id", 1),
    ],
)
def test_an_event_is_never_rewritten(refused, column, value):
    refused("events_are_never_rewritten", *changed(EventFactory(), **{column: value}))


def test_an_event_is_never_deleted(refused):
    refused("events_are_never_deleted", *removed(EventFactory()))


@pytest.mark.parametrize("statement", ["DELETE FROM event", "TRUNCATE event"])
def test_events_are_never_emptied(refused, statement):
    EventFactory()
    refused("events_are_never_deleted", statement)


def test_events_do_not_go_with_what_they_tell_of(refused):
    refused(None, "TRUNCATE teacher CASCADE")


def test_a_link_of_an_event_is_cleared_when_its_record_goes():
    placement = ECTAtSchoolPeriodFactory()
    event = EventFactory(ect_at_school_period=placement, teacher=placement.teacher)

    placement.delete()

    event.refresh_from_db()
    assert (event.ect_at_school_period_id, event.teacher) == (None, placement.teacher)
    assert event.heading == "Ada Okafor was imported from TRS"


def test_a_link_of_an_event_may_follow_a_merge(execute):
    event, survivor = EventFactory(teacher=TeacherFactory()), TeacherFactory()
    execute(*changed(event, teacher_id=survivor.pk))


def test_a_name_may_be_scrubbed_by_saying_so():
    event = EventFactory()
    with pgtrigger.ignore("register_ects.Event:events_are_never_rewritten"):
        models.Event.objects.filter(pk=event.pk).update(heading="A person was imported from TRS")
    event.refresh_from_db()
    assert event.heading == "A person was imported from TRS"


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("event_type_is_known", {"event_type": "something_odd"}),
        ("event_author_type_is_known", {"author_type": "robot", "author_email": "a@example.com"}),
        ("event_author_is_named", {"author_type": "school_user"}),
        ("event_heading_not_empty", {"heading": ""}),
        ("event_heading_not_empty", {"heading": "  "}),
    ],
)
def test_an_event_tells_what_and_who(refused, name, columns):
    refused(name, *copied(EventFactory(modifications=[], metadata={}), **columns))


def test_staff_who_leave_stay_in_the_history():
    user = StaffUserFactory()
    event = EventFactory(author_type="dfe_staff_user", author=user, author_email=user.email)
    user.delete()
    event.refresh_from_db()
    assert (event.author, event.author_email) == (None, user.email)
