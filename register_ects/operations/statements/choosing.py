"""Which statement a declaration goes to (spec 04 §4.3 with its Improve)."""

from datetime import date
from typing import Any

from register_ects.database.compiled import columns, instances, prepared_cursor
from register_ects.models import ContractPeriod, LeadProvider, Statement
from register_ects.rules.enumerations import FeeType, StatementStatus

#: Django has no word for FOR SHARE: many may hold a statement open, who closes it waits for all.
_FROM = """
    FROM statement
    WHERE lead_provider_id = %(lead_provider)s AND contract_period_year = %(contract_period)s
        AND fee_type = %(fee_type)s AND status = %(status)s AND deadline_date >= %(on_date)s
    ORDER BY deadline_date, year, month, id LIMIT 1"""
_HOLD_FIRST_OPEN = f"SELECT {columns(Statement)} {_FROM} FOR SHARE"
_IS_ANY_OPEN = f"SELECT 1 {_FROM}"


def next_output_statement(
    lead_provider: LeadProvider | int, contract_period: ContractPeriod | int, on_date: date
) -> Statement | None:
    """Return the open output statement with the earliest deadline on or after ``on_date``.

    Of one lead provider and contract period (objects or keys). It cannot close before the
    transaction ends, so that nothing attaches to a statement that is closing; others may attach
    to it meanwhile. Call it inside one. None when there is no such statement. One rule for a new
    declaration, one that becomes eligible and a clawback.
    """
    wanted = {
        "lead_provider": getattr(lead_provider, "pk", lead_provider),
        "contract_period": getattr(contract_period, "pk", contract_period),
        "fee_type": FeeType.OUTPUT.value,
        "status": StatementStatus.OPEN.value,
        "on_date": on_date,
    }
    statement = _held(wanted)
    # One that closed while we waited for its lock no longer matches: then the next one is due.
    while statement is None and _is_any_open(wanted):
        statement = _held(wanted)
    return statement


def _held(wanted: dict[str, Any]) -> Statement | None:
    return next(iter(instances(Statement, _HOLD_FIRST_OPEN, wanted)), None)


def _is_any_open(wanted: dict[str, Any]) -> bool:
    with prepared_cursor() as cursor:
        cursor.execute(_IS_ANY_OPEN, wanted)
        return cursor.fetchone() is not None
