"""Participants: list and one (spec 02 §2.13)."""

from django.http import HttpResponse
from ninja import Router

from providers.listing import list_response, show_response
from providers.requests import ProviderRequest
from register_ects.rules.enumerations import ResourceType

router = Router(tags=["Participants"])

_FILTERS = ("cohort", "updated_since", "training_status", "from_participant_id")


@router.get("", operation_id="getParticipants")
def get_participants(request: ProviderRequest) -> HttpResponse:
    """List the participants that you train or have trained, oldest record first."""
    return list_response(request, ResourceType.PARTICIPANT, filters=_FILTERS)


@router.get("/{participant_id}", operation_id="getParticipant")
def get_participant(request: ProviderRequest, participant_id: str) -> HttpResponse:
    """Return one participant; another provider's is not found."""
    return show_response(request, ResourceType.PARTICIPANT, participant_id)
