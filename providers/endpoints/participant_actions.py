"""What providers do with a participant's training: defer, withdraw, resume, change schedule.

Source: spec 02 §2.13.3, spec 03 §9.
"""

from django.http import HttpResponse
from ninja import Router

from providers.bodies import attributes
from providers.errors import ApiError, replaced
from providers.listing import record_shown, show_response, survivor_shown
from providers.requests import ProviderRequest
from register_ects.operations import participant_actions as actions
from register_ects.operations import schedule_changes
from register_ects.operations.base import Author
from register_ects.rules.enumerations import ResourceType
from register_ects.rules.participant_actions import ActionRequest
from register_ects.rules.schedule_changes import ScheduleRequest

router = Router(tags=["Participants"])

_COURSE = ("course_identifier",)
_COURSE_AND_REASON = ("course_identifier", "reason")
_SCHEDULE = ("course_identifier", "schedule_identifier", "cohort")


@router.put("/{participant_id}/defer", operation_id="deferParticipant")
def defer_participant(request: ProviderRequest, participant_id: str) -> HttpResponse:
    """Pause a participant's training, today at the latest."""
    asked = ActionRequest(**attributes(request, known=_COURSE_AND_REASON))
    teacher_id = _teacher_id(request, participant_id)
    actions.defer_participant(request.auth, teacher_id, asked, author=_author(request))
    return show_response(request, ResourceType.PARTICIPANT, participant_id)


@router.put("/{participant_id}/withdraw", operation_id="withdrawParticipant")
def withdraw_participant(request: ProviderRequest, participant_id: str) -> HttpResponse:
    """End a participant's training, today at the latest."""
    asked = ActionRequest(**attributes(request, known=_COURSE_AND_REASON))
    teacher_id = _teacher_id(request, participant_id)
    actions.withdraw_participant(request.auth, teacher_id, asked, author=_author(request))
    return show_response(request, ResourceType.PARTICIPANT, participant_id)


@router.put("/{participant_id}/resume", operation_id="resumeParticipant")
def resume_participant(request: ProviderRequest, participant_id: str) -> HttpResponse:
    """Take up training again that was deferred or withdrawn, from today."""
    asked = ActionRequest(**attributes(request, known=_COURSE))
    teacher_id = _teacher_id(request, participant_id)
    actions.resume_participant(request.auth, teacher_id, asked, author=_author(request))
    return show_response(request, ResourceType.PARTICIPANT, participant_id)


@router.put("/{participant_id}/change-schedule", operation_id="changeScheduleParticipant")
def change_schedule(request: ProviderRequest, participant_id: str) -> HttpResponse:
    """Put a participant on another schedule from today, perhaps in another cohort."""
    asked = ScheduleRequest(**attributes(request, known=_SCHEDULE))
    teacher_id = _teacher_id(request, participant_id)
    schedule_changes.change_schedule(request.auth, teacher_id, asked, author=_author(request))
    return show_response(request, ResourceType.PARTICIPANT, participant_id)


def _author(request: ProviderRequest) -> Author:
    return Author.lead_provider(request.auth)


def _teacher_id(request: ProviderRequest, participant_id: str) -> int:
    """Return the key of a participant who is shown. Raises a 404, which names a retired id's heir.

    Reads of a retired id say no more than that it is not found; who writes is helped on.
    """
    try:
        return record_shown(request, ResourceType.PARTICIPANT, participant_id)
    except ApiError:
        survivor = survivor_shown(request, participant_id)
        if survivor is None:
            raise
        raise replaced(survivor) from None
