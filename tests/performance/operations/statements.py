"""Statements that are closed, authorised and adjusted."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from register_ects.models import Statement
from register_ects.operations.statements import adjustments as statement_adjustments
from register_ects.operations.statements import authorisation as statement_authorisation
from register_ects.operations.statements import closing as statement_closing
from register_ects.rules.enumerations import PaymentStatus, StatementStatus
from tests.performance.operations.measured import MeasuredOperation
from tests.performance.subjects import AUTHOR


def with_declarations() -> Any:
    """Return open statements with declarations to pay, the longest first, up to a thousand."""
    eligible = Q(payment_declarations__payment_status=PaymentStatus.ELIGIBLE)
    counted = Statement.objects.filter(status=StatementStatus.OPEN).annotate(
        rows=Count("payment_declarations", filter=eligible)
    )
    return counted.filter(rows__range=(1, 1_000)).order_by("-rows", "pk")


def close(statement: Any) -> None:
    after = statement.deadline_date + timedelta(days=1)
    statement_closing.close_statement(statement, on_date=after, author=AUTHOR)


def authorise(statement: Any) -> None:
    statement_authorisation.authorise_statement(
        statement, author=AUTHOR, out_of_order_because="Benchmark"
    )


_MORE = statement_adjustments.Adjustment("Benchmark", Decimal("10.50"))

_LESS = statement_adjustments.Adjustment("Benchmark", Decimal("-10.50"))


def adjust(statement: Any) -> None:
    statement_adjustments.add_adjustment(statement, _MORE, author=AUTHOR)


def readjust(statement: Any) -> None:
    held = statement.adjustments.get(amount=_MORE.amount)
    statement_adjustments.change_adjustment(held, _LESS, seen=_MORE.mark, author=AUTHOR)


def no_longer_adjust(statement: Any) -> None:
    held = statement.adjustments.get(amount=_MORE.amount)
    statement_adjustments.remove_adjustment(held, seen=_MORE.mark, author=AUTHOR)


OPERATIONS = [
    MeasuredOperation(
        "Close a statement, each declaration",
        statement_closing.close_statement,
        with_declarations,
        close,
        rows=lambda statement: statement.rows,
    ),
    MeasuredOperation(
        "Authorise a statement, each declaration",
        statement_authorisation.authorise_statement,
        with_declarations,
        authorise,
        rows=lambda statement: statement.rows,
        prepare=close,
    ),
    MeasuredOperation(
        "Adjust a statement", statement_adjustments.add_adjustment, with_declarations, adjust
    ),
    MeasuredOperation(
        "Change an adjustment",
        statement_adjustments.change_adjustment,
        with_declarations,
        readjust,
        prepare=adjust,
    ),
    MeasuredOperation(
        "Remove an adjustment",
        statement_adjustments.remove_adjustment,
        with_declarations,
        no_longer_adjust,
        prepare=adjust,
    ),
]
