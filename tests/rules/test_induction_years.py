"""The school year that appropriate bodies work in (spec 06 §6.7)."""

from datetime import date

import pytest

from register_ects.rules.induction_years import induction_year

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2026, 5, 31), "2025/2026"),
        (date(2026, 6, 1), "2026/2027"),
        (date(2026, 12, 31), "2026/2027"),
        (date(2027, 1, 1), "2026/2027"),
    ],
)
def test_a_year_begins_in_june(today, year):
    assert induction_year(today) == year
