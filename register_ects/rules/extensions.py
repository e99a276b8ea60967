"""When an induction may be extended, and what time served comes to in terms (spec 06 §6.11)."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

from register_ects.rules.inductions import MOST_TERMS
from register_ects.rules.names import has_letter
from register_ects.rules.problems import Problem

LEAST_TERMS = Decimal("0.1")
#: All extensions of one ECT together are seldom more terms than this.
MANY_TERMS = Decimal(12)


@dataclass(frozen=True)
class Extension:
    """What a body says of an extension; ``told_on`` is when the ECT heard that they may appeal.

    ``is_checked``: that the terms are right, though all extensions together are very many. None
    stands for an answer that could not be read.
    """

    number_of_terms: Decimal | None
    decided_on: date | None
    told_on: date | None
    reason: str | None
    is_checked: bool = False


def problems_with_extension(
    extension: Extension, *, others: Decimal, started_on: date, today: date
) -> list[Problem]:
    """Return everything that is wrong with an extension, whatever of it could be read.

    ``others`` are the terms of the ECT's other extensions, ``started_on`` the first day of their
    induction.
    """
    decided_on, told_on, problems = extension.decided_on, extension.told_on, []
    terms = extension.number_of_terms
    if terms is not None and not LEAST_TERMS <= terms <= MOST_TERMS:
        problems.append(Problem("number_of_terms", "out_of_range"))
    elif terms is not None and terms != round(terms, 1):
        problems.append(Problem("number_of_terms", "too_precise"))
    elif terms is not None and others + terms > MANY_TERMS and not extension.is_checked:
        problems.append(Problem("is_checked", "very_many", {"total": others + terms}))
    if decided_on is not None and decided_on > today:
        problems.append(Problem("decided_on", "in_the_future"))
    elif decided_on is not None and decided_on < started_on:
        problems.append(Problem("decided_on", "before_start", {"earliest": started_on}))
    if told_on is not None and told_on > today:
        problems.append(Problem("told_on", "in_the_future"))
    elif told_on is not None and decided_on is not None and told_on < decided_on <= today:
        problems.append(Problem("told_on", "before_decision", {"earliest": decided_on}))
    return problems + problems_with_words(extension.reason)


def problems_with_words(reason: str | None) -> list[Problem]:
    """Return what is wrong with a reason in a body's own words; None could not be read."""
    if reason is None or has_letter(reason):
        return []
    return [Problem("reason", "without_letters")]


class Unit(StrEnum):
    """What people count time in."""

    WEEKS = "weeks"
    DAYS = "days"
    YEARS = "years"


#: How many of each make a term.
_IN_A_TERM = {Unit.WEEKS: Decimal(13), Unit.DAYS: Decimal(65)}
_TERMS_OF_A_YEAR = 3


@dataclass(frozen=True)
class Terms:
    """Full-time equivalent terms to two places, and the figures with one place beside them."""

    exact: Decimal
    fewer: Decimal
    more: Decimal


def terms_of(amount: Decimal, unit: Unit, *, percentage: Decimal) -> Terms:
    """Return the full-time equivalent terms of some time at a percentage of full time.

    A term is 13 weeks, 65 working days or a third of a school year.
    """
    terms = amount * _TERMS_OF_A_YEAR if unit == Unit.YEARS else amount / _IN_A_TERM[unit]
    terms = terms * percentage / 100
    place = Decimal("0.1")
    return Terms(
        exact=terms.quantize(Decimal("0.01"), ROUND_HALF_UP),
        fewer=terms.quantize(place, ROUND_FLOOR),
        more=terms.quantize(place, ROUND_CEILING),
    )
