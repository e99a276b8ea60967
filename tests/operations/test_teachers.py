"""Who a person is: found or created once, and kept up to date with TRS."""

from datetime import date

import pytest

from register_ects import clock
from register_ects.models import Event, Teacher
from register_ects.operations.inductions.trs_updates import record_sent
from register_ects.operations.teachers.records import (
    find_or_create_teacher,
    update_teacher_from_record,
)
from tests.factories import TeacherFactory, TRSInductionUpdateFactory
from tests.inductions import AUTHOR, record
from tests.races import all_at_once


def test_someone_new_gets_what_trs_says():
    teacher = find_or_create_teacher(record(), author=AUTHOR)

    teacher.refresh_from_db()
    assert (teacher.trn, teacher.name) == ("3000101", "Amara Oduya")
    assert teacher.trs_initial_teacher_training_provider_name == "Northmoor SCITT"
    assert teacher.trs_initial_teacher_training_end_date == date(2023, 6, 30)
    assert teacher.trs_response == "ok"
    assert Event.objects.get().event_type == "teacher_imported_from_trs"


def test_someone_known_is_found_and_nothing_new_is_recorded():
    first = find_or_create_teacher(record(), author=AUTHOR)

    assert find_or_create_teacher(record(), author=AUTHOR) == first
    assert Event.objects.count() == 1


def test_a_correction_is_saved_for_someone_already_known():
    TeacherFactory(trn="3000101", trs_first_name="Amara", trs_last_name="Oduya")

    teacher = find_or_create_teacher(record(), corrected_name="Amara  Bell", author=AUTHOR)

    teacher.refresh_from_db()
    event = Event.objects.get(event_type="teacher_name_updated_by_user")
    assert teacher.name == "Amara Bell"
    assert event.metadata == {"old_name": "Amara Oduya", "new_name": "Amara Bell"}


def test_no_correction_leaves_an_earlier_one_alone():
    TeacherFactory(trn="3000101", corrected_name="Amy Oduya")

    assert find_or_create_teacher(record(), author=AUTHOR).name == "Amy Oduya"


def test_what_trs_said_before_it_heard_from_us_is_not_copied_afterwards(on):
    on("2026-03-12T10:00:00+00:00")
    before = record(last_name="Older", induction_status="RequiredToComplete")
    on("2026-03-12T10:05:00+00:00")
    update = TRSInductionUpdateFactory(teacher__trn="3000101")
    record_sent(update)
    update.teacher.refresh_from_db()

    update_teacher_from_record(update.teacher, before, author=AUTHOR)

    update.teacher.refresh_from_db()
    assert update.teacher.trs_induction_status == "InProgress"


def test_an_older_record_turns_nothing_back_and_tells_of_nothing(on):
    """A day-old search, finished after TRS changed a name."""
    on("2026-03-11")
    older = record(last_name="Oduya")
    on("2026-03-12")
    teacher = find_or_create_teacher(
        record(last_name="Bell", induction_status="Passed"), author=AUTHOR
    )
    told = Event.objects.count()

    find_or_create_teacher(older, author=AUTHOR)

    teacher.refresh_from_db()
    assert (teacher.name, teacher.trs_induction_status) == ("Amara Bell", "Passed")
    assert teacher.trs_data_last_refreshed_at == clock.now()
    assert Event.objects.count() == told


def test_a_record_is_dated_when_trs_was_asked_not_when_it_is_copied(on):
    on("2026-03-12")
    asked = record()
    on("2026-03-13")

    teacher = find_or_create_teacher(asked, author=AUTHOR)

    assert teacher.trs_data_last_refreshed_at == asked.read_at


def test_a_record_without_an_induction_wipes_none():
    teacher = TeacherFactory(trn="3000101", passed=True)
    held = (teacher.trs_induction_status, teacher.trs_induction_completed_date)

    update_teacher_from_record(teacher, record(induction_status=None), author=AUTHOR)

    teacher.refresh_from_db()
    assert held == (teacher.trs_induction_status, teacher.trs_induction_completed_date)
    assert teacher.trs_response == "ok"


def test_a_record_without_an_induction_takes_no_exemption_back(on):
    on("2026-03-12")
    teacher = TeacherFactory(trn="3000101")
    update_teacher_from_record(teacher, record(induction_status="Exempt"), author=AUTHOR)

    update_teacher_from_record(teacher, record(induction_status=None), author=AUTHOR)

    teacher.refresh_from_db()
    assert teacher.trs_induction_status == "Exempt"
    assert teacher.ect_became_ineligible_for_funding_on == date(2026, 3, 12)


def test_a_refused_message_is_settled_once_trs_says_the_same():
    update = TRSInductionUpdateFactory(teacher__trn="3000101", state="rejected")
    agrees = record(induction_status="InProgress", induction_start_date=update.start_date)

    update_teacher_from_record(update.teacher, agrees, author=AUTHOR)

    update.refresh_from_db()
    assert update.state == "superseded"


def test_an_exemption_ends_funding_today_and_only_once(on):
    teacher = TeacherFactory(trn="3000101")
    exempt = record(induction_status="Exempt")

    on("2026-03-12")
    update_teacher_from_record(teacher, exempt, author=AUTHOR)
    on("2026-04-12")
    update_teacher_from_record(teacher, exempt, author=AUTHOR)

    teacher.refresh_from_db()
    assert teacher.ect_became_ineligible_for_funding_on == date(2026, 3, 12)


@pytest.mark.parametrize("status", ["RequiredToComplete", "InProgress", "Dreaming"])
def test_an_exemption_that_is_taken_back_is_forgotten(on, status):
    teacher = TeacherFactory(trn="3000101")
    on("2026-03-12")
    update_teacher_from_record(teacher, record(induction_status="Exempt"), author=AUTHOR)

    update_teacher_from_record(teacher, record(induction_status=status), author=AUTHOR)

    teacher.refresh_from_db()
    assert teacher.ect_became_ineligible_for_funding_on is None
    events = Event.objects.filter(event_type="teacher_trs_attributes_updated").order_by("pk")
    assert [
        event.metadata["ect_became_ineligible_for_funding_on"]
        for event in events
        if "ect_became_ineligible_for_funding_on" in event.metadata
    ] == [[None, "2026-03-12"], ["2026-03-12", None]]


def test_another_end_of_funding_stays_when_nobody_was_exempt():
    teacher = TeacherFactory(trn="3000101", ect_became_ineligible_for_funding_on=date(2024, 1, 1))

    update_teacher_from_record(teacher, record(induction_status="InProgress"), author=AUTHOR)

    teacher.refresh_from_db()
    assert teacher.ect_became_ineligible_for_funding_on == date(2024, 1, 1)


def test_a_status_we_do_not_know_is_kept_as_unknown():
    teacher = find_or_create_teacher(record(induction_status="Dreaming"), author=AUTHOR)

    assert teacher.trs_induction_status is None


@pytest.mark.django_db(transaction=True)
def test_two_at_once_yield_one_person():
    found = all_at_once(*[lambda: find_or_create_teacher(record(), author=AUTHOR).pk] * 2)

    assert set(found) == {Teacher.objects.get().pk}
    assert len(found) == 2
