"""Whom a campaign writes to, when it is due, and until when a school may opt out."""

from datetime import date

import pytest

from register_ects.rules.enumerations import ReminderCampaign
from register_ects.rules.reminders import (
    Addressee,
    campaigns_due,
    end_of_term,
    is_opted_out,
    why_left_out,
)

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-01", "2026-03-31"),
        ("2026-03-31", "2026-03-31"),
        ("2026-04-01", "2026-05-31"),
        ("2026-05-31", "2026-05-31"),
        ("2026-06-01", "2026-12-31"),
        ("2026-12-31", "2026-12-31"),
    ],
)
def test_terms_end_in_march_in_may_and_in_december(day, expected):
    assert end_of_term(date.fromisoformat(day)) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("until", "expected"), [(None, False), ("2026-09-09", False), ("2026-09-10", True)]
)
def test_a_school_is_left_alone_until_the_end_of_the_day(until, expected):
    until = until and date.fromisoformat(until)
    assert is_opted_out(until, today=date(2026, 9, 10)) is expected


def school(**changes):
    values = {
        "school_id": 1,
        "school_name": "Oak School",
        "tutor_name": "Tilda Marsh",
        "tutor_email": "tilda@oak.example.com",
        "contact_emails": ("head@oak.example.com", "office@oak.example.com"),
        "opted_out_until": None,
        "has_something_to_do": True,
        "was_sent": False,
    }
    return Addressee(**{**values, **changes})


TODAY = date(2026, 9, 10)
OPTED_OUT = {"opted_out_until": TODAY}
IDLE = {"has_something_to_do": False}
UNKNOWN = {"tutor_email": None, "contact_emails": (None, None)}


@pytest.mark.parametrize(
    ("changes", "opening", "others"),
    [
        pytest.param({}, None, None, id="has something to do"),
        pytest.param(OPTED_OUT, None, "opted out", id="opted out until today"),
        pytest.param({"opted_out_until": date(2026, 9, 9)}, None, None, id="until yesterday"),
        pytest.param(IDLE, None, "nothing to do", id="nothing to do"),
        pytest.param({**IDLE, **OPTED_OUT}, None, "opted out", id="nothing to do, opted out"),
        pytest.param(UNKNOWN, "no email address", "no email address", id="no address"),
        pytest.param({"was_sent": True}, "sent before", "sent before", id="reached before"),
    ],
)
def test_who_is_left_out_of_a_campaign(changes, opening, others):
    for campaign in ReminderCampaign:
        expected = opening if campaign == ReminderCampaign.REGISTRATION_OPENING else others
        assert why_left_out(campaign, school(**changes), today=TODAY) == expected, campaign


@pytest.mark.parametrize(
    ("changes", "recipient", "greeting"),
    [
        ({}, "tilda@oak.example.com", "Tilda Marsh"),
        ({"tutor_email": None, "tutor_name": None}, "head@oak.example.com", "colleague"),
        (
            {"tutor_email": None, "contact_emails": (None, "office@oak.example.com")},
            "office@oak.example.com",
            "colleague",
        ),
        (UNKNOWN, None, "colleague"),
    ],
)
def test_writes_to_the_tutor_or_else_to_the_contacts_of_the_register(changes, recipient, greeting):
    assert (school(**changes).recipient, school(**changes).greeting) == (recipient, greeting)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("05-31", []),
        ("06-01", ["registration_opening"]),
        ("06-28", ["registration_opening"]),
        ("06-29", []),
        ("09-07", []),
        ("09-08", ["term_september"]),
        ("10-05", ["term_september"]),
        ("10-06", ["nobody_registered"]),
        ("01-07", []),
        ("01-08", ["term_january"]),
        ("04-20", ["term_april"]),
        ("05-18", []),
    ],
)
def test_each_campaign_is_due_for_four_weeks(day, expected):
    assert campaigns_due(date.fromisoformat(f"2026-{day}")) == expected
