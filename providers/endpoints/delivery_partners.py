"""Delivery partners: a list and one (spec 02 §2.16.2)."""

from django.http import HttpResponse

from providers.listing import list_response, show_response
from providers.openapi.examples import example_of
from providers.openapi.operation import PathId
from providers.queries import COHORTS, PAGES, SORT
from providers.requests import ProviderRequest
from providers.resources import Resource
from providers.schemas import base
from providers.schemas.delivery_partners import (
    DeliveryPartner,
    DeliveryPartnerResponse,
    DeliveryPartnersResponse,
)
from register_ects.rules.enumerations import ResourceType

_PATH_ID = PathId("the delivery partner", base.DELIVERY_PARTNER_ID)
router = Resource("/delivery-partners", "Delivery Partners", _PATH_ID)

_EXAMPLE = example_of(
    DeliveryPartner, created_at="2023-05-02T10:00:00Z", updated_at="2026-05-27T14:31:09Z"
)
_QUERIES = (COHORTS, *PAGES, SORT)


@router.lists("", "getDeliveryPartners", DeliveryPartnersResponse, _EXAMPLE, _QUERIES)
def get_delivery_partners(request: ProviderRequest) -> HttpResponse:
    """List your delivery partners.

    Those with which you have an agreement in any cohort. The filter chooses delivery partners;
    `cohort` still lists every cohort.
    """
    return list_response(request, ResourceType.DELIVERY_PARTNER, _QUERIES)


@router.shows("/{delivery_partner_id}", "getDeliveryPartner", DeliveryPartnerResponse, _EXAMPLE)
def get_delivery_partner(request: ProviderRequest, delivery_partner_id: str) -> HttpResponse:
    """Get one delivery partner.

    One with which you have an agreement in any cohort.
    """
    return show_response(request, ResourceType.DELIVERY_PARTNER, delivery_partner_id)
