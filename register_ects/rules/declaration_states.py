"""In which state a declaration is, and who may read it (spec 02 §2.15.1, 03 §3.11 and §4)."""

from datetime import date

from register_ects.rules.enumerations import ClawbackStatus, PaymentStatus, StatementStatus

#: What a declaration is that a statement pays for, by the status of the statement.
BILLED: dict[str, PaymentStatus] = {
    StatementStatus.OPEN: PaymentStatus.ELIGIBLE,
    StatementStatus.PAYABLE: PaymentStatus.PAYABLE,
    StatementStatus.PAID: PaymentStatus.PAID,
}


def is_live(payment_status: str, clawback_status: str) -> bool:
    """Whether a declaration holds the slot of its type: neither voided nor clawed back.

    >>> is_live("paid", "no_clawback"), is_live("paid", "awaiting_clawback")
    (True, False)
    """
    return payment_status != PaymentStatus.VOIDED and clawback_status == ClawbackStatus.NO_CLAWBACK


def state(payment_status: str, clawback_status: str) -> str:
    """Return both statuses as one, in the API's words: a clawback tells more than a payment.

    >>> state("no_payment", "no_clawback"), state("paid", "awaiting_clawback")
    ('submitted', 'awaiting-clawback')
    """
    if clawback_status != ClawbackStatus.NO_CLAWBACK:
        return clawback_status.replace("_", "-")
    return "submitted" if payment_status == PaymentStatus.NO_PAYMENT else payment_status


def is_within_training(declared_on: date, training_finished_on: date | None) -> bool:
    """Whether another provider's declaration falls in or before a provider's own training.

    ``declared_on`` is its London day; ``training_finished_on`` the last day (inclusive) of the
    provider's latest training in the role, None while that is open. Source: spec 03 §3.11.

    >>> is_within_training(date(2025, 10, 20), date(2025, 10, 20))
    True
    """
    return training_finished_on is None or declared_on <= training_finished_on
