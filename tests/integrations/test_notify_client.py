"""What our client of GOV.UK Notify sends, and what it makes of the answers."""

import uuid
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from register_ects.integrations.notify import (
    NotifyClient,
    NotifyMisconfigured,
    NotifyRejected,
    NotifyUnavailable,
    moment_of,
)

TEMPLATE = "mentor_registered"
WORDS = {
    "mentor_name": "Ada Okafor",
    "school_name": "Hillside School",
    "mentor_guidance_url": "https://guidance.example",
    "privacy_url": "https://privacy.example",
}


@pytest.fixture
def client(notify):
    return NotifyClient(notify.base_url, notify.api_key)


@pytest.fixture
def send(client, settings):
    def send(**changes):
        email = {
            "template_id": settings.NOTIFY_TEMPLATE_IDS[TEMPLATE],
            "recipient": "ada@school.example.com",
            "personalisation": WORDS,
            "reference": str(uuid.uuid4()),
        }
        return client.send_email(**(email | changes))

    return send


def test_an_email_is_found_by_its_reference_and_followed(notify, client, send):
    reference = str(uuid.uuid4())
    assert client.find_email(reference) is None

    sent = send(reference=reference)

    assert client.find_email(reference) == sent
    notify.wait_until_settled()
    delivery = client.delivery(sent)
    assert (delivery.status, delivery.at.tzinfo) == ("delivered", UTC)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"recipient": "nobody"}, "Not a valid email address"),
        ({"template_id": str(uuid.UUID(int=1))}, "Template not found"),
        ({"personalisation": {}}, "Missing personalisation: mentor_guidance_url, mentor_name"),
    ],
)
def test_a_refusal_says_why_and_nothing_about_the_person(send, changes, reason):
    with pytest.raises(NotifyRejected, match=reason) as refusal:
        send(**changes)

    assert "status 400" in str(refusal.value)
    assert "ada@" not in str(refusal.value)


@pytest.mark.parametrize(
    "key",
    [
        pytest.param(f"demo-{uuid.UUID(int=1)}-{uuid.UUID(int=2)}", id="another service"),
        pytest.param("nonsense", id="no key"),
    ],
)
def test_a_wrong_key_is_for_an_operator_to_mend(notify, key):
    with pytest.raises(NotifyMisconfigured, match="status 403"):
        NotifyClient(notify.base_url, key).find_email("any")


def test_a_clock_that_is_wrong_is_for_an_operator_to_mend(client, monkeypatch):
    monkeypatch.setattr(
        "register_ects.integrations.notify.client.clock",
        SimpleNamespace(real_now=lambda: datetime(2026, 1, 1, tzinfo=UTC)),
    )

    with pytest.raises(NotifyMisconfigured, match="accurate to within 30 seconds"):
        client.find_email("any")


def test_a_wrong_address_is_for_an_operator_to_mend(notify):
    with pytest.raises(NotifyMisconfigured, match="status 404"):
        NotifyClient(f"{notify.base_url}/elsewhere", notify.api_key).find_email("any")


@pytest.mark.parametrize("fault", ["429", "500", "down"])
def test_trouble_may_pass(notify, send, fault):
    notify.fault(fault, times=1, seconds=7)

    with pytest.raises(NotifyUnavailable) as trouble:
        send()

    assert trouble.value.retry_after == (7 if fault == "429" else None)


def test_after_a_failure_nobody_asks_for_a_while(notify, send):
    notify.fault("500")
    for _time in range(3):
        with pytest.raises(NotifyUnavailable):
            send()

    assert len(notify.requests()) == 1


def test_a_refusal_does_not_keep_others_from_being_sent(send):
    with pytest.raises(NotifyRejected):
        send(recipient="nobody")

    assert send()


def test_an_answer_that_takes_too_long_is_none(notify, settings):
    notify.fault("slow", times=1, seconds=2)
    client = NotifyClient(notify.base_url, notify.api_key, read_timeout=0.2)

    with pytest.raises(NotifyUnavailable, match="ReadTimeout"):
        client.find_email("any")


@pytest.mark.no_database
@pytest.mark.parametrize("text", [None, "", "soon", "2026-03-12", "2026-03-12T10:00:00", 3, {}])
def test_only_an_instant_is_a_moment(text):
    assert moment_of(text) is None
    assert moment_of("2026-03-12T10:00:00.5Z").microsecond == 500_000
