"""When registration is closed, and when it opens again (spec 05 §12.1 Improve). Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from register_ects.rules.problems import Problem

#: How long before its first day schools are told of a closure.
ANNOUNCED_FOR = timedelta(days=28)


def reopens_on(today: date, closures: Iterable[tuple[date, date]]) -> date | None:
    """Return the first day from today on that no closure covers; None when today is none.

    Closures are first and last days, both inclusive, in any order. Those that overlap, or follow
    one another without a day between, are one to whoever waits for the end.
    """
    day = today
    for starts_on, ends_on in sorted(closures):
        if starts_on <= day <= ends_on:
            day = ends_on + timedelta(days=1)
    return day if day > today else None


def announced(today: date, closures: Sequence[tuple[date, date]]) -> tuple[date, date] | None:
    """Return the first day of the next closure and the day on which registration opens again.

    None while registration is closed, and when none begins within the time that it is announced.
    """
    coming = [starts_on for starts_on, _ in closures if today < starts_on <= today + ANNOUNCED_FOR]
    if not coming or reopens_on(today, closures) is not None:
        return None
    starts_on = min(coming)
    reopens = reopens_on(starts_on, closures)
    return (starts_on, reopens) if reopens else None


def problems_with_closure(*, starts_on: date, ends_on: date, today: date) -> list[Problem]:
    """Return why registration cannot be closed on these days, both inclusive."""
    problems = []
    if ends_on < starts_on:
        problems.append(Problem("ends_on", "before_start"))
    if ends_on < today:
        problems.append(Problem("ends_on", "in_the_past"))
    return problems


def last_day_when_ended(*, starts_on: date, today: date) -> date | None:
    """Return the last day of a closure that is ended today; None when none of it is left."""
    yesterday = today - timedelta(days=1)
    return yesterday if starts_on <= yesterday else None
