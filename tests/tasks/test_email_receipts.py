"""What became of an email at its address: told by Notify, or asked (spec 07 §9 Improve)."""

import json
from datetime import timedelta
from itertools import permutations

import pytest
from django.test import Client

from register_ects import clock
from register_ects.models import OutgoingEmail
from register_ects.operations.messages.email_delivery import (
    claim_email,
    record_sent,
    returned_addresses,
)
from register_ects.tasks import ask_about_receipts, deliver_email
from tests.factories import OutgoingEmailFactory

URL = "/notify/receipts"
TOKEN = "the-token-of-notify"


@pytest.fixture(autouse=True)
def _token(settings):
    settings.NOTIFY_CALLBACK_TOKEN = TOKEN


def receipt(email, status="delivered", minute=0, **changes):
    return {
        "id": "740e5834-3a29-46b4-9a6f-16142fde533a",
        "reference": str(email.reference),
        "to": email.recipient,
        "status": status,
        "created_at": "2026-03-12T10:00:00.000000Z",
        "completed_at": f"2026-03-12T10:{minute:02}:00.000000Z",
        "sent_at": None,
        "notification_type": "email",
        **changes,
    }


def tell(body, token=TOKEN):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"authorization": f"Bearer {token}"} if token else {}
    client = Client(enforce_csrf_checks=True)
    return client.post(URL, content, "application/json", headers=headers).status_code


@pytest.fixture
def email():
    return OutgoingEmailFactory(state="sent", sent_at=clock.now())


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("delivered", "sent"),
        ("permanent-failure", "returned"),
        ("temporary-failure", "failed"),
        ("technical-failure", "failed"),
        ("sending", "sent"),
        ("something-new", "sent"),
    ],
)
def test_a_receipt_is_recorded_with_its_time(email, status, state):
    assert tell(receipt(email, status, minute=5)) == 204

    email.refresh_from_db()
    is_final = status.endswith(("delivered", "failure"))
    assert (email.state, email.receipt) == (state, status if is_final else None)
    if is_final:
        assert email.receipt_at.isoformat() == "2026-03-12T10:05:00+00:00"


def test_a_receipt_that_comes_twice_changes_nothing(email, row_versions):
    tell(receipt(email, "permanent-failure"))
    before = row_versions()

    assert tell(receipt(email, "permanent-failure")) == 204
    assert row_versions() == before


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_receipts_may_come_in_any_order(email, order):
    said = [("sending", 0), ("temporary-failure", 1), ("delivered", 2)]
    for number in order:
        tell(receipt(email, said[number][0], said[number][1]))

    email.refresh_from_db()
    assert (email.state, email.receipt) == ("sent", "delivered")


def test_a_receipt_may_come_before_we_know_that_it_was_sent(notify):
    email = OutgoingEmailFactory()
    claimed = claim_email(email.pk)
    tell(receipt(email, "permanent-failure"))

    record_sent(claimed, "740e5834-3a29-46b4-9a6f-16142fde533a")

    email.refresh_from_db()
    assert (email.state, email.receipt) == ("returned", "permanent-failure")
    assert email.notify_id is not None


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN + "x", "é"])
def test_without_the_token_nothing_is_believed(email, token):
    assert tell(receipt(email, "permanent-failure"), token=token) == 401

    email.refresh_from_db()
    assert email.receipt is None


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"text"', b"\xff", b"[" * 100_000])
def test_what_is_no_receipt_is_refused(body):
    assert tell(body) == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"reference": None},
        {"reference": "our-letter-7"},
        {"reference": "740e5834-3a29-46b4-9a6f-16142fde533a"},
        {"status": None},
        {"status": ["delivered"]},
    ],
)
def test_a_receipt_of_what_is_not_ours_is_taken_and_ignored(email, changes):
    assert tell(receipt(email) | changes) == 204

    email.refresh_from_db()
    assert email.receipt is None


@pytest.mark.parametrize(
    "moment",
    [
        *(None, "", "yesterday", "2026-03-12T10:00:00", 7),
        *("2099-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"),
    ],
)
def test_a_receipt_without_a_likely_time_counts_from_when_it_came(email, moment):
    tell(receipt(email, completed_at=moment, created_at=moment))

    email.refresh_from_db()
    assert abs(email.receipt_at - clock.now()) < timedelta(minutes=1)


def test_the_authority_s_address_is_support_s_to_mend():
    email = OutgoingEmailFactory(template="teacher_failed_induction", state="sent")

    tell(receipt(email, "permanent-failure"))

    email.refresh_from_db()
    assert email.state == "failed"


def test_only_the_latest_receipt_of_an_address_counts():
    first, second = (
        OutgoingEmailFactory(state="sent", recipient=recipient)
        for recipient in ("Ada@school.example.com", "ada@school.example.com")
    )
    other = OutgoingEmailFactory(state="sent", recipient="bo@school.example.com")
    tell(receipt(first, "permanent-failure", minute=1))
    tell(receipt(other, "permanent-failure", minute=1))
    addresses = ["ADA@school.example.com", "bo@school.example.com", None, ""]
    assert returned_addresses(addresses) == {"ada@school.example.com", "bo@school.example.com"}

    tell(receipt(second, "delivered", minute=2))

    assert returned_addresses(addresses) == {"bo@school.example.com"}


def test_notify_is_asked_about_an_email_whose_receipt_never_came(notify, on):
    email = OutgoingEmailFactory(recipient="tilda@bounce.example.com")
    deliver_email.apply([email.pk], throw=True)
    notify.wait_until_settled()
    ask_about_receipts()
    email.refresh_from_db()
    assert email.receipt is None  # not yet: a receipt may be on its way

    on(clock.now() + timedelta(hours=5))
    ask_about_receipts()

    email.refresh_from_db()
    assert (email.state, email.receipt) == ("returned", "permanent-failure")


@pytest.mark.parametrize("trouble", ["500", None])
def test_notify_is_asked_again_until_it_must_have_given_up(notify, on, trouble):
    sent_at = clock.now()
    email = OutgoingEmailFactory(
        state="sent", sent_at=sent_at, next_attempt_at=sent_at, notify_id=notify.unsettled()
    )
    if trouble:
        notify.fault(trouble)
    ask_about_receipts()
    email.refresh_from_db()
    assert email.next_attempt_at > clock.now()

    on(sent_at + timedelta(days=6))
    notify.begin_anew()
    ask_about_receipts()

    email.refresh_from_db()
    assert (email.state, email.next_attempt_at) == ("sent", None)


@pytest.mark.django_db(transaction=True)
def test_the_stand_in_sends_its_receipts_to_us(notify, live_server):
    notify.send_receipts_to(f"{live_server.url}{URL}", TOKEN)
    emails = {
        outcome: OutgoingEmailFactory(recipient=f"tilda@{host}.example.com")
        for host, outcome in [
            ("school", "delivered"),
            ("bounce", "permanent-failure"),
            ("full", "temporary-failure"),
            ("broken", "technical-failure"),
        ]
    }
    for email in emails.values():
        deliver_email.apply([email.pk], throw=True)

    notify.wait_for(lambda: not OutgoingEmail.objects.filter(receipt=None).exists())

    for outcome, email in emails.items():
        email.refresh_from_db()
        assert email.receipt == outcome
