"""When schools are reminded, and for how long they may opt out (spec 05 §12.2, §12.3). Pure."""

from datetime import date

#: The last day of each term, as month and day: the terms end in March, in May and in December.
_TERMS_END = ((3, 31), (5, 31), (12, 31))


def end_of_term(day: date) -> date:
    """Return the last day of the term that a day is in."""
    ends = (date(day.year, month, last) for month, last in _TERMS_END)
    return next(end for end in ends if day <= end)


def is_opted_out(until: date | None, *, today: date) -> bool:
    """Whether a school that opted out ``until`` a day, inclusive, is still left alone."""
    return until is not None and until >= today
