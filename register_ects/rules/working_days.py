"""Which days are working days in England: neither at a weekend nor a bank holiday."""

from datetime import date, timedelta
from functools import lru_cache

_FRIDAY = 4
_ONE_DAY = timedelta(days=1)
#: Bank holidays of one year alone, or moved in it.
_ONCE = frozenset(
    {date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8), date(2020, 5, 8)}
)
_NOT_THAT_YEAR = frozenset({date(2022, 5, 30), date(2020, 5, 4)})


def easter(year: int) -> date:
    """Return Easter Sunday, by the anonymous Gregorian algorithm."""
    moon, century = year % 19, year // 100
    corrected = (century - century // 4 - (8 * century + 13) // 25 + 19 * moon + 15) % 30
    full = corrected - corrected // 28 * (1 - 29 // (corrected + 1) * ((21 - moon) // 11))
    weekday = (year + year // 4 + full + 2 - century + century // 4) % 7
    days = full - weekday  # from 28 March
    return date(year, 3, 28) + timedelta(days=days)


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of England in a year."""
    sunday = easter(year)
    found = {
        _in_place_of(date(year, 1, 1)),
        sunday - timedelta(days=2),
        sunday + _ONE_DAY,
        _monday(date(year, 5, 1)),
        _monday(date(year, 5, 25)),
        _monday(date(year, 8, 25)),
        *_christmas(year),
    }
    return frozenset(found - _NOT_THAT_YEAR) | {day for day in _ONCE if day.year == year}


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _in_place_of(day: date) -> date:
    """Return the day, or the Monday after it when it is at a weekend."""
    return day if day.weekday() <= _FRIDAY else _monday(day)


def _christmas(year: int) -> tuple[date, date]:
    """Return Christmas Day and Boxing Day, or the days off in their place."""
    first = _in_place_of(date(year, 12, 25))
    second = _in_place_of(date(year, 12, 26))
    return first, second + _ONE_DAY if second == first else second


def is_working_day(day: date) -> bool:
    """Whether offices are open: neither a weekend nor a bank holiday."""
    return day.weekday() <= _FRIDAY and day not in bank_holidays(day.year)


def working_day(day: date) -> date:
    """Return the first day from this one on that is neither at a weekend nor a bank holiday."""
    while not is_working_day(day):
        day += _ONE_DAY
    return day


@lru_cache(maxsize=8192)
def working_days_after(day: date, count: int) -> date:
    """Return the working day that many working days after a day."""
    while count > 0:
        day += _ONE_DAY
        count -= is_working_day(day)
    return day
