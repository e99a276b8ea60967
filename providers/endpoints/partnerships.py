"""Partnerships with schools: list, read, create and correct them (spec 02 §2.16.3)."""

from django.http import HttpResponse
from ninja import Router

from providers.bodies import attributes
from providers.listing import list_response, record_shown, show_response
from providers.requests import ProviderRequest
from register_ects.operations.base import Author
from register_ects.operations.partnerships import correct_delivery_partner, propose_partnership
from register_ects.rules.enumerations import ResourceType
from register_ects.rules.partnerships import Proposal

router = Router(tags=["Partnerships"])

_FILTERS = ("cohort", "updated_since", "delivery_partner_id")
_ATTRIBUTES = ("cohort", "school_id", "delivery_partner_id")


@router.get("", operation_id="getPartnerships")
def get_partnerships(request: ProviderRequest) -> HttpResponse:
    """List your partnerships with schools, oldest first."""
    return list_response(request, ResourceType.PARTNERSHIP, filters=_FILTERS)


@router.post("", operation_id="createPartnership")
def create_partnership(request: ProviderRequest) -> HttpResponse:
    """Begin a partnership with a school.

    Whoever the school has registered to train with you in that cohort becomes your participant.
    """
    proposal = Proposal(**attributes(request, known=_ATTRIBUTES))
    author = Author.lead_provider(request.auth)
    partnership = propose_partnership(request.auth, proposal, author=author)
    return show_response(request, ResourceType.PARTNERSHIP, str(partnership.api_id))


@router.get("/{partnership_id}", operation_id="getPartnership")
def get_partnership(request: ProviderRequest, partnership_id: str) -> HttpResponse:
    """Return one of your partnerships."""
    return show_response(request, ResourceType.PARTNERSHIP, partnership_id)


@router.put("/{partnership_id}", operation_id="updatePartnership")
def update_partnership(request: ProviderRequest, partnership_id: str) -> HttpResponse:
    """Correct a partnership's delivery partner. Declarations keep the one they were made with."""
    record_id = record_shown(request, ResourceType.PARTNERSHIP, partnership_id)
    sent = attributes(request, known=["delivery_partner_id"])
    correct_delivery_partner(
        record_id, sent["delivery_partner_id"], author=Author.lead_provider(request.auth)
    )
    return show_response(request, ResourceType.PARTNERSHIP, partnership_id)


@router.patch("/{partnership_id}", include_in_schema=False)
def patch_partnership(request: ProviderRequest, partnership_id: str) -> HttpResponse:
    """Do the same as PUT, for clients that have always sent PATCH."""
    return update_partnership(request, partnership_id)
