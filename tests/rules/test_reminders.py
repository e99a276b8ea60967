"""Until when a school may opt out of reminders."""

from datetime import date

import pytest

from register_ects.rules.reminders import end_of_term, is_opted_out

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
