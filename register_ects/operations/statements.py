"""Which statement a declaration goes to (spec 04 §4.3 with its Improve)."""

from datetime import date

from register_ects.models import ContractPeriod, LeadProvider, Statement
from register_ects.rules.enumerations import FeeType, StatementStatus


def next_output_statement(
    lead_provider: LeadProvider | int, contract_period: ContractPeriod | int, on_date: date
) -> Statement | None:
    """Return the open output statement with the earliest deadline on or after ``on_date``.

    Of one lead provider and contract period (objects or keys). The row is locked until the
    transaction ends, so that nothing attaches to a statement that is closing; call it inside
    one. None when there is no such statement. One rule for a new declaration, one that becomes
    eligible and a clawback.
    """
    candidates = Statement.objects.filter(
        lead_provider=lead_provider,
        contract_period=contract_period,
        fee_type=FeeType.OUTPUT,
        status=StatementStatus.OPEN,
        deadline_date__gte=on_date,
    ).order_by("deadline_date", "year", "month", "pk")
    statement = candidates.select_for_update().first()
    # One that closed while we waited for its lock no longer matches: then the next one is due.
    while statement is None and candidates.exists():
        statement = candidates.select_for_update().first()
    return statement
