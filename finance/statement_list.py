"""Lay the list of statements out for people to read. No database: totals in, text out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from finance.queries import NextPayment
from finance.wording import Listed, pounds
from register_ects.formats import govuk_date, govuk_month, plural
from register_ects.models import Statement

NO_TOTAL = "Cannot be calculated"


@dataclass(frozen=True)
class StatementRow:
    """A statement and its total including VAT, ready to print."""

    statement: Statement
    total: str


def lay_out_statements(
    statements: Sequence[Statement], totals: Mapping[int, Fraction | None], *, is_all: bool
) -> Listed[StatementRow]:
    """Write a page of statements with its total row, rounded once from the exact sum.

    ``totals`` by key; ``is_all`` says that no other page has more.
    """
    known = [total for each in statements if (total := totals[each.pk]) is not None]
    label = "Total including VAT" if is_all else "Total of this page, including VAT"
    if unknown := len(statements) - len(known):
        label += f", without {unknown} that cannot be calculated"
    return Listed(
        rows=[StatementRow(each, _written(totals[each.pk])) for each in statements],
        label=label,
        total=pounds(sum(known, Fraction(0))),
    )


def told_of_next(payment: NextPayment, *, today: date) -> str:
    """Say which statements the list opens at: the next to be paid, or late since when."""
    month = govuk_month(*payment.month)
    if payment.payment_date >= today:
        return f"The statements of {month} are the next to be paid."
    verbs = ("was", "is") if payment.unpaid == 1 else ("were", "are")
    return (
        f"{plural(payment.unpaid, 'output statement')} of {month} {verbs[0]} to be paid on"
        f" {govuk_date(payment.payment_date)} and {verbs[1]} not yet authorised."
    )


def _written(total: Fraction | None) -> str:
    return NO_TOTAL if total is None else pounds(total)
