"""Partnerships with schools: list, read, create and correct them (spec 02 §2.16.3)."""

from typing import Final

from django.http import HttpResponse

from providers.bodies import attributes_of_shape
from providers.listing import list_response, record_shown, show_response
from providers.openapi.examples import example_of, sent
from providers.openapi.operation import PathId
from providers.queries import COHORTS, DELIVERY_PARTNER_IDS, PAGES, SORT, UPDATED_SINCE
from providers.requests import ProviderRequest
from providers.resources import Resource
from providers.schemas import base
from providers.schemas.partnerships import (
    Partnership,
    PartnershipCreateRequest,
    PartnershipResponse,
    PartnershipsResponse,
    PartnershipUpdateRequest,
)
from register_ects.operations.lead_providers.partnerships import (
    correct_delivery_partner,
    propose_partnership,
)
from register_ects.rules.enumerations import ResourceType
from register_ects.rules.partnerships import Proposal
from register_ects.rules.problems import Problem

router = Resource("/partnerships", "Partnerships", PathId("the partnership", base.PARTNERSHIP_ID))

_QUERIES = (COHORTS, UPDATED_SINCE, DELIVERY_PARTNER_IDS, *PAGES, SORT)
_EXAMPLE = example_of(
    Partnership, created_at="2025-06-30T08:02:40Z", updated_at="2026-01-06T00:01:02Z"
)
_NEW = example_of(
    Partnership,
    cohort="2026",
    created_at="2026-06-30T08:02:40Z",
    updated_at="2026-06-30T08:02:40Z",
)
_SENT: Final = {"delivery_partner_id": base.DELIVERY_PARTNER_ID}


@router.lists("", "getPartnerships", PartnershipsResponse, _EXAMPLE, _QUERIES)
def get_partnerships(request: ProviderRequest) -> HttpResponse:
    """List your partnerships.

    Your partnerships with schools in every cohort.
    """
    return list_response(request, ResourceType.PARTNERSHIP, _QUERIES)


@router.operation(
    "post",
    "",
    "createPartnership",
    response=PartnershipResponse,
    example={"data": _NEW},
    body=PartnershipCreateRequest,
    body_examples={
        "partnership": sent("partnership", cohort="2026", school_id=base.SCHOOL_ID, **_SENT)
    },
    problems={"unknown_school": Problem("school_id", "unknown")},
    leads_to=("getPartnership", "updatePartnership"),
)
def create_partnership(request: ProviderRequest) -> HttpResponse:
    """Begin a partnership with a school.

    Everyone whom the school has registered to train with you in the cohort then appears among your
    participants. You can have one partnership with a school in a cohort.
    """
    proposal = Proposal(**attributes_of_shape(request, PartnershipCreateRequest))
    partnership = propose_partnership(request.auth, proposal, author=request.author)
    return show_response(request, ResourceType.PARTNERSHIP, str(partnership.api_id))


@router.shows("/{partnership_id}", "getPartnership", PartnershipResponse, _EXAMPLE)
def get_partnership(request: ProviderRequest, partnership_id: str) -> HttpResponse:
    """Get one partnership.

    One of your partnerships.
    """
    return show_response(request, ResourceType.PARTNERSHIP, partnership_id)


@router.operation(
    "put",
    "/{partnership_id}",
    "updatePartnership",
    response=PartnershipResponse,
    example={"data": _EXAMPLE},
    body=PartnershipUpdateRequest,
    body_examples={"delivery_partner": sent("partnership", **_SENT)},
    problems={"unknown": Problem("delivery_partner_id", "unknown")},
)
def update_partnership(request: ProviderRequest, partnership_id: str) -> HttpResponse:
    """Correct a partnership's delivery partner.

    For mending a mistake. Declarations that were made keep their delivery partner; later ones have
    the new one. Sending the delivery partner that it has changes nothing.
    """
    record_id = record_shown(request, ResourceType.PARTNERSHIP, partnership_id)
    asked = attributes_of_shape(request, PartnershipUpdateRequest)
    correct_delivery_partner(record_id, asked["delivery_partner_id"], author=request.author)
    return show_response(request, ResourceType.PARTNERSHIP, partnership_id)


@router.patch("/{partnership_id}", include_in_schema=False)
def patch_partnership(request: ProviderRequest, partnership_id: str) -> HttpResponse:
    """Do the same as PUT, for clients that have always sent PATCH."""
    return update_partnership(request, partnership_id)
