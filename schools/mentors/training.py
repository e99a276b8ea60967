"""What both mentor journeys need to know of the ECT, the mentor and the training that is due."""

from datetime import date

from django.http import Http404

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod, LeadProvider, Teacher
from register_ects.operations.placements.mentoring import (
    current_provider_led_training,
    mentorships_ahead,
)
from register_ects.operations.training.plans import (
    contract_period_for_mentor,
    lead_providers_in,
)
from register_ects.web.access import SchoolRequest
from register_ects.web.drafts import Answers
from schools.changes.roles import ECTRequest


def ect_of_school(request: SchoolRequest, placement_id: int) -> ECTAtSchoolPeriod:
    """Return one of the school's ECTs who has not left; anyone else is not found."""
    placement: ECTAtSchoolPeriod | None = (
        ECTAtSchoolPeriod.objects.filter(school=request.school, pk=placement_id)
        .current_or_future(clock.today())
        .select_related("teacher", "school__gias_school")
        .first()
    )
    if placement is None:
        raise Http404
    return placement


def provider_of(ect: ECTAtSchoolPeriod) -> LeadProvider | None:
    """Return the lead provider of the ECT's current or next training, if there is one."""
    training = current_provider_led_training(ect)
    return training.lead_provider if training else None


def providers_for(mentor: Teacher | None, *, start: date) -> list[LeadProvider]:
    """Return the providers with a contract for the period that the training would go into."""
    return lead_providers_in(contract_period_for_mentor(mentor, start=start))


def note_mentors(given: Answers, request: ECTRequest) -> None:
    """Note who mentors the ECT now and later: only who is shown may give way to another."""
    given["mentors_now"] = [
        [one.mentor_at_school_period_id, one.mentor_at_school_period.teacher.name, one.started_on]
        for one in mentorships_ahead(request.subject)
    ]


def known_mentors(given: Answers) -> set[int]:
    """Return the mentor placements that the check page told of."""
    return {placement_id for placement_id, _name, _started_on in given["mentors_now"]}
