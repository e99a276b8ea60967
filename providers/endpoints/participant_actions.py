"""What providers do with a participant's training: defer, withdraw, resume, change schedule.

Source: spec 02 §2.13.3, spec 03 §9.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import HttpResponse
from pydantic import BaseModel

from providers.bodies import attributes_of_shape
from providers.endpoints import participants
from providers.errors import ApiError, replaced
from providers.listing import record_shown, show_response, survivor_shown
from providers.openapi.examples import sent as sent_as
from providers.requests import ProviderRequest
from providers.resources import Resource
from providers.schemas.participants import (
    ParticipantChangeScheduleRequest,
    ParticipantDeferRequest,
    ParticipantResponse,
    ParticipantResumeRequest,
    ParticipantWithdrawRequest,
)
from register_ects.operations.training import participant_actions as actions
from register_ects.operations.training import schedule_changes
from register_ects.rules.enumerations import ResourceType
from register_ects.rules.participant_actions import ActionRequest
from register_ects.rules.problems import Problem
from register_ects.rules.schedule_changes import ScheduleRequest

router = Resource("/participants", "Participants", participants.PATH_ID)

_Action = Callable[[ProviderRequest, str], HttpResponse]
_ECT: Final = {"course_identifier": "ecf-induction"}
_STOPPED_AT: Final = "2026-01-06T09:15:27Z"


def _action(
    name: str,
    operation_id: str,
    body: type[BaseModel],
    *,
    sent: Mapping[str, Any],
    shown: Mapping[str, Any],
    problems: Mapping[str, Problem],
) -> Callable[[_Action], _Action]:
    """Route and describe an action: what is ``sent``, and what the participant ``shown`` has."""
    return router.operation(
        "put",
        f"/{{participant_id}}/{name}",
        operation_id,
        response=ParticipantResponse,
        example={"data": participants.example(**shown)},
        body=body,
        body_examples={"ect": sent_as(f"participant-{name}", **sent)},
        problems=problems,
    )


@_action(
    "change-schedule",
    "changeScheduleParticipant",
    ParticipantChangeScheduleRequest,
    sent={"schedule_identifier": "ecf-extended-september", **_ECT, "cohort": "2025"},
    shown={"schedule_identifier": "ecf-extended-september"},
    problems={"not_recognised": Problem("schedule_identifier", "unknown")},
)
def change_schedule(request: ProviderRequest, participant_id: str) -> HttpResponse:
    """Change a participant's schedule, or cohort.

    From today the participant trains on this schedule. Training that has begun ends yesterday and
    goes on under the new schedule; declarations stay as they are. Send a `cohort` to change that
    too: you need a partnership with the school in it.
    """
    asked = ScheduleRequest(**attributes_of_shape(request, ParticipantChangeScheduleRequest))
    teacher_id = _teacher_id(request, participant_id)
    schedule_changes.change_schedule(request.auth, teacher_id, asked, author=request.author)
    return show_response(request, ResourceType.PARTICIPANT, participant_id)


@_action(
    "defer",
    "deferParticipant",
    ParticipantDeferRequest,
    sent={"reason": "parental-leave", **_ECT},
    shown={
        "participant_status": "left",
        "training_status": "deferred",
        "deferral": {"reason": "parental-leave", "date": _STOPPED_AT},
    },
    problems={"already_deferred": Problem("participant_id", "already_deferred")},
)
def defer_participant(request: ProviderRequest, participant_id: str) -> HttpResponse:
    """Pause a participant's training.

    The training ends today, at the latest, and can be resumed from tomorrow. Repeating the request
    is refused.
    """
    asked = ActionRequest(**attributes_of_shape(request, ParticipantDeferRequest))
    teacher_id = _teacher_id(request, participant_id)
    actions.defer_participant(request.auth, teacher_id, asked, author=request.author)
    return show_response(request, ResourceType.PARTICIPANT, participant_id)


@_action(
    "resume",
    "resumeParticipant",
    ParticipantResumeRequest,
    sent=_ECT,
    shown={},
    problems={"already_active": Problem("participant_id", "already_active")},
)
def resume_participant(request: ProviderRequest, participant_id: str) -> HttpResponse:
    """Take up a participant's training again.

    Training that was deferred or withdrawn begins again today, at the same school and on the same
    schedule. Repeating the request is refused.
    """
    asked = ActionRequest(**attributes_of_shape(request, ParticipantResumeRequest))
    teacher_id = _teacher_id(request, participant_id)
    actions.resume_participant(request.auth, teacher_id, asked, author=request.author)
    return show_response(request, ResourceType.PARTICIPANT, participant_id)


@_action(
    "withdraw",
    "withdrawParticipant",
    ParticipantWithdrawRequest,
    sent={"reason": "moved-school", **_ECT},
    shown={
        "participant_status": "left",
        "training_status": "withdrawn",
        "withdrawal": {"reason": "moved-school", "date": _STOPPED_AT},
    },
    problems={"already_withdrawn": Problem("participant_id", "already_withdrawn")},
)
def withdraw_participant(request: ProviderRequest, participant_id: str) -> HttpResponse:
    """End a participant's training.

    The training ends today, at the latest. Declarations can then be dated before the withdrawal
    only. Repeating the request is refused.
    """
    asked = ActionRequest(**attributes_of_shape(request, ParticipantWithdrawRequest))
    teacher_id = _teacher_id(request, participant_id)
    actions.withdraw_participant(request.auth, teacher_id, asked, author=request.author)
    return show_response(request, ResourceType.PARTICIPANT, participant_id)


def _teacher_id(request: ProviderRequest, participant_id: str) -> int:
    """Return the key of a participant who is shown. Raises a 404, which names who took an id over.

    Reads of a retired id say no more than that it is not found; who writes is helped on.
    """
    try:
        return record_shown(request, ResourceType.PARTICIPANT, participant_id)
    except ApiError:
        survivor = survivor_shown(request, participant_id)
        if survivor is None:
            raise
        raise replaced(survivor) from None
