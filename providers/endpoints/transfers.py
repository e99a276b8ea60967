"""Transfers: who moved to another school, and with whom they train (spec 02 §2.14)."""

from django.http import HttpResponse
from ninja import Router

from providers.listing import list_response, show_response
from providers.requests import ProviderRequest
from register_ects.rules.enumerations import ResourceType

router = Router(tags=["Transfers"])


@router.get("/transfers", operation_id="getTransfers")
def get_transfers(request: ProviderRequest) -> HttpResponse:
    """List the participants who joined or left a school in training with you.

    Each with the transfers that concern you, oldest record of a participant first.
    """
    return list_response(request, ResourceType.TRANSFER, filters=("updated_since",))


@router.get("/{participant_id}/transfers", operation_id="getTransfer")
def get_transfer(request: ProviderRequest, participant_id: str) -> HttpResponse:
    """Return one participant's transfers; without one that concerns you it is not found."""
    return show_response(request, ResourceType.TRANSFER, participant_id)
