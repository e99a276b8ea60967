"""Transfers: who moved to another school, and with whom they train (spec 02 §2.14)."""

from django.http import HttpResponse

from providers.endpoints import participants
from providers.listing import list_response, show_response
from providers.openapi.examples import example_of
from providers.queries import PAGES, SORT, UPDATED_SINCE
from providers.requests import ProviderRequest
from providers.resources import Resource
from providers.schemas.transfers import (
    ParticipantsTransfersResponse,
    ParticipantTransfer,
    ParticipantTransfersResponse,
)
from register_ects.rules.enumerations import ResourceType

router = Resource("/participants", "Transfers", participants.PATH_ID)

_EXAMPLE = example_of(ParticipantTransfer, updated_at="2026-04-08T15:20:01Z")
_EXAMPLE["attributes"]["transfers"][0] |= {
    "transfer_type": "new_provider",
    "joining": {"school_urn": "138854", "provider": "Northgate Teach", "date": "2026-04-20"},
}
_QUERIES = (UPDATED_SINCE, *PAGES, SORT)


@router.lists("/transfers", "getTransfers", ParticipantsTransfersResponse, _EXAMPLE, _QUERIES)
def get_transfers(request: ProviderRequest) -> HttpResponse:
    """List participants who move between schools or providers.

    Everyone who has moved, or will move, from training with you or to it. A change of provider at
    the same school is no transfer.
    """
    return list_response(request, ResourceType.TRANSFER, _QUERIES)


@router.shows("/{participant_id}/transfers", "getTransfer", ParticipantTransfersResponse, _EXAMPLE)
def get_transfer(request: ProviderRequest, participant_id: str) -> HttpResponse:
    """Get one participant's transfers.

    Not found when the participant has no transfer from or to you.
    """
    return show_response(request, ResourceType.TRANSFER, participant_id)
