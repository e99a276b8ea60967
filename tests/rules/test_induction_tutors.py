"""When a school must confirm its induction tutor, and what counts as a change."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from register_ects.rules.induction_tutors import (
    InductionTutor,
    is_due,
    nomination_period,
    problems_with_change,
)

pytestmark = pytest.mark.no_database


@dataclass
class Period:
    year: int
    enabled: bool = False
    payments_frozen_at: datetime | None = None

    @property
    def started_on(self):
        return date(self.year, 6, 1)

    @property
    def finished_on(self):
        return date(self.year + 1, 5, 31)


@pytest.mark.parametrize(
    ("years", "today", "expected"),
    [
        pytest.param([2025, 2026], "2026-05-31", 2025, id="the last day of the current one"),
        pytest.param([2025, 2026], "2026-06-01", 2026, id="the first day of the next"),
        pytest.param([2026, 2027], "2025-11-30", 2026, id="none is current: the next to come"),
        pytest.param([2024, 2026], "2025-11-30", 2026, id="in a gap"),
        pytest.param([2024, 2025], "2026-06-01", None, id="all are over"),
        pytest.param([], "2026-06-01", None, id="there are none"),
    ],
)
def test_the_year_to_confirm_for_is_the_current_or_else_the_next(years, today, expected):
    found = nomination_period([Period(y) for y in years], today=date.fromisoformat(today))
    assert (found.year if found else None) == expected


@pytest.mark.parametrize(
    ("last_year", "year", "expected"),
    [
        (None, 2026, True),
        (2025, 2026, True),
        (2026, 2026, False),
        (2027, 2026, False),
        (None, None, False),
        (2025, None, False),
    ],
)
def test_a_school_confirms_once_a_year(last_year, year, expected):
    assert is_due(last_year=last_year, year=year) is expected


@pytest.mark.parametrize(
    ("name", "email", "is_refused"),
    [
        ("Tilda Marsh", "tilda@oak.example.com", True),
        ("Tilda Marsh", "Tilda@OAK.example.com", True),
        ("Tilda Reed", "tilda@oak.example.com", False),
        ("tilda marsh", "tilda@oak.example.com", False),
        ("Tilda Marsh", "t.marsh@oak.example.com", False),
    ],
)
def test_a_change_changes_the_name_or_the_address(name, email, is_refused):
    before = InductionTutor("Tilda Marsh", "tilda@oak.example.com")
    assert bool(problems_with_change(before, InductionTutor(name, email))) is is_refused
    assert problems_with_change(InductionTutor(None, None), InductionTutor(name, email)) == []
