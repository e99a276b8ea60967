"""Delivery partners: a list and one (spec 02 §2.16.2)."""

from django.http import HttpResponse
from ninja import Router

from providers.listing import list_response, show_response
from providers.requests import ProviderRequest
from register_ects.rules.enumerations import ResourceType

router = Router(tags=["Delivery Partners"])


@router.get("", operation_id="getDeliveryPartners")
def get_delivery_partners(request: ProviderRequest) -> HttpResponse:
    """List the delivery partners that you have or had an agreement with, oldest first."""
    return list_response(request, ResourceType.DELIVERY_PARTNER, filters=("cohort",))


@router.get("/{delivery_partner_id}", operation_id="getDeliveryPartner")
def get_delivery_partner(request: ProviderRequest, delivery_partner_id: str) -> HttpResponse:
    """Return one delivery partner that you have or had an agreement with."""
    return show_response(request, ResourceType.DELIVERY_PARTNER, delivery_partner_id)
