"""Delivery partners, shown to who has an agreement with them (spec 02 §2.12 and §2.16.2)."""

from collections import defaultdict
from collections.abc import Collection

from register_ects.models import DeliveryPartner, LeadProviderDeliveryPartnership
from register_ects.projections.shown import Shown


def render(record_ids: Collection[int]) -> list[Shown]:
    """Return what each provider is shown of these delivery partners, by their key.

    Two queries. ``cohort`` lists every contract year in which that provider, and no other, has
    an agreement with the partner.
    """
    years = _years(record_ids)
    partners = DeliveryPartner.objects.in_bulk({partner for partner, _ in years})
    return [
        _shown(partners[partner], provider, tuple(sorted(agreed)))
        for (partner, provider), agreed in years.items()
    ]


def _years(record_ids: Collection[int]) -> dict[tuple[int, int], list[int]]:
    """Return the contract years of every agreement, by delivery partner and lead provider."""
    years: dict[tuple[int, int], list[int]] = defaultdict(list)
    agreements = LeadProviderDeliveryPartnership.objects.filter(delivery_partner__in=record_ids)
    for partner, provider, year in agreements.values_list(
        "delivery_partner_id", "lead_provider_id", "contract_period_id"
    ):
        years[partner, provider].append(year)
    return years


def _shown(partner: DeliveryPartner, lead_provider_id: int, years: tuple[int, ...]) -> Shown:
    return Shown(
        lead_provider_id=lead_provider_id,
        record_id=partner.pk,
        api_id=partner.api_id,
        created_at=partner.created_at,
        attributes={
            "name": partner.name,
            "cohort": [str(year) for year in years],
            "created_at": partner.created_at,
        },
        years=years,
    )
