"""Periods of tests of rules."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass
class Stretch:
    """A period, of induction where it has an outcome or terms."""

    started_on: date
    finished_on: date | None = None
    outcome: str | None = None
    number_of_terms: Decimal | None = None


def stretch(start, end=None, outcome=None, terms=None):
    """Return a period from ISO dates."""
    return Stretch(
        date.fromisoformat(start),
        date.fromisoformat(end) if end else None,
        outcome,
        Decimal(terms) if terms else None,
    )
