"""Which days people begin and end things on: never when schools are closed."""

from collections import Counter
from datetime import date, timedelta

import pytest

from register_ects.invented.population.school_days import (
    after_school_days,
    is_school_day,
    last_school_day,
    school_day,
    term_begins,
    term_of,
)
from register_ects.rules.working_days import bank_holidays, working_day

pytestmark = pytest.mark.no_database

DAYS = [date(2021, 1, 1) + timedelta(days=number) for number in range(6 * 365)]


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("year", "holidays"),
    [
        (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
        (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
        (2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
        (2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
    ],
)
def test_bank_holidays_are_those_of_england(year, holidays):
    assert sorted(bank_holidays(year)) == [day(f"{year}-{each}") for each in holidays.split()]


@pytest.mark.parametrize(
    "closed",
    [
        *("2024-09-07", "2024-09-08", "2024-03-29", "2024-07-22", "2024-08-31", "2024-12-20"),
        *("2024-12-25", "2024-12-31", "2025-01-01", "2025-01-03"),
    ],
)
def test_schools_are_closed(closed):
    given = day(closed)
    assert not is_school_day(given)
    assert school_day(given) > given > last_school_day(given)


def test_a_day_moves_to_a_school_day_only_when_it_is_none():
    for given in DAYS:
        later, earlier = school_day(given), last_school_day(given)
        assert is_school_day(later)
        assert is_school_day(earlier)
        if is_school_day(given):
            assert later == earlier == given


@pytest.mark.parametrize("moved", [school_day, last_school_day])
def test_what_falls_on_closed_days_is_spread(moved):
    """No day gets more than a few of the days of a holiday."""
    onto = Counter(moved(given) for given in DAYS if not is_school_day(given))
    assert max(onto.values()) <= 6
    by_weekday = Counter(each.weekday() for each in onto.elements())
    assert set(by_weekday) == set(range(5))
    assert max(by_weekday.values()) < 2 * min(by_weekday.values())


def test_what_is_written_down_on_a_day_off_waits_for_the_office():
    assert working_day(day("2024-08-17")) == day("2024-08-19")
    assert working_day(day("2024-08-16")) == day("2024-08-16")
    assert working_day(day("2024-03-29")) == day("2024-04-02")


@pytest.mark.parametrize(
    ("term", "begins"),
    [("autumn", "2024-09-02"), ("spring", "2024-01-04"), ("summer", "2024-04-15")],
)
def test_terms_begin_on_a_school_day(term, begins):
    assert term_begins(2024, term) == day(begins)


@pytest.mark.parametrize(
    ("given", "begun"),
    [("2024-09-02", "2024-09-02"), ("2024-09-01", "2024-04-15"), ("2024-01-03", "2023-09-01")],
)
def test_the_term_of_a_day_has_begun(given, begun):
    assert term_of(day(given)) == day(begun)


def test_school_days_are_counted_without_days_off():
    assert after_school_days(day("2024-09-05"), 0) == day("2024-09-05")
    assert after_school_days(day("2024-09-05"), 2) == day("2024-09-09")
