"""Participants: list and one (spec 02 §2.13)."""

from django.http import HttpResponse
from ninja import Router

from providers import parameters
from providers.errors import not_found
from providers.participants import participants_page, render_participants, visible_participant
from providers.requests import ProviderRequest
from providers.responses import data_response
from register_ects.rules.identifiers import uuid_text

router = Router(tags=["Participants"])


@router.get("", operation_id="getParticipants")
def get_participants(request: ProviderRequest) -> HttpResponse:
    """List the participants that you train or have trained, oldest record first."""
    filters = parameters.filters(request.GET)
    since = parameters.updated_since(filters)
    page = parameters.page(request)
    keys = participants_page(
        request.auth,
        filters=filters,
        updated_since=since,
        ordering=parameters.ordering(
            request.GET,
            {"created_at": "created_at", "updated_at": "shown_updated_at"},
            default="created_at",
        ),
        page=page,
    )
    return data_response(render_participants(request.auth, keys))


@router.get("/{participant_id}", operation_id="getParticipant")
def get_participant(request: ProviderRequest, participant_id: str) -> HttpResponse:
    """Return one participant; another provider's is not found."""
    key = visible_participant(request.auth, uuid_text(participant_id))
    if key is None:
        raise not_found()
    return data_response(render_participants(request.auth, [key])[0])
