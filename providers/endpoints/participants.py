"""Participants: list and one (spec 02 §2.13)."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Q
from django.http import HttpResponse

from providers import parameters
from providers.listing import list_response, show_response
from providers.openapi.examples import example_of
from providers.openapi.operation import PathId
from providers.parameters import Value
from providers.queries import COHORTS, NOTHING, PAGES, SORT, UPDATED_SINCE, filtering
from providers.requests import ProviderRequest
from providers.resources import Resource
from providers.schemas import base
from providers.schemas.participants import Participant, ParticipantResponse, ParticipantsResponse
from register_ects.rules.enumerations import ResourceType
from register_ects.rules.identifiers import uuid_text

PATH_ID: Final = PathId("the participant", base.PARTICIPANT_ID)
router = Resource("/participants", "Participants", PATH_ID)


def _of_status(values: Mapping[str, Value]) -> Q:
    status = parameters.single(values, "training_status")
    return Q() if status is None else Q(training_statuses__contains=[status])


def _had_id(values: Mapping[str, Value]) -> Q:
    sent = parameters.single(values, "from_participant_id")
    if sent is None:
        return Q()
    known = uuid_text(sent)
    return Q(retired_ids__contains=[known]) if known else NOTHING


def example(**changes: Any) -> dict[str, Any]:
    """Return a participant whose enrolment has these ``changes``."""
    shown = example_of(Participant)
    shown["attributes"]["ecf_enrolments"][0] |= {
        "participant_status": "active",
        "schedule_identifier": "ecf-standard-september",
        "working_pattern": "full_time",
        **changes,
    }
    return shown


_QUERIES = (
    COHORTS,
    UPDATED_SINCE,
    filtering(
        "TrainingStatusFilter",
        "training_status",
        "Only participants with this `training_status` in one of their enrolments.",
        example="active",
        schema={"$ref": "#/components/schemas/TrainingStatus"},
        condition=_of_status,
    ),
    filtering(
        "FromParticipantId",
        "from_participant_id",
        "Only the participant who took over this id when two records were merged.",
        example=base.RETIRED_ID,
        schema={"format": "uuid"},
        condition=_had_id,
    ),
    *PAGES,
    SORT,
)


@router.lists("", "getParticipants", ParticipantsResponse, example(), _QUERIES)
def get_participants(request: ProviderRequest) -> HttpResponse:
    """List your participants.

    Everyone whom you train, have trained or are about to train under one of your partnerships, as
    an ECT or as a mentor. Those who left stay in the list.
    """
    return list_response(request, ResourceType.PARTICIPANT, _QUERIES)


@router.shows("/{participant_id}", "getParticipant", ParticipantResponse, example())
def get_participant(request: ProviderRequest, participant_id: str) -> HttpResponse:
    """Get one participant.

    An id that was retired when two records were merged is not found: use
    `filter[from_participant_id]` on the list.
    """
    return show_response(request, ResourceType.PARTICIPANT, participant_id)
