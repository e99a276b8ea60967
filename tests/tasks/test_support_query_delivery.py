"""What schools ask support becomes one ticket of the help desk (spec 05 §12.4)."""

from datetime import timedelta
from functools import partial
from unittest.mock import patch

import httpx
import pytest

from register_ects import clock
from register_ects.integrations.help_desk.client import forget_clients
from register_ects.models import Event, SupportQuery
from register_ects.operations.base import Author
from register_ects.operations.messages.support_query_delivery import (
    MOST_ATTEMPTS,
    claim_query,
    send_again,
)
from register_ects.support_query_jobs import deliver as deliver_claimed
from register_ects.tasks import (
    delete_expired_drafts,
    deliver_support_query,
    deliver_waiting_support_queries,
)
from tests.factories import SupportQueryFactory
from tests.races import all_at_once

pytestmark = pytest.mark.day("2026-03-12")


@pytest.fixture
def query(help_desk):
    return SupportQueryFactory(asked_from="/school/ects/7")


def deliver(query):
    deliver_support_query.apply([query.pk], throw=True)
    query.refresh_from_db()
    return query


def later(on, **time):
    on(clock.now() + timedelta(**time))
    forget_clients()


def test_a_question_becomes_a_ticket_with_who_asked_and_where(help_desk, query):
    deliver(query)

    [ticket] = help_desk.tickets()
    assert (query.state, query.zendesk_id) == ("sent", ticket["id"])
    wanted = ticket["wanted"]
    assert wanted["requester"] == {"name": "Tilda Marsh", "email": "tilda@school.example.com"}
    assert wanted["comment"]["body"] == (
        "How do I change a mentor?\n\nSchool: Hillside School\nURN: 100001\n"
        "Page they came from: /school/ects/7"
    )
    assert wanted["tags"] == ["ecf-web-form-support-query"]
    assert ticket["idempotency_key"] == ticket["external_id"] == str(query.key)


def test_a_question_is_given_once(help_desk, query):
    deliver(query)
    deliver(query)

    assert len(help_desk.tickets()) == 1


@pytest.mark.parametrize("fault", ["500", "429", "down"])
def test_a_help_desk_in_trouble_then_well_gets_it_once(help_desk, query, on, fault):
    help_desk.fault(fault, times=1)

    assert deliver(query).state == "pending"
    assert query.next_attempt_at > clock.now()
    later(on, hours=1)
    deliver(query)

    assert (query.state, query.attempts, len(help_desk.tickets())) == ("sent", 2, 1)


def test_a_wrong_key_loses_no_question(help_desk, query, on, settings):
    right = settings.HELP_DESK_KEY
    settings.HELP_DESK_KEY = "another-key"
    assert deliver(query).state == "pending"
    settings.HELP_DESK_KEY = right
    later(on, hours=1)

    assert deliver(query).state == "sent"


def test_a_worker_killed_after_the_ticket_makes_no_second_one(help_desk, query, on):
    claimed = claim_query(query.pk)
    with (
        patch(
            "register_ects.operations.messages.support_query_delivery.record_ticket",
            side_effect=SystemExit,
        ),
        pytest.raises(SystemExit),
    ):
        deliver_claimed(claimed)
    assert deliver(query).state == "sending"

    later(on, minutes=3)
    deliver(query)

    assert (query.state, len(help_desk.tickets())) == ("sent", 1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_ticket(help_desk):
    query = SupportQueryFactory()

    all_at_once(*[partial(deliver_support_query.apply, [query.pk], throw=True)] * 4)

    query.refresh_from_db()
    assert (query.state, query.attempts, len(help_desk.tickets())) == ("sent", 1, 1)


def test_what_the_help_desk_refuses_is_left_to_support(help_desk, query):
    with patch("register_ects.support_query_jobs._ticket", side_effect=_without_words):
        deliver(query)

    assert query.state == "failed"
    assert "Record validation errors" in query.last_response


def test_after_three_days_without_an_answer_it_is_left_to_support(help_desk, query, on):
    help_desk.fault("500")
    SupportQuery.objects.update(attempts=MOST_ATTEMPTS - 2)

    assert deliver(query).state == "pending"
    later(on, hours=2)
    deliver(query)

    assert query.state == "failed"
    assert query.last_response.startswith("No answer for three days.")


def test_support_may_send_a_failed_question_again_once(help_desk, query):
    SupportQuery.objects.update(state="failed", attempts=MOST_ATTEMPTS)

    assert send_again(query, author=Author.system())
    assert not send_again(query, author=Author.system())
    deliver(query)

    assert (query.state, len(help_desk.tickets())) == ("sent", 1)
    assert Event.objects.filter(event_type="support_task_closed").count() == 1


def test_the_timer_hands_out_what_is_due_and_nothing_else(query):
    soon = clock.now() + timedelta(minutes=1)
    crashed = SupportQueryFactory(state="sending", next_attempt_at=clock.now())
    SupportQueryFactory(state="sending", next_attempt_at=soon)
    SupportQueryFactory(state="pending", next_attempt_at=soon)
    SupportQueryFactory(state="sent")
    SupportQueryFactory(state="failed")

    with patch.object(deliver_support_query, "delay") as delay:
        deliver_waiting_support_queries()

    assert {call.args for call in delay.call_args_list} == {(query.pk,), (crashed.pk,)}


def test_what_was_asked_is_erased_a_year_after_it_was_sent(help_desk, query, on):
    kept = SupportQueryFactory(state="failed", message="Who?")
    deliver(query)

    on(clock.now() + timedelta(days=364))
    delete_expired_drafts()
    assert SupportQuery.objects.get(pk=query.pk).message == "How do I change a mentor?"
    on(clock.now() + timedelta(days=2))
    delete_expired_drafts()

    assert SupportQuery.objects.get(pk=query.pk).message == "Erased a year after it was sent"
    assert SupportQuery.objects.get(pk=kept.pk).message == "Who?"


def test_the_help_desk_s_page_shows_the_question(help_desk, query):
    deliver(query)

    page = httpx.get(help_desk.base_url, trust_env=False).text

    assert "How do I change a mentor?" in page
    assert "From Tilda Marsh, tilda@school.example.com" in page


def _without_words(query):
    from register_ects.integrations.help_desk import Ticket

    return Ticket(str(query.key), "Nothing", "", "Tilda", "tilda@school.example.com", ())
