"""The change of an ECT's appropriate body as a table of steps (spec 05 §6.4, §9, §9.1)."""

from typing import Any

from register_ects.operations.placements.details import change_appropriate_body as save_body
from register_ects.operations.placements.registration import problems_with_appropriate_body
from register_ects.rules.problems import refuse, refuse_if
from register_ects.rules.seen import mark_of
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Journey, Step
from schools.changes.appropriate_body import forms, pages
from schools.changes.appropriate_body.answers import BodyAnswers
from schools.changes.journeys import change_journey
from schools.changes.roles import ECT, ECTRequest


def note_body(given: Answers, request: ECTRequest) -> None:
    """Note which body was chosen; refuse one that the school may not name."""
    body = BodyAnswers(given, request.subject).asked_for
    if body is None:
        refuse("appropriate_body", "not_active")
    refuse_if(problems_with_appropriate_body(request.school, body))
    given["body"] = body.pk


def save(given: Answers, request: ECTRequest) -> dict[str, Any]:
    """Change the body; return both names for the confirmation."""
    answers = BodyAnswers(given, request.subject)
    if answers.new is None:
        refuse("appropriate_body", "not_active")
    before = answers.now.name if answers.now else None
    save_body(request.subject, answers.new, seen=mark_of(before), author=request.author)
    return {"before": before, "after": answers.new.name}


def change_appropriate_body() -> Journey:
    """Return the journey that changes an ECT's appropriate body."""
    return change_journey(
        ECT,
        "appropriate-body",
        [
            Step(
                "edit",
                forms.BodyForm,
                "schools/changes/appropriate_body.jinja",
                on_submit=note_body,
                form_options=pages.offered,
            )
        ],
        check=pages.check,
        save=save,
        confirmation=pages.confirmation,
        instead=pages.with_a_body,
    )
