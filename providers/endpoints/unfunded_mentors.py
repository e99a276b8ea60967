"""Unfunded mentors: who mentors your ECTs without training with you (spec 02 §2.16.5)."""

from django.http import HttpResponse

from providers.listing import list_response, show_response
from providers.openapi.examples import example_of
from providers.openapi.operation import PathId
from providers.queries import PAGES, SORT, UPDATED_SINCE
from providers.requests import ProviderRequest
from providers.resources import Resource
from providers.schemas import base
from providers.schemas.unfunded_mentors import (
    UnfundedMentor,
    UnfundedMentorResponse,
    UnfundedMentorsResponse,
)
from register_ects.rules.enumerations import ResourceType

router = Resource("/unfunded-mentors", "Unfunded Mentors", PathId("the mentor", base.MENTOR_ID))

_EXAMPLE = example_of(
    UnfundedMentor,
    teacher_reference_number="3902215",
    created_at="2022-09-06T12:15:00Z",
    updated_at="2025-09-12T07:44:58Z",
)
_QUERIES = (UPDATED_SINCE, *PAGES, SORT)


@router.lists("", "getUnfundedMentors", UnfundedMentorsResponse, _EXAMPLE, _QUERIES)
def get_unfunded_mentors(request: ProviderRequest) -> HttpResponse:
    """List mentors of your ECTs whom you do not train.

    Mentors, now or next, of ECTs who train with you, who have never trained as mentors with you.
    """
    return list_response(request, ResourceType.UNFUNDED_MENTOR, _QUERIES)


@router.shows("/{mentor_id}", "getUnfundedMentor", UnfundedMentorResponse, _EXAMPLE)
def get_unfunded_mentor(request: ProviderRequest, mentor_id: str) -> HttpResponse:
    """Get one unfunded mentor.

    Not found once they stop mentoring your ECTs, or train with you themselves.
    """
    return show_response(request, ResourceType.UNFUNDED_MENTOR, mentor_id)
