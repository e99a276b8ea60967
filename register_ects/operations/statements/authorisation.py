"""Authorise a statement for payment: what is on it becomes paid or clawed back.

Source: spec 04 §4.1 with its Improve: every statement can be authorised, one after another,
because cumulative bands depend on the order.
"""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from register_ects import clock
from register_ects.models import Declaration, Event, Statement
from register_ects.operations.base import (
    Author,
    new_event,
    operation,
    record_event,
    record_events,
)
from register_ects.rules.enumerations import ClawbackStatus, PaymentStatus, StatementStatus
from register_ects.rules.problems import refuse


@operation
def authorise_statement(
    statement: Statement, *, author: Author, out_of_order_because: str | None = None
) -> None:
    """Settle a payable statement: its declarations become paid, its clawbacks are done.

    ``out_of_order_because`` is the reason to pay it before an earlier one. Raises RuleBroken
    when it is not payable yet, paid already, or earlier statements of the lead provider wait.
    """
    locked = (
        Statement.objects.select_for_update(of=("self",))
        .select_related("lead_provider", "active_lead_provider")
        .get(pk=statement.pk)
    )
    _check(locked, out_of_order_because)
    _settle(locked, author)
    locked.status = StatementStatus.PAID
    locked.marked_as_paid_at = clock.now()
    locked.save(update_fields=["status", "marked_as_paid_at", "updated_at"])
    record_event(
        "statement_authorised_for_payment",
        f"The {locked.lead_provider.name} statement for {locked.month_name}"
        " was authorised for payment",
        author=author,
        about=[locked, locked.active_lead_provider, locked.lead_provider],
        body=out_of_order_because,
        metadata={"contract_period_year": locked.contract_period_id},
    )


def _check(statement: Statement, out_of_order_because: str | None) -> None:
    if statement.status == StatementStatus.PAID:
        refuse("statement", "already_paid", paid_at=statement.marked_as_paid_at)
    if statement.status != StatementStatus.PAYABLE:
        refuse("statement", "not_payable", deadline=statement.deadline_date)
    if not out_of_order_because and _earlier_unpaid(statement):
        refuse("statement", "earlier_statement_unpaid")


def _earlier_unpaid(statement: Statement) -> bool:
    earlier = (
        Q(payment_date__lt=statement.payment_date)
        | Q(payment_date=statement.payment_date, year__lt=statement.year)
        | Q(payment_date=statement.payment_date, year=statement.year, month__lt=statement.month)
    )
    return (
        Statement.objects.filter(earlier, active_lead_provider=statement.active_lead_provider_id)
        .exclude(status=StatementStatus.PAID)
        .exists()
    )


def _settle(statement: Statement, author: Author) -> None:
    _advance(
        statement.payment_declarations.filter(payment_status=PaymentStatus.PAYABLE),
        {"payment_status": PaymentStatus.PAID},
        lambda declaration: _event(
            "teacher_declaration_paid", declaration, statement, "was paid", author
        ),
    )
    _advance(
        statement.clawback_declarations.filter(clawback_status=ClawbackStatus.AWAITING_CLAWBACK),
        {"clawback_status": ClawbackStatus.CLAWED_BACK},
        lambda declaration: _event(
            "teacher_declaration_clawed_back", declaration, statement, "was clawed back", author
        ),
    )


def _advance(
    waiting: QuerySet[Declaration],
    status: dict[str, str],
    event: Callable[[Declaration], Event],
) -> None:
    """Give declarations their next status and record it, in three statements for any number."""
    locked = list(
        waiting.select_for_update(of=("self",))
        .select_related("teacher", "training_period")
        .order_by("pk")
    )
    Declaration.objects.filter(pk__in=[each.pk for each in locked]).update(
        **status, updated_at=clock.now()
    )
    record_events(event(declaration) for declaration in locked)


def _event(
    event_type: str, declaration: Declaration, statement: Statement, what: str, author: Author
) -> Event:
    return new_event(
        event_type,
        f"The {declaration.type_in_words} declaration for {declaration.teacher.name} {what}",
        author=author,
        about=[declaration.teacher, declaration.training_period, declaration, statement],
    )
