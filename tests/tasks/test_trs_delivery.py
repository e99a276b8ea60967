"""What TRS must be told arrives once, whatever happens on the way (spec 06 §6.16)."""

from datetime import date, timedelta
from unittest.mock import patch

import pytest

from register_ects import clock
from register_ects.invented.stand_ins.trs import person
from register_ects.models import Event, TRSInductionUpdate
from register_ects.operations.base import Author
from register_ects.operations.inductions.trs_updates import (
    claim_update,
    queue_again,
    queue_trs_update,
    record_rejected,
    record_sent,
    seconds_until_retry,
)
from register_ects.tasks import deliver_trs_update, deliver_waiting_trs_updates
from tests.factories import InductionPeriodFactory, TeacherFactory, TRSInductionUpdateFactory

TRN = "3000500"


pytestmark = pytest.mark.day("2026-03-12")


@pytest.fixture
def update(trs):
    trs.upsert(person(TRN, first_name="Amara", last_name="Oduya", qts_held_from=date(2025, 7, 1)))
    return TRSInductionUpdateFactory(teacher__trn=TRN, changed_at=clock.now())


def writes(trs):
    return [call for call in trs.requests() if call["method"] == "PUT"]


def deliver(update):
    deliver_trs_update.apply([update.pk], throw=True)
    update.refresh_from_db()
    return update


def test_a_message_arrives_and_the_person_is_read_back(trs, update):
    deliver(update)

    update.teacher.refresh_from_db()
    assert update.state == "sent"
    assert writes(trs)[0]["body"] == {
        "status": "InProgress",
        "startDate": "2025-09-01",
        "completedDate": None,
        "modifiedOn": "2026-03-12T12:00:00.000Z",
    }
    assert update.teacher.name == "Amara Oduya"
    assert update.teacher.trs_induction_start_date == date(2025, 9, 1)
    assert Event.objects.filter(event_type="trs_update_confirmed").count() == 1


def test_a_message_is_not_sent_twice(trs, update):
    deliver(update)
    deliver(update)

    assert len(writes(trs)) == 1


def test_trs_down_then_up_gets_the_message_once(trs, update, on):
    trs.fault("500", times=2)

    deliver(update)
    assert (update.state, update.attempts) == ("queued", 1)
    on(clock.now() + timedelta(hours=1))
    deliver(update)
    on(clock.now() + timedelta(hours=1))
    deliver(update)
    deliver(update)

    accepted = [call for call in writes(trs) if call["status"] == 204]
    assert (update.state, update.attempts, len(accepted)) == ("sent", 3, 1)


def test_nothing_is_tried_before_the_wait_that_trs_asked_for_is_over(trs, update):
    trs.fault("429", times=1)

    deliver(update)
    deliver(update)

    assert len(writes(trs)) == 1
    assert update.next_attempt_at > clock.now()


def test_a_worker_tries_again_after_the_wait(trs, update):
    trs.fault("500", times=1)

    with patch.object(deliver_trs_update, "retry", return_value=RuntimeError("again")) as retry:
        deliver_trs_update.push_request(retries=0, is_eager=False)
        with pytest.raises(RuntimeError, match="again"):
            deliver_trs_update.run(update.pk)
        deliver_trs_update.pop_request()

    assert 30 <= retry.call_args.kwargs["countdown"] <= 37.5


@pytest.mark.parametrize(
    ("attempts", "retry_after", "least", "most"),
    [
        (1, None, 30, 37.5),
        (2, None, 60, 75),
        (5, None, 480, 600),
        (40, None, 2880, 3600),
        (1, 90, 90, 112.5),
        (9, 0, 1, 1.25),
        (1, 3000, 3000, 3600),
    ],
)
def test_waits_double_up_to_an_hour_unless_trs_says_how_long(attempts, retry_after, least, most):
    waits = {seconds_until_retry(attempts, retry_after=retry_after) for _ in range(50)}

    assert least <= min(waits) <= max(waits) <= most
    assert len(waits) > 1


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"qts_held_from": None}, id="TRS refuses it"),
        pytest.param({"deactivated": True}, id="the record is deactivated"),
        pytest.param({"merged_into": "7000002"}, id="it was merged into nobody"),
    ],
)
def test_a_refusal_is_final_and_support_sees_it(trs, update, changes):
    trs.upsert(person(TRN, **({"qts_held_from": date(2025, 7, 1)} | changes)))

    deliver(update)

    event = Event.objects.get(event_type="trs_update_failed")
    assert update.state == "rejected"
    assert event.teacher == update.teacher
    assert event.body == update.last_response


@pytest.mark.parametrize(
    ("changes", "response", "event"),
    [
        ({"deactivated": True}, "gone", "teacher_trs_deactivated"),
        ({"trn": "7000002"}, "not_found", "teacher_trs_not_found"),
    ],
)
def test_a_write_that_finds_nobody_is_explained_by_a_read(trs, changes, response, event):
    update = TRSInductionUpdateFactory(teacher__trn=changes.get("trn", TRN))
    if "trn" not in changes:
        trs.upsert(person(TRN, qts_held_from=date(2025, 7, 1), **changes))

    deliver(update)

    update.teacher.refresh_from_db()
    assert (update.state, update.teacher.trs_response) == ("rejected", response)
    assert Event.objects.filter(event_type=event, teacher=update.teacher).count() == 1


def test_a_message_about_a_merged_person_reaches_the_survivor(trs, update):
    trs.upsert(
        person(TRN, merged_into="3000501"),
        person("3000501", first_name="Amara", last_name="Bell", qts_held_from=date(2025, 7, 1)),
    )

    deliver(update)

    update.teacher.refresh_from_db()
    assert (update.state, update.teacher.trn) == ("sent", "3000501")
    assert (update.teacher.name, update.teacher.trs_response) == ("Amara Bell", "ok")
    assert trs.person("3000501")["induction"]["status"] == "InProgress"
    assert Event.objects.filter(event_type="teacher_trs_merged").count() == 1


def test_a_survivor_that_trs_does_not_show_is_left_to_support(trs, update):
    trs.upsert(person(TRN, merged_into="7000004"))

    deliver(update)

    update.teacher.refresh_from_db()
    assert (update.state, update.teacher.trn) == ("rejected", TRN)
    assert update.teacher.trs_redirected_to == "7000004"


def test_when_we_hold_the_survivor_too_support_must_merge_the_records(trs, update):
    survivor = TeacherFactory(trn="3000501")
    trs.upsert(
        person(TRN, merged_into="3000501"), person("3000501", qts_held_from=date(2025, 7, 1))
    )

    deliver(update)

    update.teacher.refresh_from_db()
    assert (update.state, update.teacher.trn) == ("rejected", TRN)
    assert (update.teacher.trs_response, update.teacher.trs_redirected_to) == (
        "permanent_redirect",
        survivor.trn,
    )
    assert trs.person("3000501")["induction"]["status"] == "RequiredToComplete"


def test_a_404_that_is_not_trs_s_own_is_tried_again(trs, update, settings):
    settings.TRS_API_BASE_URL = f"{trs.base_url}/nowhere"

    assert deliver(update).state == "queued"


def test_after_72_hours_without_an_answer_the_message_is_left_to_support(trs, update, on):
    begun = update.created_at
    trs.fault("500")

    on(begun + timedelta(hours=71))
    assert deliver(update).state == "queued"
    on(begun + timedelta(hours=73))
    deliver(update)

    event = Event.objects.get(event_type="trs_update_failed")
    assert (update.state, event.teacher) == ("rejected", update.teacher)
    assert update.last_response == "No answer for 72 hours. TRS is unavailable: status 500"


def test_until_trs_confirms_what_it_said_before_is_kept(trs, update):
    trs.fault("500", times=1)

    deliver(update)

    update.teacher.refresh_from_db()
    assert update.teacher.trs_induction_status == "RequiredToComplete"


def test_a_message_refused_after_a_newer_took_its_place_is_no_case_for_support(trs, update):
    trs.upsert(person(TRN, qts_held_from=None))
    claimed = claim_update(update.pk)
    TRSInductionUpdate.objects.filter(pk=update.pk).update(state="superseded")
    TRSInductionUpdateFactory(
        teacher=update.teacher, status="Passed", completed_date=date(2026, 3, 6)
    )

    record_rejected(claimed, "no")

    update.refresh_from_db()
    assert update.state == "superseded"


def test_an_older_message_confirmed_late_does_not_hide_the_newer(update):
    newer = TRSInductionUpdateFactory(
        teacher=update.teacher,
        state="superseded",
        status="Passed",
        completed_date=date(2026, 3, 1),
        changed_at=clock.now() + timedelta(minutes=5),
    )

    record_sent(newer)
    record_sent(update)

    update.teacher.refresh_from_db()
    assert update.teacher.trs_induction_status == "Passed"


def test_a_message_older_than_what_trs_accepted_is_superseded(trs, update):
    newer = TRSInductionUpdateFactory(
        teacher=update.teacher, state="superseded", changed_at=clock.now() + timedelta(minutes=5)
    )
    TRSInductionUpdate.objects.filter(pk=update.pk).update(state="superseded")
    TRSInductionUpdate.objects.filter(pk=newer.pk).update(state="queued")
    deliver(newer)
    TRSInductionUpdate.objects.filter(pk=update.pk).update(state="queued")

    assert deliver(update).state == "superseded"


def test_a_message_on_its_way_is_left_to_whoever_took_it(trs, update):
    assert claim_update(update.pk)

    deliver(update)

    assert not writes(trs)


def test_a_message_that_a_crashed_worker_took_is_due_again_later(trs, update, on):
    claim_update(update.pk)
    on(clock.now() + timedelta(minutes=3))

    assert deliver(update).state == "sent"


def test_a_person_that_cannot_be_read_back_does_not_undo_the_delivery(trs, update):
    with patch("register_ects.integrations.trs.TRSClient.find_teacher", side_effect=_unavailable()):
        deliver(update)

    assert update.state == "sent"


def test_the_timer_hands_out_what_is_due_and_nothing_else(trs, update):
    TRSInductionUpdateFactory(state="sent")
    TRSInductionUpdateFactory(next_attempt_at=clock.now() + timedelta(minutes=1))

    with patch.object(deliver_trs_update, "delay") as delay:
        deliver_waiting_trs_updates()

    assert [call.args for call in delay.call_args_list] == [(update.pk,)]


def test_a_newer_state_supersedes_one_that_waits():
    period = InductionPeriodFactory()
    first = queue_trs_update(period.teacher)
    period.finished_on, period.number_of_terms = date(2026, 3, 1), 3
    period.outcome = "pass"
    period.save()

    second = queue_trs_update(period.teacher)

    first.refresh_from_db()
    assert (first.state, second.state, second.status) == ("superseded", "queued", "Passed")


def test_nothing_is_queued_for_what_trs_last_accepted():
    period = InductionPeriodFactory()
    record_sent(queue_trs_update(period.teacher))
    period.teacher.refresh_from_db()

    assert queue_trs_update(period.teacher) is None


def test_the_same_message_is_not_queued_beside_one_that_waits():
    period = InductionPeriodFactory()

    assert queue_trs_update(period.teacher) == queue_trs_update(period.teacher)
    assert TRSInductionUpdate.objects.count() == 1


def test_a_new_message_takes_the_place_of_one_that_was_refused():
    period = InductionPeriodFactory()
    refused = queue_trs_update(period.teacher)
    record_rejected(refused, "no")

    queue_trs_update(period.teacher)

    refused.refresh_from_db()
    assert refused.state == "superseded"


def test_support_may_send_a_refused_message_again_with_the_time_of_its_change(on):
    period = InductionPeriodFactory()
    refused = queue_trs_update(period.teacher)
    record_rejected(refused, "no")
    on("2026-03-20")

    again = queue_again(refused, author=Author.system())

    refused.refresh_from_db()
    assert (refused.state, again.state) == ("superseded", "queued")
    assert again.changed_at == refused.changed_at
    assert queue_again(refused, author=Author.system()) is None


def test_nothing_is_queued_for_a_person_without_a_trn():
    period = InductionPeriodFactory(teacher=TeacherFactory(trnless_person=True))

    assert queue_trs_update(period.teacher) is None


def test_a_commit_asks_for_the_delivery(django_capture_on_commit_callbacks):
    period = InductionPeriodFactory()

    with (
        patch("register_ects.operations.inductions.trs_updates.app.send_task") as send_task,
        django_capture_on_commit_callbacks(execute=True),
    ):
        update = queue_trs_update(period.teacher)

    send_task.assert_called_once_with("register_ects.tasks.deliver_trs_update", [update.pk])


def test_a_change_is_kept_when_the_queue_is_down(django_capture_on_commit_callbacks):
    period = InductionPeriodFactory()

    with (
        patch(
            "register_ects.operations.inductions.trs_updates.app.send_task",
            side_effect=ConnectionError,
        ),
        django_capture_on_commit_callbacks(execute=True),
    ):
        update = queue_trs_update(period.teacher)

    assert TRSInductionUpdate.objects.get() == update


def _unavailable():
    from register_ects.integrations.trs import TRSUnavailable

    return TRSUnavailable("down")
