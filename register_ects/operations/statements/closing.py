"""Close statements whose deadline has passed: what is on them becomes payable.

Authorising payment comes later and is a person's decision. Source: spec 04 §4.1.
"""

from dataclasses import dataclass, field
from datetime import date

import structlog

from register_ects import clock
from register_ects.models import Declaration, Statement
from register_ects.operations.base import (
    Author,
    new_event,
    operation,
    record_event,
    record_events,
)
from register_ects.rules.enumerations import PaymentStatus, StatementStatus

logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class ClosedStatement:
    """A statement that became payable, and how many declarations became payable with it."""

    statement: Statement
    declarations: int


@dataclass
class ClosingReport:
    """What one run did. A failed statement is as it was, and the next run tries it again."""

    closed: list[ClosedStatement] = field(default_factory=list)
    failed: list[Statement] = field(default_factory=list)


def close_due_statements(on_date: date, author: Author) -> ClosingReport:
    """Make every open statement payable whose deadline is before ``on_date``.

    Output and service statements alike. Each is a transaction of its own, so that one that
    fails does not hold up the rest; its error is logged. Two runs at once close each statement
    once. The deadline day itself still belongs to the statement.
    """
    report = ClosingReport()
    due = Statement.objects.filter(status=StatementStatus.OPEN, deadline_date__lt=on_date)
    for statement in due.select_related("lead_provider").order_by("deadline_date", "pk"):
        try:
            closed = close_statement(statement, on_date=on_date, author=author)
        except Exception:  # whatever went wrong with one must not stop the others
            logger.exception("statement_not_closed", statement_id=statement.pk)
            report.failed.append(statement)
        else:
            if closed:
                report.closed.append(closed)
    return report


@operation
def close_statement(
    statement: Statement, *, on_date: date, author: Author
) -> ClosedStatement | None:
    """Make one statement and its eligible declarations payable, with an event for each.

    Returns None, having changed nothing, when another run has closed it meanwhile or its
    deadline was moved to ``on_date`` or later.
    """
    # A declaration attaches under the same lock: it is on this statement before it closes, or
    # on the next one.
    locked = (
        Statement.objects.select_for_update(of=("self",))
        .select_related("lead_provider", "active_lead_provider")
        .get(pk=statement.pk)
    )
    if locked.status != StatementStatus.OPEN or locked.deadline_date >= on_date:
        return None
    locked.status = StatementStatus.PAYABLE
    locked.save(update_fields=["status", "updated_at"])
    declarations = _make_declarations_payable(locked, author)
    record_event(
        "statement_marked_payable",
        f"The {locked.lead_provider.name} statement for {locked.month_name} became payable",
        author=author,
        about=[locked, locked.active_lead_provider, locked.lead_provider],
        metadata={"contract_period_year": locked.contract_period_id},
    )
    return ClosedStatement(locked, declarations)


def _make_declarations_payable(statement: Statement, author: Author) -> int:
    eligible = list(
        Declaration.objects.filter(
            payment_statement=statement, payment_status=PaymentStatus.ELIGIBLE
        )
        .select_for_update(of=("self",))
        .select_related("teacher", "training_period")
        .order_by("pk")
    )
    Declaration.objects.filter(pk__in=[declaration.pk for declaration in eligible]).update(
        payment_status=PaymentStatus.PAYABLE, updated_at=clock.now()
    )
    record_events(
        new_event(
            "teacher_declaration_payable",
            f"The {declaration.type_in_words} declaration for {declaration.teacher.name}"
            " became payable",
            author=author,
            about=[declaration.teacher, declaration.training_period, declaration, statement],
        )
        for declaration in eligible
    )
    return len(eligible)
