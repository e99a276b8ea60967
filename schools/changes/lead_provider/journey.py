"""The change of lead provider as a table of steps, for ECTs and mentors (spec 05 §9.2).

It is the way on from training that a provider withdrew or deferred too: that stays as it is.
"""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse

from register_ects.models import Placement
from register_ects.operations.training.changes import change_lead_provider as change
from register_ects.rules.problems import refuse_if
from register_ects.web.access import SchoolRequest
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Journey, Step
from schools.changes.journeys import change_journey
from schools.changes.lead_provider import forms, pages
from schools.changes.lead_provider.answers import ProviderAnswers
from schools.changes.roles import MENTOR, PlacementRequest, Role
from schools.stops import stop_page, when_induction_is_over


def in_provider_led_training(role: Role, request: SchoolRequest, placement_id: int) -> Placement:
    """Return a placement in which a lead provider trains or trained; another ECT is not found."""
    placement = role.placement(request, placement_id)
    if role is not MENTOR and not _is_with_provider(placement):
        raise Http404
    return placement


def cannot_be_changed(request: PlacementRequest) -> HttpResponse | None:
    """Say why no other lead provider can be chosen; None where one can."""
    if over := when_induction_is_over(request):
        return over
    proposed = ProviderAnswers({}, request.subject).proposed
    codes = [each.code for each in proposed.problems_with_provider(None) if each.field]
    if not codes:
        return None
    return stop_page(request, *pages.why_not_changed(codes[0], request.subject.teacher.name))


def _is_with_provider(placement: Placement) -> bool:
    facts = ProviderAnswers({}, placement).proposed.facts
    return facts is not None and facts.is_provider_led


def note_provider(given: Answers, request: PlacementRequest) -> None:
    """Refuse a lead provider whom the operation would refuse."""
    answers = ProviderAnswers(given, request.subject)
    refuse_if(answers.proposed.problems_with_provider(answers.provider))


def save(given: Answers, request: PlacementRequest) -> dict[str, Any]:
    """Change the lead provider; return for the confirmation what was then stored."""
    answers = ProviderAnswers(given, request.subject)
    before = answers.now.provider
    training = change(
        request.subject, answers.provider, seen=answers.proposed.mark, author=request.author
    )
    agreed = training.school_partnership
    return {
        "before": before,
        "after": answers.provider.name,
        "starts_on": training.started_on,
        "delivery_partner": agreed.delivery_partner.name if agreed else None,
    }


def change_lead_provider(role: Role) -> Journey:
    """Return the journey that gives somebody in this role another lead provider."""
    return change_journey(
        role,
        "lead-provider",
        [
            Step(
                "edit",
                forms.LeadProviderForm,
                "schools/changes/lead_provider.jinja",
                on_submit=note_provider,
                form_options=pages.asked,
                context=pages.before_choosing,
            )
        ],
        check=pages.check,
        save=save,
        confirmation=pages.confirmation,
        form=forms.CheckTrainingForm,
        subject=partial(in_provider_led_training, role),
        instead=cannot_be_changed,
    )
