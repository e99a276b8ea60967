"""School terms, and when an induction will be complete (spec 06 §6.21.3).

The autumn term lasts from 1 September to 31 December, the spring term from 1 January to Easter
Sunday, the summer term from the day after to 31 July. Nothing is served in August.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil

from register_ects.rules.working_days import easter

#: What is taken for a part-time post whose share of full time nobody has told us.
ASSUMED_PART_TIME = Decimal("0.6")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Term:
    """A school term; both days inclusive. ``name`` is "Autumn term 2026"."""

    name: str
    first_day: date
    last_day: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last_day - self.first_day).days + 1

    def share(self, first: date, last: date) -> Fraction:
        """Return how much of it lies between two days, both inclusive."""
        begins, ends = max(first, self.first_day), min(last, self.last_day)
        return Fraction(max((ends - begins).days + 1, 0), self.days)


@dataclass(frozen=True)
class TermCalendar:
    """The terms of every year. ``spring_ends`` are the last days of spring terms, if not Easter."""

    spring_ends: tuple[date, ...] = ()

    def from_day(self, day: date) -> Iterator[Term]:
        """Yield the term that a day is in, or else the next one, and all after it, for ever."""
        year = day.year
        while True:
            yield from (term for term in self._of_year(year) if term.last_day >= day)
            year += 1

    def current_or_next(self, day: date) -> Term:
        """Return the term that a day is in, or else the next one."""
        return next(self.from_day(day))

    def terms_between(self, first: date, last: date) -> Decimal:
        """Return how many terms lie between two days, both inclusive, rounded to hundredths."""
        return _terms_between(self, first, last)

    def completed_on(self, started_on: date, terms: Decimal, *, full_time: Decimal) -> date:
        """Return the day on which so many full-time equivalent terms will have been served.

        ``full_time`` is the share of full time that is worked, above 0. Where nothing is left to
        serve, that is the day itself.
        """
        return _completed_on(self, started_on, Fraction(terms) / Fraction(full_time))

    def _of_year(self, year: int) -> tuple[Term, Term, Term]:
        return _terms_of(self, year)


@lru_cache(maxsize=256)
def _terms_of(calendar: TermCalendar, year: int) -> tuple[Term, Term, Term]:
    told = (day for day in calendar.spring_ends if day.year == year)
    spring_ends = next(told, easter(year))
    return (
        Term(f"Spring term {year}", date(year, 1, 1), spring_ends),
        Term(f"Summer term {year}", spring_ends + _ONE_DAY, date(year, 7, 31)),
        Term(f"Autumn term {year}", date(year, 9, 1), date(year, 12, 31)),
    )


@lru_cache(maxsize=8192)
def _terms_between(calendar: TermCalendar, first: date, last: date) -> Decimal:
    found = Fraction(0)
    for term in calendar.from_day(first):
        if term.first_day > last:
            break
        found += term.share(first, last)
    return round(Decimal(found.numerator) / Decimal(found.denominator), 2)


@lru_cache(maxsize=8192)
def _completed_on(calendar: TermCalendar, started_on: date, left: Fraction) -> date:
    """Return the day after which nothing is left. Many begin on one day, with as much to serve."""
    if left <= 0:
        return started_on
    for term in calendar.from_day(started_on):
        available = term.share(started_on, term.last_day)
        if left <= available:
            days = ceil(left * term.days)
            return max(started_on, term.first_day) + timedelta(days=days - 1)
        left -= available
    raise AssertionError("terms go on for ever")


@dataclass(frozen=True)
class Served:
    """What of an induction is served: full-time equivalent terms.

    ``closed`` is that of closed periods, ``needed`` six and every extension. ``open_since`` is the
    first day of the open period, ``full_time`` the share of full time that is worked in it.
    """

    closed: Decimal
    needed: Decimal
    open_since: date
    full_time: Decimal

    def expected_end(self, calendar: TermCalendar) -> date:
        """Return the day on which the induction is expected to be complete."""
        return calendar.completed_on(
            self.open_since, self.needed - self.closed, full_time=self.full_time
        )

    def elapsed(self, calendar: TermCalendar, today: date) -> Decimal:
        """Return the terms served until today, today included, those of the open period too."""
        return self.closed + calendar.terms_between(self.open_since, today) * self.full_time
