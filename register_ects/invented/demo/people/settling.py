"""What becomes of statements as the days of the stories go by.

Those whose deadline has passed are closed, as the daily job does; one lead provider's are
adjusted, and those whose payment date has come are authorised, as finance does: all but the newest
of each year that goes on, so that there is something to authorise on any day.
"""

from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q

from register_ects import clock
from register_ects.invented.demo.people import users
from register_ects.models import OutgoingEmail, Statement
from register_ects.operations.base import Author
from register_ects.operations.statements.adjustments import Adjustment, add_adjustment
from register_ects.operations.statements.authorisation import authorise_statement
from register_ects.operations.statements.closing import close_due_statements
from register_ects.rules.enumerations import EmailReceipt, EmailState, FeeType, StatementStatus

#: Where nothing arrives, as the Notify stand-in has it.
NO_SUCH_DOMAIN = "bounce.example.com"

#: Whose statements finance adjusts, of which contract period.
ADJUSTED = {"lead_provider__name": "Ambition Institute", "contract_period": 2025}

#: By the month of the statement: something more, and something less.
_ADJUSTMENTS = {
    11: (
        ("Back-pay of the service fee: more starts than the target", "1840.50"),
        ("Service credit: participant data were sent late in two weeks", "-620.00"),
    ),
    1: (
        ("A start agreed to be paid to two lead providers", "175.26"),
        ("Correction: a mentor who was paid for twice in November", "-438.00"),
    ),
    4: (
        ("Losses from waiting for the new price, agreed for three months", "2210.00"),
        ("Service credit: satisfaction below what was agreed", "-1075.25"),
    ),
    8: (
        ("Training material for participants who returned late", "96.40"),
        ("Correction: mentors on replacement schedules are due no uplift", "-300.00"),
    ),
}


def settle_statements() -> None:
    """Close the statements that are due, adjust some, authorise those whose payment date has come.

    The newest closed output statement of a provider's year, and those after it, wait for the next
    one to close: statements are paid in order.
    """
    today = clock.today()
    if close_due_statements(today, Author.system()).failed:
        raise RuntimeError("A statement of the demo could not be closed: see the log")
    _adjust_statements()
    output = Statement.objects.filter(
        active_lead_provider=OuterRef("active_lead_provider"), fee_type=FeeType.OUTPUT
    )
    is_open = Q(status=StatementStatus.OPEN)
    closed_later = output.exclude(is_open).filter(deadline_date__gt=OuterRef("deadline_date"))
    due = (
        Statement.objects.filter(status=StatementStatus.PAYABLE, payment_date__lte=today)
        .filter(Exists(closed_later) | ~Exists(output.filter(is_open)))
        .order_by("payment_date", "year", "month", "pk")
    )
    for statement in due:
        authorise_statement(statement, author=users.finance_author())


def settle_emails() -> None:
    """Let the emails of the stories have arrived on their own days, long before the demo began.

    Those to an address that does not exist were returned.
    """
    for these, state, receipt in (
        (
            Q(recipient__iendswith=NO_SUCH_DOMAIN),
            EmailState.RETURNED,
            EmailReceipt.PERMANENT_FAILURE,
        ),
        (Q(), EmailState.SENT, EmailReceipt.DELIVERED),
    ):
        OutgoingEmail.objects.filter(these, state=EmailState.QUEUED).update(
            state=state, sent_at=F("queued_at"), receipt=receipt, receipt_at=F("queued_at")
        )


def _adjust_statements() -> None:
    """Give each output statement that was closed something more and something less."""
    closed = Statement.objects.filter(
        **ADJUSTED, fee_type=FeeType.OUTPUT, status=StatementStatus.PAYABLE, adjustments=None
    )
    for statement in closed.order_by("deadline_date"):
        for reason, amount in _ADJUSTMENTS[statement.month]:
            adjustment = Adjustment(reason, Decimal(amount))
            add_adjustment(statement, adjustment, author=users.finance_author())
