"""When registration is closed, and when it opens again (spec 05 §12.1 Improve). Pure."""

from collections.abc import Iterable
from datetime import date, timedelta


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
