"""Monthly statements of what an active lead provider is owed (spec 01 §4.8, 04 §2.8)."""

import uuid
from datetime import date
from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import F, Q

from register_ects.formats import govuk_month
from register_ects.models.base import (
    TimeStamped,
    keep_history,
    never_changes,
    one_of,
    refusing_trigger,
)
from register_ects.models.constraints import Check, Unique
from register_ects.models.contracts import Contract
from register_ects.models.funding_years import ContractPeriod
from register_ects.models.lead_providers import ActiveLeadProvider, LeadProvider
from register_ects.rules.enumerations import FeeType, StatementStatus

#: What a payment was worked out from: fixed once it was made. The updates that follow a change
#: of the lead provider's name or number are not among them.
_TERMS = (
    *("contract_id", "month", "year", "fee_type"),
    *("deadline_date", "payment_date", "marked_as_paid_at"),
)
_TERMS_CHANGE = "({}) IS DISTINCT FROM ({})".format(
    ", ".join(f"NEW.{column}" for column in _TERMS),
    ", ".join(f"OLD.{column}" for column in _TERMS),
)


class StatementQuerySet(models.QuerySet["Statement"]):
    """Statements by how far their payment has come."""

    def unpaid_outputs(self) -> "StatementQuerySet":
        """Keep output statements that were not authorised for payment yet."""
        return self.filter(fee_type=FeeType.OUTPUT).exclude(status=StatementStatus.PAID)

    def overdue(self, on: date) -> "StatementQuerySet":
        """Keep unpaid output statements whose payment date lies before a day."""
        return self.unpaid_outputs().filter(payment_date__lt=on)


def _leaves_nothing_behind() -> pgtrigger.Trigger:
    """Return the trigger that checks what is on a statement that closed or was paid.

    At the end of the transaction: the statement changes first, then what is on it. Each is found
    by the index of the statement's declarations (spec 04 §11.3, "Status coherence").
    """
    left = """EXISTS (
                    SELECT 1 FROM declaration
                    WHERE {column}_statement_id = NEW.id AND {column}_status IN ({statuses}))"""
    eligible = left.format(column="payment", statuses="'eligible'")
    unpaid = left.format(column="payment", statuses="'eligible', 'payable'")
    awaiting = left.format(column="clawback", statuses="'awaiting_clawback'")
    return refusing_trigger(
        name="statements_leave_nothing_behind",
        operation=pgtrigger.Update,
        condition="OLD.status <> NEW.status",
        when_broken=f"""NEW.status = 'payable' AND {eligible}
                OR NEW.status = 'paid' AND ({unpaid} OR {awaiting})""",
        message="A statement takes along what is on it when it closes or is paid",
        deferred=True,
        problem="status does_not_match",
        sentence="What is on a statement must become payable, paid or clawed back together with it",
    )


@keep_history
class Statement(TimeStamped):
    """One month's statement. ``deadline_date`` is inclusive: declarations attach until its end."""

    api_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="statements")
    active_lead_provider = models.ForeignKey(
        ActiveLeadProvider, models.PROTECT, related_name="statements", editable=False
    )
    lead_provider = models.ForeignKey(
        LeadProvider, models.PROTECT, related_name="statements", editable=False
    )
    contract_period = models.ForeignKey(
        ContractPeriod,
        models.PROTECT,
        db_column="contract_period_year",
        related_name="statements",
        editable=False,
    )
    month = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    fee_type = models.CharField(max_length=7, choices=FeeType, default=FeeType.OUTPUT)
    deadline_date = models.DateField()
    payment_date = models.DateField()
    status = models.CharField(max_length=7, choices=StatementStatus, default=StatementStatus.OPEN)
    marked_as_paid_at = models.DateTimeField(null=True, blank=True)

    copied_once = {
        "active_lead_provider_id": "contract.active_lead_provider.pk",
        "lead_provider_id": "contract.active_lead_provider.lead_provider_id",
        "contract_period_id": "contract.active_lead_provider.contract_period_id",
    }
    objects = StatementQuerySet.as_manager()

    class Meta:
        db_table = "statement"
        constraints = [
            one_of("statement_fee_type_is_known", "fee_type", FeeType),
            one_of("statement_status_is_known", "status", StatementStatus),
            Check(
                name="statement_month_between_1_and_12",
                condition=Q(month__gte=1, month__lte=12),
                problem="month out_of_range",
                sentence="The month must be between 1 and 12",
            ),
            Check(
                name="statement_year_from_2020",
                condition=Q(year__gte=2020),
                problem="year too_early",
                sentence="The year must be 2020 or later",
            ),
            Check(
                name="statement_paid_after_its_deadline",
                # The first statements of 2021 and 2022 had both on 30 November (spec 01 §12.5).
                condition=Q(payment_date__gt=F("deadline_date"))
                | Q(payment_date=F("deadline_date"), payment_date__lte="2022-11-30"),
                problem="payment_date before_deadline",
                sentence="The payment date must be after the deadline date",
            ),
            Check(
                name="statement_has_a_payment_time_once_paid",
                condition=Q(status=StatementStatus.PAID, marked_as_paid_at__isnull=False)
                | ~Q(status=StatementStatus.PAID) & Q(marked_as_paid_at__isnull=True),
                problem="status payment_time",
                sentence="A paid statement needs the time of its payment, and any other has none",
            ),
            Unique(
                name="one_statement_per_provider_and_month",
                fields=["active_lead_provider", "year", "month"],
                problem="month already_exists",
                sentence="The lead provider already has a statement for this month",
            ),
            models.UniqueConstraint(
                name="statement_key_with_provider_and_year",
                fields=["id", "lead_provider", "contract_period"],
            ),
        ]
        indexes = [
            models.Index(fields=["payment_date"], name="statement_payment_date"),
            models.Index(
                fields=["lead_provider", "contract_period", "deadline_date"],
                name="statement_next_output",
                condition=Q(fee_type=FeeType.OUTPUT, status=StatementStatus.OPEN),
            ),
        ]
        triggers = [
            refusing_trigger(
                name="statements_never_go_back",
                operation=pgtrigger.Update,
                condition="OLD.status <> NEW.status",
                when_broken="OLD.status = 'paid' OR NEW.status = 'open'",
                message="A statement goes from open to payable to paid, and never back",
                problem="status cannot_change",
            ),
            refusing_trigger(
                name="paid_statements_never_change",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition="OLD.status = 'paid'",
                when_broken=f"TG_OP = 'DELETE' OR {_TERMS_CHANGE}",
                message="What a paid statement was paid for never changes",
                problem="already_paid",
                sentence="A paid statement cannot be changed or deleted. Add an adjustment to a "
                "later one",
            ),
            refusing_trigger(
                name="statements_close_before_they_are_paid",
                operation=pgtrigger.Update,
                condition="OLD.status = 'open' AND NEW.status = 'paid'",
                when_broken="true",
                message="A statement is closed before it is paid",
                problem="status not_payable",
            ),
            refusing_trigger(
                name="closed_statements_keep_their_dates",
                operation=pgtrigger.Update,
                condition="""OLD.status = 'payable'
                    AND (NEW.deadline_date, NEW.payment_date)
                        IS DISTINCT FROM (OLD.deadline_date, OLD.payment_date)""",
                when_broken="true",
                message="The dates of a closed statement never change",
                problem="deadline_date already_closed",
            ),
            _leaves_nothing_behind(),
            refusing_trigger(
                name="statements_with_declarations_pay_outputs",
                operation=pgtrigger.Update,
                condition="OLD.fee_type <> 'service' AND NEW.fee_type = 'service'",
                when_broken="""EXISTS (
                    SELECT 1 FROM declaration WHERE payment_statement_id = NEW.id
                ) OR EXISTS (
                    SELECT 1 FROM declaration WHERE clawback_statement_id = NEW.id
                )""",
                message="A statement with declarations cannot become a service fee statement",
                problem="fee_type has_declarations",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.active_lead_provider} {self.year}-{self.month:02}"

    @property
    def bears_vat(self) -> bool:
        """Whether its lead provider is registered for VAT when it is to be paid."""
        return self.lead_provider.is_vat_registered_on(self.payment_date)

    @property
    def month_name(self) -> str:
        """Return its month in words, for example "November 2025"."""
        return govuk_month(self.year, self.month)


@keep_history
class StatementAdjustment(TimeStamped):
    """A signed amount of money added to a statement. Pounds excluding VAT."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="adjustments")
    payment_type = models.CharField(max_length=500)
    amount = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        db_table = "statement_adjustment"
        constraints = [
            Check(
                name="adjustment_not_zero_and_within_a_million",
                condition=~Q(amount=0)
                & Q(amount__gte=Decimal(-1_000_000), amount__lte=Decimal(1_000_000)),
                problem="amount out_of_range",
                sentence="The amount must be between -£1,000,000 and £1,000,000, and not £0",
            ),
        ]
        triggers = [
            refusing_trigger(
                name="adjustments_only_before_payment",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                # A statement that is being authorised is waited for.
                lock_first="""
                    PERFORM 1 FROM statement
                        WHERE id IN (NEW.statement_id, OLD.statement_id) FOR SHARE;""",
                when_broken="""EXISTS (
                    SELECT 1 FROM statement WHERE status = 'paid'
                    AND id IN (NEW.statement_id, OLD.statement_id))""",
                message="A paid statement takes no adjustments",
                problem="statement already_paid",
                sentence="A paid statement takes no adjustments. Add one to a later statement",
            )
        ]

    def __str__(self) -> str:
        return f"{self.payment_type}: {self.amount}"


class StatementAuditNote(TimeStamped):
    """A read-only note that explains a statement."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="audit_notes")
    body = models.TextField()

    class Meta:
        db_table = "statement_audit_note"
        ordering = ["created_at", "id"]
        triggers = [
            never_changes(
                "statement_id",
                "body",
                name="audit_notes_never_change",
                problem="cannot_change",
                sentence="A note about a statement cannot be changed. Add another note",
            ),
            refusing_trigger(
                name="audit_notes_of_paid_statements_stay",
                operation=pgtrigger.Delete,
                when_broken="""EXISTS (
                    SELECT 1 FROM statement WHERE id = OLD.statement_id AND status = 'paid')""",
                message="Notes about a paid statement are never deleted",
                problem="cannot_delete",
            ),
        ]

    def __str__(self) -> str:
        return self.body[:50]
