"""The change of an ECT's appropriate body as a table of steps (spec 05 §6.4, §9, §9.1)."""

from typing import Any

from django.http import HttpResponse

from register_ects.operations.placements.details import change_appropriate_body as save_body
from register_ects.operations.placements.details import problems_with_body_of
from register_ects.operations.placements.registration import problems_with_appropriate_body
from register_ects.rules.ect_status import confirming_induction
from register_ects.rules.problems import refuse, refuse_if
from register_ects.rules.seen import mark_of
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Journey, Step
from schools.changes.appropriate_body import forms, pages
from schools.changes.appropriate_body.answers import BodyAnswers
from schools.changes.journeys import change_journey
from schools.changes.roles import ECT, ECTRequest
from schools.stops import stop_page


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


def with_a_body(request: ECTRequest) -> HttpResponse | None:
    """Say that a body has the ECT's induction open, so that only it lets them go; else None."""
    teacher = request.subject.teacher
    if not problems_with_body_of(teacher):
        return None
    inductions = teacher.induction_periods.open().select_related("appropriate_body")
    theirs = confirming_induction(request.subject, inductions)
    body = theirs.appropriate_body.name if theirs else "An appropriate body"
    told = (
        f"{body} has opened an induction period for {teacher.name}, and is responsible until they "
        "let them go. If another body is to take over, ask "
        f"{'them' if theirs else 'your appropriate body'} what to do."
    )
    return stop_page(request, f"You cannot change {teacher.name}’s appropriate body", told)


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
        instead=with_a_body,
    )
