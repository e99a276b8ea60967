"""School terms, and when an induction will be complete (spec 06 §6.21.3)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register_ects.rules.terms import ASSUMED_PART_TIME, Served, TermCalendar

CALENDAR = TermCalendar()
FULL_TIME = Decimal(1)

pytestmark = pytest.mark.no_database


def expected(open_since: str, *, closed: str = "0", needed: str = "6", full_time=FULL_TIME) -> str:
    served = Served(Decimal(closed), Decimal(needed), date.fromisoformat(open_since), full_time)
    return served.expected_end(CALENDAR).isoformat()


def test_six_terms_from_september_end_with_the_summer_term_of_the_next_year():
    assert expected("2024-09-01") == "2026-07-31"


def test_after_two_and_a_half_terms_elsewhere_half_of_the_fourth_term_is_left():
    # 1 January to Easter Sunday 2027 (28 March) has 87 days: 44 of them are half.
    assert expected("2026-01-01", closed="2.5") == "2027-02-13"


@pytest.mark.parametrize(
    ("open_since", "options", "end"),
    [
        ("2024-09-01", {"needed": "7"}, "2026-12-31"),  # one term of extension
        ("2024-09-01", {"needed": "1"}, "2024-12-31"),
        ("2024-08-10", {"needed": "1"}, "2024-12-31"),  # nothing is served in August
        ("2025-01-01", {"needed": "1"}, "2025-04-20"),  # Easter Sunday
        ("2025-04-21", {"needed": "1"}, "2025-07-31"),
        ("2024-09-01", {"needed": "6", "full_time": Decimal("0.5")}, "2028-07-31"),
        ("2024-09-01", {"needed": "3", "full_time": ASSUMED_PART_TIME}, "2026-04-05"),
        ("2024-09-01", {"closed": "6"}, "2024-09-01"),  # nothing is left to serve
        ("2024-09-01", {"closed": "7.5"}, "2024-09-01"),
    ],
)
def test_when_an_induction_will_be_complete(open_since, options, end):
    assert expected(open_since, **options) == end


def test_a_spring_term_ends_on_another_day_where_that_is_configured():
    calendar = TermCalendar((date(2027, 4, 9),))

    assert calendar.current_or_next(date(2027, 4, 1)).name == "Spring term 2027"
    assert calendar.current_or_next(date(2027, 4, 10)).name == "Summer term 2027"


def test_the_term_of_a_day_in_august_is_the_next_one():
    assert CALENDAR.current_or_next(date(2026, 8, 1)).name == "Autumn term 2026"


@given(
    st.dates(date(2021, 9, 1), date(2035, 1, 1)),
    st.decimals("0.1", "16", places=1),
    st.sampled_from([Decimal("0.2"), ASSUMED_PART_TIME, FULL_TIME]),
)
def test_until_that_day_the_terms_are_served_and_the_day_before_they_are_not(day, terms, share):
    end = CALENDAR.completed_on(day, terms, full_time=share)

    served = CALENDAR.terms_between(day, end) * share
    assert served + Decimal("0.01") >= terms
    assert end.month != 8 or end == day
