"""Partnerships with schools, shown to their own lead provider (spec 02 §2.12 and §2.16.3)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from register_ects import clock
from register_ects.database.compiled import compiled
from register_ects.models import SchoolPartnership
from register_ects.projections.shown import Shown


class _Facts(NamedTuple):
    """What a partnership is shown by. ``in_training`` counts its training periods of today."""

    pk: int
    api_id: UUID
    created_at: datetime
    lead_provider_id: int
    year: int
    urn: int
    school_api_id: UUID
    partner_api_id: UUID
    partner_name: str
    tutor_name: str | None
    contact_email: str | None
    in_training: int


def render(record_ids: Collection[int]) -> list[Shown]:
    """Return what each provider is shown of its partnerships, by the partnership's key.

    One query. Training counts on its first and its last day too (spec 03 §11.5).
    """
    return [_shown(_Facts._make(row)) for row in _rows(list(record_ids), clock.today())]


@compiled
def _rows(record_ids: list[int], today: date) -> QuerySet[SchoolPartnership, tuple[Any, ...]]:
    """Find the columns of _Facts, in the same order."""
    trains_today = Q(training_periods__started_on__lte=today) & (
        Q(training_periods__finished_on=None) | Q(training_periods__finished_on__gte=today)
    )
    partner = "lead_provider_delivery_partnership__delivery_partner"
    facts = SchoolPartnership.objects.filter(pk__any=record_ids).values_list(
        "pk",
        "api_id",
        "created_at",
        "lead_provider_id",
        "contract_period_id",
        "school__gias_school_id",
        "school__api_id",
        f"{partner}__api_id",
        f"{partner}__name",
        "school__induction_tutor_name",
        Coalesce(
            "school__induction_tutor_email",
            "school__gias_school__primary_contact_email",
            "school__gias_school__secondary_contact_email",
        ),
    )
    return facts.annotate(in_training=Count("training_periods", filter=trains_today))


def _shown(facts: _Facts) -> Shown:
    return Shown(
        lead_provider_id=facts.lead_provider_id,
        record_id=facts.pk,
        api_id=facts.api_id,
        created_at=facts.created_at,
        attributes={
            "cohort": str(facts.year),
            "urn": str(facts.urn),
            "school_id": facts.school_api_id,
            "delivery_partner_id": facts.partner_api_id,
            "delivery_partner_name": facts.partner_name,
            "induction_tutor_name": facts.tutor_name,
            "induction_tutor_email": facts.contact_email,
            "participants_currently_training": facts.in_training,
            "created_at": facts.created_at,
        },
        years=(facts.year,),
        delivery_partner_id=facts.partner_api_id,
    )
