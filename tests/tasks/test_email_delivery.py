"""What people must be told reaches GOV.UK Notify once, whatever happens (spec 05 §15)."""

import uuid
from datetime import timedelta
from functools import partial
from unittest.mock import patch

import pytest

from register_ects import clock
from register_ects.email_jobs import deliver as deliver_claimed
from register_ects.models import Event, OutgoingEmail
from register_ects.operations.base import Author
from register_ects.operations.messages.email_delivery import claim_email, record_sent, send_again
from register_ects.operations.messages.emails import queue_email
from register_ects.rules.enumerations import EmailTemplate
from register_ects.tasks import deliver_email, deliver_waiting_emails
from tests.factories import OutgoingEmailFactory
from tests.races import all_at_once

NOBODY = uuid.UUID(int=1)


pytestmark = pytest.mark.day("2026-03-12")


@pytest.fixture
def email(notify):
    return OutgoingEmailFactory()


def deliver(email):
    deliver_email.apply([email.pk], throw=True)
    email.refresh_from_db()
    return email


def posts(notify):
    return [call for call in notify.requests() if call["method"] == "POST"]


def test_an_email_arrives_in_its_own_words(notify, email):
    deliver(email)

    [message] = notify.messages()
    assert (email.state, email.attempts, str(email.notify_id)) == ("sent", 1, message["id"])
    assert message["reference"] == str(email.reference)
    assert message["email_address"] == "tilda@school.example.com"
    assert message["subject"] == "Hillside School has registered you as a mentor"
    assert message["body"].startswith("Hello Tilda Marsh,")
    assert "((" not in message["body"]


def test_an_email_is_not_sent_twice(notify, email):
    deliver(email)
    deliver(email)

    assert len(notify.messages()) == 1


@pytest.mark.parametrize("fault", ["500", "429", "down"])
def test_notify_in_trouble_then_well_gets_the_email_once(notify, email, on, fault):
    notify.fault(fault, times=1)

    assert deliver(email).state == "queued"
    assert email.next_attempt_at > clock.now()
    assert "unavailable" in email.last_response
    notify.begin_anew()
    on(clock.now() + timedelta(hours=1))
    deliver(email)
    deliver(email)

    assert (email.state, email.attempts, len(notify.messages())) == ("sent", 2, 1)


def test_a_slow_notify_that_took_the_email_is_not_given_it_again(notify, email, on):
    notify.fault("slow", times=1, seconds=1.5)
    notify.wait_at_most(0.5)

    assert deliver(email).state == "queued"
    notify.begin_anew()
    on(clock.now() + timedelta(hours=1))
    notify.wait_until_taken()
    deliver(email)

    assert (email.state, len(posts(notify)), len(notify.messages())) == ("sent", 1, 1)


def test_a_worker_killed_after_sending_does_not_send_again(notify, email, on):
    claimed = claim_email(email.pk)
    with (
        patch(
            "register_ects.operations.messages.email_delivery.record_sent", side_effect=SystemExit
        ),
        pytest.raises(SystemExit),
    ):
        deliver_claimed(claimed)

    assert deliver(email).state == "queued"  # the lease of the dead worker
    on(clock.now() + timedelta(minutes=3))
    deliver(email)

    assert (email.state, len(notify.messages())) == ("sent", 1)


def test_a_worker_killed_before_sending_leaves_the_email_to_the_next(notify, email, on):
    claim_email(email.pk)
    on(clock.now() + timedelta(minutes=3))

    assert deliver(email).state == "sent"


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_an_email_once(notify):
    email = OutgoingEmailFactory()

    all_at_once(*[partial(deliver_email.apply, [email.pk], throw=True)] * 4)

    email.refresh_from_db()
    assert (email.state, email.attempts, len(notify.messages())) == ("sent", 1, 1)


def test_nothing_is_tried_before_the_wait_that_notify_asked_for_is_over(notify, email):
    notify.fault("429", times=1, seconds=90)

    deliver(email)
    deliver(email)

    assert len(posts(notify)) == 1
    assert email.next_attempt_at >= clock.now() + timedelta(seconds=90)


def test_what_notify_refuses_is_left_to_support_with_the_reason(notify, email):
    OutgoingEmail.objects.filter(pk=email.pk).update(personalisation={"mentor_name": "Tilda"})

    deliver(email)

    assert email.state == "failed"
    assert "Missing personalisation: school_name" in email.last_response


def test_an_email_without_a_template_is_left_to_support(notify):
    email = deliver(OutgoingEmailFactory(template="long_forgotten"))

    assert (email.state, notify.requests()) == ("failed", [])


def test_a_wrong_key_loses_no_email(notify, email, settings, on):
    right = settings.NOTIFY_API_KEY
    settings.NOTIFY_API_KEY = f"wrong-{NOBODY}-{NOBODY}"

    assert deliver(email).state == "queued"
    assert "403" in email.last_response
    settings.NOTIFY_API_KEY = right
    on(clock.now() + timedelta(hours=1))

    assert deliver(email).state == "sent"


def test_after_72_hours_without_an_answer_the_email_is_left_to_support(notify, email, on):
    notify.fault("500")
    on(email.queued_at + timedelta(hours=71))
    assert deliver(email).state == "queued"
    on(email.queued_at + timedelta(hours=73))
    deliver(email)

    assert email.state == "failed"
    assert email.last_response.startswith("No answer for 72 hours. Notify is unavailable")


def test_a_worker_tries_again_after_the_wait(notify, email):
    notify.fault("500", times=1)

    with patch.object(deliver_email, "retry", return_value=RuntimeError("again")) as retry:
        deliver_email.push_request(retries=0, is_eager=False)
        with pytest.raises(RuntimeError, match="again"):
            deliver_email.run(email.pk)
        deliver_email.pop_request()

    assert 30 <= retry.call_args.kwargs["countdown"] <= 37.5


def test_the_timer_hands_out_what_is_due_and_nothing_else(email):
    OutgoingEmailFactory(state="sent")
    OutgoingEmailFactory(next_attempt_at=clock.now() + timedelta(minutes=1))

    with patch.object(deliver_email, "delay") as delay:
        deliver_waiting_emails()

    assert [call.args for call in delay.call_args_list] == [(email.pk,)]


def test_a_commit_asks_for_the_delivery(django_capture_on_commit_callbacks):
    with (
        patch("register_ects.operations.messages.emails.app.send_task") as send_task,
        django_capture_on_commit_callbacks(execute=True),
    ):
        queue_email(EmailTemplate.MENTOR_REGISTERED, recipient="a@b.example", personalisation={})

    email = OutgoingEmail.objects.get()
    send_task.assert_called_once_with("register_ects.tasks.deliver_email", [email.pk])


def test_nothing_is_sent_to_nobody():
    queue_email(EmailTemplate.MENTOR_REGISTERED, recipient=None, personalisation={})

    assert not OutgoingEmail.objects.exists()


def test_support_may_send_a_failed_email_again_once(notify):
    email = OutgoingEmailFactory(state="failed", attempts=4, receipt="technical-failure")
    first = email.reference

    assert send_again(email, author=Author.system())
    assert not send_again(email, author=Author.system())
    deliver(email)

    assert (email.state, email.receipt, len(notify.messages())) == ("sent", None, 1)
    assert email.reference != first
    assert Event.objects.filter(event_type="support_task_closed").count() == 1


def test_an_attempt_that_ends_after_support_sent_it_again_says_nothing_of_the_new_one(email):
    claimed = claim_email(email.pk)
    OutgoingEmail.objects.filter(pk=email.pk).update(state="failed")
    send_again(email, author=Author.system())

    record_sent(claimed, str(NOBODY))

    email.refresh_from_db()
    assert (email.state, email.notify_id) == ("queued", None)
