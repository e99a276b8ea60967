"""The stand-in of GOV.UK Notify shows people what they would read."""

import httpx
import pytest
from bs4 import BeautifulSoup

from register_ects.invented.stand_ins.notify.receipts import outcome_of
from tests.factories import OutgoingEmailFactory
from tests.tasks.test_email_delivery import deliver


@pytest.fixture
def outbox(notify):
    def read():
        return BeautifulSoup(httpx.get(notify.base_url, trust_env=False).text, "html.parser")

    return read


def test_the_outbox_shows_emails_as_they_are_read_the_newest_first(notify, outbox):
    assert "No emails yet" in outbox().text
    for name in ("Ada", "<b>Bo</b>"):
        words = {"mentor_name": name, "school_name": "Hillside"}
        deliver(OutgoingEmailFactory(personalisation=words))
    notify.wait_until_settled()

    emails = outbox().select("details")

    assert [email.select("p")[1].text for email in emails] == ["Hello <b>Bo</b>,", "Hello Ada,"]
    assert emails[0].summary.text == (
        "Hillside has registered you as a mentor: to tilda@school.example.com, delivered"
    )
    assert [heading.text for heading in emails[0].select("h3")] == ["What this means"]


def test_a_reset_forgets_every_email(notify):
    deliver(OutgoingEmailFactory())

    notify.reset()

    assert notify.messages() == []


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("address", "outcome"),
    [
        ("ada@school.example", "delivered"),
        ("ada@bounce.example.com", "permanent-failure"),
        ("ADA@BOUNCE.example.com", "permanent-failure"),
        ("bounce@school.example", "delivered"),
        ("ada@full.example.com", "temporary-failure"),
        ("ada@broken.example.com", "technical-failure"),
    ],
)
def test_the_address_decides_what_becomes_of_an_email(address, outcome):
    assert outcome_of(address) == outcome


@pytest.mark.parametrize("path", ["/v2/notifications/nonsense", "/v2/notifications/", "/v3"])
def test_without_a_token_nothing_is_answered(notify, path):
    answer = httpx.get(f"{notify.base_url}{path}", trust_env=False)

    assert answer.status_code == 403
    assert answer.json()["errors"][0]["error"] == "AuthError"


def test_a_list_is_shown_as_a_list(notify, outbox):
    words = {"early_career_teacher_name": "Ada", "school_name": "Hillside"}
    deliver(OutgoingEmailFactory(template="ect_registered_school_led", personalisation=words))

    assert "time off your timetable for your training" in [
        item.text for item in outbox().select("details li")
    ]
