"""What a statement adjustment may be: a signed amount of money, and what it is for (spec 04 §2.9).

Pure: no database, no clock. How the amount enters a statement's total: finance/calculator.py.
"""

from decimal import Decimal

from register_ects.rules.enumerations import StatementStatus
from register_ects.rules.problems import Problem

#: Either way, in pounds excluding VAT.
LARGEST_AMOUNT = Decimal(1_000_000)
#: In characters.
LONGEST_REASON = 500


def problems_with_adjusting(*, status: str) -> list[Problem]:
    """List why a statement in this state takes no adjustments; none means it does.

    What was paid stays as it was paid. Service fee statements take them like output statements.
    Source: spec 04 §8.4 with its Improve.
    """
    if status == StatementStatus.PAID:
        return [Problem("statement", "already_paid")]
    return []


def problems_with_adjustment(*, reason: str | None, amount: Decimal | None) -> list[Problem]:
    """List why an adjustment cannot be as it is; none means it can.

    ``amount`` is in pounds excluding VAT: more for the lead provider, or with a minus less. None
    stands for an answer that could not be read: the other is judged all the same.
    Source: spec 04 §2.9.
    """
    problems = []
    if reason is not None and not reason.strip():
        problems.append(Problem("reason", "missing"))
    elif reason is not None and len(reason) > LONGEST_REASON:
        problems.append(Problem("reason", "too_long"))
    if amount is None:
        return problems
    if not amount.is_finite():
        problems.append(Problem("amount", "not_a_number"))
    elif amount == 0:
        problems.append(Problem("amount", "zero"))
    elif abs(amount) > LARGEST_AMOUNT:
        problems.append(Problem("amount", "out_of_range"))
    elif amount != round(amount, 2):
        problems.append(Problem("amount", "part_of_a_penny"))
    return problems
