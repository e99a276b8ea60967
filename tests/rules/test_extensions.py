"""What may be recorded of an extension, and what time comes to in terms (spec 06 §6.11)."""

from datetime import date
from decimal import Decimal

import pytest

from register_ects.rules.extensions import Extension, Unit, problems_with_extension, terms_of

pytestmark = pytest.mark.no_database

TODAY, STARTED = date(2026, 7, 16), date(2024, 9, 2)


def problems(*, terms="1", decided=TODAY, told=TODAY, reason="Evidence", others=0, checked=False):
    extension = Extension(terms and Decimal(terms), decided, told, reason, is_checked=checked)
    found = problems_with_extension(
        extension, others=Decimal(others), started_on=STARTED, today=TODAY
    )
    return [(problem.field, problem.code) for problem in found]


@pytest.mark.parametrize(
    ("terms", "codes"),
    [
        ("0.1", []),
        ("12", []),
        ("0", ["out_of_range"]),
        ("0.05", ["out_of_range"]),
        ("16.1", ["out_of_range"]),
        ("-1", ["out_of_range"]),
        ("1.25", ["too_precise"]),
        (None, []),
    ],
)
def test_terms_are_between_a_tenth_and_16_with_one_decimal(terms, codes):
    assert problems(terms=terms) == [("number_of_terms", code) for code in codes]


@pytest.mark.parametrize(
    ("terms", "others", "is_asked"),
    [("12", 0, False), ("12.1", 0, True), ("16", 0, True), ("2", 10, False), ("2.1", 10, True)],
)
def test_more_than_12_terms_in_all_are_to_be_checked(terms, others, is_asked):
    asked = [("is_checked", "very_many")]
    assert problems(terms=terms, others=others) == (asked if is_asked else [])
    assert problems(terms=terms, others=others, checked=True) == []


@pytest.mark.parametrize(
    ("decided", "told", "found"),
    [
        (TODAY, TODAY, []),
        (STARTED, STARTED, []),
        (date(2026, 7, 17), None, [("decided_on", "in_the_future")]),
        (date(2024, 9, 1), None, [("decided_on", "before_start")]),
        (date(2026, 7, 1), date(2026, 6, 30), [("told_on", "before_decision")]),
        (None, date(2026, 7, 17), [("told_on", "in_the_future")]),
        (None, None, []),
    ],
)
def test_the_days_follow_each_other_up_to_today(decided, told, found):
    assert problems(decided=decided, told=told) == found


def test_a_reason_has_words():
    assert problems(reason="...") == [("reason", "without_letters")]


@pytest.mark.parametrize(
    ("amount", "unit", "percentage", "exact", "fewer", "more"),
    [
        ("13", Unit.WEEKS, 100, "1", "1", "1"),
        ("65", Unit.DAYS, 100, "1", "1", "1"),
        ("2", Unit.YEARS, 100, "6", "6", "6"),
        ("32.5", Unit.WEEKS, 50, "1.25", "1.2", "1.3"),
        ("1", Unit.YEARS, 60, "1.8", "1.8", "1.8"),
        ("10", Unit.DAYS, 100, "0.15", "0.1", "0.2"),
        ("0", Unit.WEEKS, 100, "0", "0", "0"),
    ],
)
def test_time_comes_to_terms(amount, unit, percentage, exact, fewer, more):
    terms = terms_of(Decimal(amount), unit, percentage=Decimal(percentage))

    assert (terms.exact, terms.fewer, terms.more) == (Decimal(exact), Decimal(fewer), Decimal(more))
