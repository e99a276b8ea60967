"""Unfunded mentors: who mentors your ECTs without training with you (spec 02 §2.16.5)."""

from django.http import HttpResponse
from ninja import Router

from providers.listing import list_response, show_response
from providers.requests import ProviderRequest
from register_ects.rules.enumerations import ResourceType

router = Router(tags=["Unfunded Mentors"])


@router.get("", operation_id="getUnfundedMentors")
def get_unfunded_mentors(request: ProviderRequest) -> HttpResponse:
    """List the mentors of your ECTs who do not train with you as mentors, oldest record first."""
    return list_response(request, ResourceType.UNFUNDED_MENTOR, filters=("updated_since",))


@router.get("/{mentor_id}", operation_id="getUnfundedMentor")
def get_unfunded_mentor(request: ProviderRequest, mentor_id: str) -> HttpResponse:
    """Return one unfunded mentor; one who mentors none of your ECTs is not found."""
    return show_response(request, ResourceType.UNFUNDED_MENTOR, mentor_id)
