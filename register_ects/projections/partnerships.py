"""Partnerships with schools, shown to their own lead provider (spec 02 §2.12 and §2.16.3)."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from register_ects import clock
from register_ects.models import SchoolPartnership
from register_ects.projections.shown import Shown


def render(record_ids: Collection[int]) -> list[Shown]:
    """Return what each provider is shown of its partnerships, by the partnership's key.

    One query. Training counts on its first and its last day too (spec 03 §11.5).
    """
    return [_shown(row) for row in _rows(record_ids)]


def _rows(record_ids: Collection[int]) -> Iterable[Mapping[str, Any]]:
    today = clock.today()
    trains_today = Q(training_periods__started_on__lte=today) & (
        Q(training_periods__finished_on=None) | Q(training_periods__finished_on__gte=today)
    )
    partner = "lead_provider_delivery_partnership__delivery_partner"
    return SchoolPartnership.objects.filter(pk__in=record_ids).values(
        "pk",
        "api_id",
        "created_at",
        "lead_provider_id",
        year=F("contract_period_id"),
        urn=F("school__gias_school_id"),
        school_api_id=F("school__api_id"),
        partner_api_id=F(f"{partner}__api_id"),
        partner_name=F(f"{partner}__name"),
        tutor_name=F("school__induction_tutor_name"),
        contact_email=Coalesce(
            "school__induction_tutor_email",
            "school__gias_school__primary_contact_email",
            "school__gias_school__secondary_contact_email",
        ),
        in_training=Count("training_periods", filter=trains_today),
    )


def _shown(row: Mapping[str, Any]) -> Shown:
    return Shown(
        lead_provider_id=row["lead_provider_id"],
        record_id=row["pk"],
        api_id=row["api_id"],
        created_at=row["created_at"],
        attributes={
            "cohort": str(row["year"]),
            "urn": str(row["urn"]),
            "school_id": row["school_api_id"],
            "delivery_partner_id": row["partner_api_id"],
            "delivery_partner_name": row["partner_name"],
            "induction_tutor_name": row["tutor_name"],
            "induction_tutor_email": row["contact_email"],
            "participants_currently_training": row["in_training"],
            "created_at": row["created_at"],
        },
        years=(row["year"],),
        delivery_partner_id=row["partner_api_id"],
    )
