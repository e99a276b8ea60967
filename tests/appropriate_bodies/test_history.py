"""The history of an induction, as a body reads it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register_ects.operations.base import Author, record_event
from register_ects.operations.inductions.periods import pass_induction, release_ect
from tests.factories import (
    AppropriateBodyFactory,
    InductionPeriodFactory,
    StaffUserFactory,
    TeacherFactory,
)
from tests.inductions import AUTHOR

THEIRS = Author.appropriate_body_user(name="Someone Else", email="else@hub-b.example.org")


def page_of(teacher_id):
    return f"/appropriate-body/teachers/{teacher_id}/history"


def headings(page):
    return [each.get_text(strip=True) for each in page.select(".app-timeline__heading")]


@pytest.fixture
def earlier(period):
    """Hub B held Ada before, and released her with a reason for the terms."""
    held = InductionPeriodFactory(
        teacher=period.teacher,
        appropriate_body=AppropriateBodyFactory(name="Hub B"),
        started_on=date(2023, 9, 1),
        finished_on=date(2024, 3, 31),
        finished=True,
    )
    record_event(
        "induction_period_closed",
        "Hub B released Ada Okafor",
        author=THEIRS,
        about=[period.teacher, held.appropriate_body, held],
        happened_on=held.finished_on,
        body="Their own words",
    )
    return held


def test_it_tells_who_recorded_what_newest_first(user, period, earlier):
    pass_induction(period, author=AUTHOR, finished_on=date(2026, 7, 10), number_of_terms=Decimal(6))
    record = user.get(f"/appropriate-body/teachers/{period.teacher_id}")
    (link,) = [a["href"] for a in record.select("main a") if a.get_text() == "History"]

    page = user.get(link)

    assert headings(page) == [
        "Hub A recorded that Ada Okafor passed induction",
        "Hub B released Ada Okafor",
    ]
    assert "by Priya Bell" in page.text
    assert "Terms served: 6" in page.text


def test_of_what_another_body_recorded_it_tells_that_body_alone(user, period, earlier):
    page = user.get(page_of(period.teacher_id))

    assert "by Hub B" in page.text
    assert "Someone Else" not in page.text
    assert "Their own words" not in page.text


def test_staff_are_the_department_and_their_ticket_is_not_shown(user, hub, period):
    record_event(
        "induction_period_updated",
        "The start date was corrected",
        author=Author.staff(StaffUserFactory(name="Joanna Field")),
        about=[period.teacher, hub, period],
        ticket=123456,
    )

    page = user.get(page_of(period.teacher_id))

    assert "by The Department for Education" in page.text
    assert "Joanna Field" not in page.text
    assert "123456" not in page.text


def test_what_is_not_of_the_induction_is_not_there(user, period):
    record_event(
        "teacher_email_address_updated",
        "Ada’s email address was changed",
        author=Author.system(),
        about=[period.teacher],
    )

    assert "Nothing was recorded in this service yet." in user.get(page_of(period.teacher_id)).text


def test_only_who_has_a_record_here_is_found(hub, user, period):
    released = InductionPeriodFactory(appropriate_body=hub, teacher=TeacherFactory())
    release_ect(released, author=AUTHOR, finished_on=date(2026, 7, 10), number_of_terms=Decimal(1))
    for other in (released, InductionPeriodFactory(), InductionPeriodFactory(passed=True)):
        assert user.get(page_of(other.teacher_id)).status_code == 404


def test_it_costs_the_same_for_2_and_for_20_events(user, hub, period):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert user.get(page_of(period.teacher_id)).status_code == 200
        return len(queries)

    def some(number):
        for _ in range(number):
            record_event(
                "induction_period_updated",
                "Corrected",
                author=AUTHOR,
                about=[period.teacher, hub, period],
            )

    some(2)
    few = cost()
    some(18)

    assert cost() == few <= 10
