"""What happened, in words people read."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.template.loader import get_template

from register_ects.web.timeline import timeline_items
from tests.factories import EventFactory, StaffUserFactory

AFTERNOON = datetime(2025, 10, 3, 16, 30, tzinfo=UTC)
LONDON_MIDNIGHT = datetime(2025, 9, 30, 23, tzinfo=UTC)


def item_of(**fields):
    fields = {"happened_at": AFTERNOON, "recorded_at": AFTERNOON} | fields
    return timeline_items([EventFactory(**fields)])[0]


@pytest.mark.parametrize(
    ("fields", "author"),
    [
        ({}, "System"),
        ({"author_type": "lead_provider_api", "author_name": "Cedar Learning"}, "Cedar Learning"),
        ({"author_type": "school_user", "author_email": "t@school.example.com"}, "School user"),
    ],
)
def test_names_the_author_as_well_as_it_can(fields, author):
    assert item_of(**fields).author == author


def test_names_staff_by_their_record():
    user = StaffUserFactory(name="Sam Staff")

    assert item_of(author_type="dfe_staff_user", author=user).author == "Sam Staff"


def test_tells_the_time_in_london():
    item = item_of()

    assert item.when == "3 Oct 2025, 5:30pm"
    assert item.moment == "2025-10-03T17:30+01:00"


def test_a_day_has_no_time_of_day():
    assert item_of(happened_at=LONDON_MIDNIGHT).when == "1 Oct 2025"


def test_says_when_it_was_recorded_only_if_on_another_day():
    assert item_of().recorded is None
    assert item_of(happened_at=LONDON_MIDNIGHT).recorded == "3 Oct 2025, 5:30pm"


def test_draws_note_changes_and_ticket():
    item = item_of(
        heading="Ada Okafor's induction was reopened",
        body="Passed in error",
        modifications=["Outcome 'pass' removed"],
        zendesk_ticket_id=123456,
    )
    page = draw([item])

    assert page.h3.get_text() == "Ada Okafor's induction was reopened"
    assert page.select_one("li li").get_text() == "Outcome 'Passed' removed"
    assert page.time["datetime"] == item.moment
    ticket = page.find("a", string=lambda text: text and "123456" in text)
    assert ticket["href"].endswith("/tickets/123456")
    assert "opens in new tab" in ticket.get_text()


def draw(items):
    environment = get_template("layouts/base.jinja").template.environment
    macro = environment.get_template("components/timeline.jinja").module.timeline
    return BeautifulSoup(macro(items), "html.parser")
