"""Which schedule training starts on (spec 01 §8.3 and its worked examples)."""

from datetime import date

import pytest

from register_ects.rules.contract_periods import PreviousTraining
from register_ects.rules.enumerations import ScheduleIdentifier
from register_ects.rules.schedules import schedule_identifier, start_month

pytestmark = pytest.mark.no_database

ALL = [str(identifier) for identifier in ScheduleIdentifier]


@pytest.mark.parametrize(
    ("day", "month"),
    [
        ("2026-06-01", "september"),
        ("2026-10-31", "september"),
        ("2026-11-01", "january"),
        ("2028-02-29", "january"),
        ("2026-03-01", "april"),
        ("2026-05-31", "april"),
    ],
)
def test_the_month_follows_the_start(day, month):
    assert start_month(date.fromisoformat(day)) == month


@pytest.mark.parametrize(
    ("year", "previous", "reassigned", "replaces", "starts_on", "today", "expected"),
    [
        pytest.param(
            2026, None, False, False, "2026-09-10", "2026-09-10", "standard-september", id="new"
        ),
        pytest.param(
            2026, None, False, False, "2026-09-01", "2026-11-20", "standard-january", id="late"
        ),
        pytest.param(
            2026,
            None,
            False,
            True,
            "2026-12-01",
            "2026-12-01",
            "replacement-january",
            id="replaces",
        ),
        pytest.param(
            2024,
            PreviousTraining(True, 2024, "ecf-reduced-september"),
            False,
            False,
            "2026-11-20",
            "2026-11-20",
            "reduced-september",
            id="same year keeps its schedule",
        ),
        pytest.param(
            2026,
            PreviousTraining(True, 2022, "ecf-standard-january"),
            False,
            True,
            "2026-11-20",
            "2026-11-20",
            "standard-january",
            id="identifier carried to another year, even for a replacement",
        ),
        pytest.param(
            2024,
            PreviousTraining(True, 2022, "ecf-standard-january"),
            True,
            False,
            "2026-11-20",
            "2026-11-20",
            "extended-september",
            id="reassigned",
        ),
    ],
)
def test_schedule_identifier(year, previous, reassigned, replaces, starts_on, today, expected):
    identifier = schedule_identifier(
        year=year,
        reassigned=reassigned,
        previous=previous,
        identifiers_of_year=ALL,
        starts_on=date.fromisoformat(starts_on),
        today=date.fromisoformat(today),
        replaces_a_mentor=replaces,
    )

    assert identifier == f"ecf-{expected}"
