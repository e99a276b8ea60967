"""Reporting a leaving, or another last day, and taking it back: for ECTs and mentors (spec 05 §10).

A record that is over cannot be changed, but the confirmation that it is over can be read: that is
why these find their placement themselves.
"""

from typing import Any

from django.http import Http404, HttpResponse

from register_ects.operations.placements.leaving import (
    cancel_leaving,
    leaving_state_of,
    problems_with_leaving,
    report_leaving,
)
from register_ects.rules.leaving import LeavingState
from register_ects.rules.problems import refuse, refuse_if
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Journey, Step
from schools.access import school_required
from schools.changes.journeys import QUESTION, change_journey
from schools.changes.leaving import forms, pages
from schools.changes.leaving.answers import LeavingAnswers
from schools.changes.roles import PlacementRequest, Role


def check_day(given: Answers, request: PlacementRequest) -> None:
    """Refuse a last day that is not allowed."""
    refuse_if(problems_with_leaving(request.subject, given["leaving_on"]))


def save_report(given: Answers, request: PlacementRequest) -> dict[str, Any]:
    """Record the last day; return what the confirmation tells."""
    answers = LeavingAnswers(given, request.subject)
    told = pages.told(answers)
    report_leaving(
        request.subject, last_day=given["leaving_on"], was=answers.now, author=request.author
    )
    return told


def save_cancelling(given: Answers, request: PlacementRequest) -> dict[str, Any]:
    """Take the report back; return what the confirmation tells."""
    answers = LeavingAnswers(given, request.subject)
    if answers.now is None:
        refuse("leaving_on", "changed_meanwhile")
    told = pages.told(answers)
    cancel_leaving(request.subject, was=answers.now, author=request.author)
    return told


def report_leaving_journey(role: Role) -> Journey:
    """Return the journey that reports somebody's last day, or another instead."""
    edit = Step("edit", forms.LeavingForm, QUESTION, on_submit=check_day, form_options=pages.asked)
    return _journey(
        role,
        "leaving",
        [edit],
        check=pages.check_report,
        template="schools/changes/check_leaving.jinja",
        save=save_report,
        confirmation=pages.reported,
        instead=_instead(LeavingState.OPEN, LeavingState.REPORTED),
    )


def cancel_leaving_journey(role: Role) -> Journey:
    """Return the journey that takes a reported last day back, while it is not past."""
    return _journey(
        role,
        "leaving-cancelled",
        [],
        check=pages.check_cancelling,
        template="schools/changes/check_cancelling.jinja",
        save=save_cancelling,
        confirmation=pages.cancelled,
        instead=_instead(LeavingState.REPORTED),
    )


def _journey(role: Role, fact: str, questions: list[Step], **options: Any) -> Journey:
    return change_journey(
        role,
        fact,
        questions,
        form=forms.CheckLeavingForm,
        guard=school_required(to_change=True, even_if_tutor_is_due=True),
        subject=role.any_placement,
        **options,
    )


def _instead(*allowed: LeavingState) -> Any:
    """Return what answers when the school may not do this now: in words why, or not found."""

    def instead(request: PlacementRequest) -> HttpResponse | None:
        state = leaving_state_of(request.subject)
        if state is LeavingState.HAS_LEFT:
            raise Http404
        return None if state in allowed else pages.why_not(request, state)

    return instead
