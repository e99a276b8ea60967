"""Which days schools in England are open, as far as people begin and end things on them.

Closed are weekends, bank holidays, the summer from 22 July, and Christmas. Half terms and Easter
are left aside: few things happen in them, and their days differ from school to school. What falls
on a closed day is spread over the days beside it, always the same way, so that no day has what a
whole holiday put off.
"""

from datetime import date, timedelta
from functools import lru_cache

from register_ects.rules.working_days import easter, is_working_day

_ONE_DAY = timedelta(days=1)
#: Month and day, first and last: the summer, and Christmas on both sides of New Year.
_HOLIDAYS = (((7, 22), (8, 31)), ((12, 20), (12, 31)), ((1, 1), (1, 3)))
#: Over how many days what falls into a holiday is spread.
_SPREAD_OF_WEEKENDS, _SPREAD_OF_HOLIDAYS = 5, 15


@lru_cache(maxsize=8192)
def is_school_day(day: date) -> bool:
    """Whether schools are open."""
    return is_working_day(day) and not _is_holiday(day)


def _is_holiday(day: date) -> bool:
    return any(first <= (day.month, day.day) <= last for first, last in _HOLIDAYS)


@lru_cache(maxsize=8192)
def school_day(day: date) -> date:
    """Return the day, or one of the school days after it when schools are closed."""
    return _moved(day, _ONE_DAY)


@lru_cache(maxsize=8192)
def last_school_day(day: date) -> date:
    """Return the day, or one of the school days before it when schools are closed."""
    return _moved(day, -_ONE_DAY)


def _moved(day: date, step: timedelta) -> date:
    if is_school_day(day):
        return day
    in_holiday = _is_holiday(day)
    # Weekends of different weeks, and days of one holiday, are put off to different days.
    number = day.toordinal() if in_holiday else day.toordinal() // 7
    further = number % (_SPREAD_OF_HOLIDAYS if in_holiday else _SPREAD_OF_WEEKENDS)
    while True:
        day += step
        if is_school_day(day):
            if further == 0:
                return day
            further -= 1


@lru_cache(maxsize=256)
def term_begins(year: int, term: str) -> date:
    """Return the first school day of the autumn, spring or summer term that begins in a year."""
    if term == "summer":
        first = max(date(year, 4, 13), easter(year) + timedelta(days=2))
    else:
        first = {"autumn": date(year, 9, 1), "spring": date(year, 1, 4)}[term]
    while not is_school_day(first):
        first += _ONE_DAY
    return first


def term_of(day: date) -> date:
    """Return the first day of the term that a day is in, or of the one before it."""
    begun = [
        begins
        for year in (day.year - 1, day.year)
        for term in ("autumn", "spring", "summer")
        if (begins := term_begins(year, term)) <= day
    ]
    return max(begun)


def after_school_days(day: date, count: int) -> date:
    """Return the school day that many school days after one."""
    while count > 0:
        day += _ONE_DAY
        count -= is_school_day(day)
    return day
