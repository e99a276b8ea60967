"""Output-fee statements, shown to the provider they are for (spec 02 §2.12 and §2.16.1)."""

from calendar import month_name
from collections.abc import Collection

from register_ects import clock
from register_ects.models import Statement
from register_ects.projections.shown import Shown
from register_ects.rules.enumerations import FeeType, StatementStatus


def render(record_ids: Collection[int]) -> list[Shown]:
    """Return what each provider is shown of its statements, by the statement's key. One query.

    Lists are in order of payment (spec 02 §2.7), so each is filed under its day of payment.
    """
    statements = Statement.objects.filter(pk__in=record_ids, fee_type=FeeType.OUTPUT)
    return [_shown(each) for each in statements]


def _shown(statement: Statement) -> Shown:
    return Shown(
        lead_provider_id=statement.lead_provider_id,
        record_id=statement.pk,
        api_id=statement.api_id,
        created_at=clock.london_midnight(statement.payment_date),
        attributes={
            "month": month_name[statement.month],
            "year": str(statement.year),
            "cohort": str(statement.contract_period_id),
            "cut_off_date": statement.deadline_date,
            "payment_date": statement.payment_date,
            "paid": statement.status == StatementStatus.PAID,
            "created_at": statement.created_at,
        },
        years=(statement.contract_period_id,),
    )
