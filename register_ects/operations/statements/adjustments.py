"""Adjust a statement: add a signed amount of money to it, change it, take it off again.

What is allowed: rules/adjustments.py. Source: spec 04 §8.4 and §10.2 with their Improve: each
event keeps what an adjustment was before. Nobody changes or removes one that another changed since
they looked: the lock is taken, then what they were shown is compared.
"""

from dataclasses import dataclass
from decimal import Decimal

from register_ects.models import Statement, StatementAdjustment
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.once import Sending, keep_once
from register_ects.rules.adjustments import problems_with_adjusting, problems_with_adjustment
from register_ects.rules.problems import Problem, refuse, refuse_if
from register_ects.rules.seen import mark_of, problems_with_seen


@dataclass(frozen=True)
class Adjustment:
    """What an adjustment is for, and its amount in pounds excluding VAT, signed."""

    reason: str
    amount: Decimal

    @property
    def mark(self) -> str:
        """Return the mark of what a page shows of it (``rules.seen``)."""
        return mark_of(self.reason, self.amount)


def as_held(held: StatementAdjustment) -> Adjustment:
    """Return what an adjustment of a statement says."""
    return Adjustment(held.payment_type, held.amount)


@operation
def add_adjustment(
    statement: Statement,
    adjustment: Adjustment,
    *,
    author: Author,
    sending: Sending | None = None,
) -> StatementAdjustment:
    """Add an adjustment to an open or payable statement.

    ``author`` is the member of staff who asked for it, ``sending`` their form. Raises RuleBroken
    when the form was sent before (``once``), the statement is paid or the adjustment cannot be
    (``rules.adjustments``); nothing changes then.
    """
    keep_once(sending)
    locked = _locked(statement.pk)
    refuse_if(_problems(locked, adjustment))
    added: StatementAdjustment = locked.adjustments.create(
        payment_type=adjustment.reason, amount=adjustment.amount
    )
    record_event(
        "statement_adjustment_added",
        f"An adjustment of {_pounds(added.amount)} was added to {_called(locked)}",
        author=author,
        about=[locked, added, locked.active_lead_provider, locked.lead_provider],
        body=added.payment_type,
        metadata={"payment_type": added.payment_type, "amount": str(added.amount)},
    )
    return added


@operation
def change_adjustment(
    held: StatementAdjustment, adjustment: Adjustment, *, seen: str, author: Author
) -> StatementAdjustment:
    """Change the reason or the amount of an adjustment; the same again records nothing.

    ``seen`` is the mark of what the author was shown of it. Raises RuleBroken when the statement
    is paid, the adjustment was removed or changed meanwhile or it cannot be like that.
    """
    locked = _locked(held.statement_id)
    changed = _still_there(held)
    refuse_if(_problems(locked, adjustment))
    before = as_held(changed)
    if before == adjustment:
        return changed
    refuse_if(_problems_with_seen(seen, before))
    changed.payment_type, changed.amount = adjustment.reason, adjustment.amount
    changed.save(update_fields=["payment_type", "amount", "updated_at"])
    record_event(
        "statement_adjustment_updated",
        f"An adjustment of {_called(locked)} was changed",
        author=author,
        about=[locked, changed, locked.active_lead_provider, locked.lead_provider],
        changes={
            name: values
            for name, values in {
                "reason": (before.reason, adjustment.reason),
                "amount": (_pounds(before.amount), _pounds(adjustment.amount)),
            }.items()
            if values[0] != values[1]
        },
        metadata={
            "payment_type": [before.reason, adjustment.reason],
            "amount": [str(before.amount), str(adjustment.amount)],
        },
    )
    return changed


@operation
def remove_adjustment(held: StatementAdjustment, *, seen: str, author: Author) -> None:
    """Take an adjustment off its statement. Its history and the event keep what it was.

    ``seen`` is the mark of what the author was shown of it. Raises RuleBroken when the statement
    is paid or the adjustment was removed or changed meanwhile.
    """
    locked = _locked(held.statement_id)
    removed = _still_there(held)
    refuse_if(problems_with_adjusting(status=locked.status))
    refuse_if(_problems_with_seen(seen, as_held(removed)))
    removed.delete()
    record_event(
        "statement_adjustment_deleted",
        f"An adjustment of {_pounds(removed.amount)} was removed from {_called(locked)}",
        author=author,
        about=[locked, locked.active_lead_provider, locked.lead_provider],
        body=removed.payment_type,
        metadata={"payment_type": removed.payment_type, "amount": str(removed.amount)},
    )


def _locked(statement_id: int) -> Statement:
    """Return the statement, locked: nobody authorises or adjusts it meanwhile."""
    return (
        Statement.objects.select_for_update(of=("self",))
        .select_related("lead_provider", "active_lead_provider")
        .get(pk=statement_id)
    )


def _still_there(held: StatementAdjustment) -> StatementAdjustment:
    found = StatementAdjustment.objects.filter(pk=held.pk).first()
    if found is None:
        refuse("adjustment", "already_removed")
    return found


def _problems(statement: Statement, adjustment: Adjustment) -> list[Problem]:
    return problems_with_adjusting(status=statement.status) or problems_with_adjustment(
        reason=adjustment.reason, amount=adjustment.amount
    )


def _problems_with_seen(seen: str, now: Adjustment) -> list[Problem]:
    return problems_with_seen(
        seen, now.reason, now.amount, reason=now.reason, amount=_pounds(now.amount)
    )


def _called(statement: Statement) -> str:
    return f"the {statement.lead_provider.name} statement for {statement.month_name}"


def _pounds(amount: Decimal) -> str:
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.2f}"
