"""What a mentor journey needs to know of the ECT, the mentor and the training that is due."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod, LeadProvider, Teacher
from register_ects.operations.mentoring import (
    current_provider_led_training,
    first_day_of_mentoring,
    mentorships_ahead,
)
from register_ects.operations.training_plans import (
    contract_period_for_mentor,
    lead_providers_in,
)
from register_ects.web.access import SchoolRequest
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Run


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
    choice = contract_period_for_mentor(mentor, start=start)
    return list(lead_providers_in(choice.year)) if choice else []


def note_mentors(request: Any) -> Answers:
    """Note who mentors the ECT while a draft begins: only they may give way to its mentor."""
    ahead = mentorships_ahead(request.subject)
    return {"mentors_at_start": [one.mentor_at_school_period_id for one in ahead]}


def known_mentors(given: Answers) -> set[int]:
    """Return the mentor placements that the user knows of: at the start, or told of since."""
    return {*given.get("mentors_at_start", []), *given.get("seen_mentors", [])}


def handing_over(
    run: Run, *, started_on: date, backdate: bool = False, chosen: int | None = None
) -> Mapping[str, Any]:
    """Return who mentors the ECT now, and the day on which the new mentor takes over.

    ``started_on`` is the new mentor's first day at the school, ``chosen`` their placement if they
    have one: nobody takes over from themself. ``mentors_told_of`` comes with a page that refuses:
    the placements of those it tells of.
    """
    ect = run.subject
    ahead = mentorships_ahead(ect)
    now = ahead[0].mentor_at_school_period if ahead else None
    told = ahead if run.request.method == "POST" else []
    return {
        "mentor_now": now.teacher.name if now and now.pk != chosen else None,
        "mentors_already": now is not None and now.pk == chosen,
        "takes_over_on": first_day_of_mentoring(
            ect, mentor_started_on=started_on, backdate=backdate
        ),
        "mentors_told_of": " ".join(str(one.mentor_at_school_period_id) for one in told),
    }
