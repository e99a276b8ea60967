"""What the pages of a change of appropriate body show besides their forms."""

from django.http import HttpResponse

from register_ects.operations.placements.details import problems_with_body_of
from register_ects.rules.ect_status import confirming_induction
from register_ects.web.journeys import Run
from register_ects.web.summaries import row
from schools.changes.appropriate_body.answers import BodyAnswers
from schools.changes.journeys import Context, now_and_new
from schools.changes.roles import ECTRequest
from schools.stops import stop_page, when_induction_is_over


def offered(run: Run) -> Context:
    """Return the bodies on offer, local hubs first, with the one that is reported now."""
    answers = BodyAnswers(run.answers, run.subject)
    bodies = answers.offered
    field = "hub" if bodies.has_national else "appropriate_body"
    now = f"It is {answers.now.name} now. " if answers.now else ""
    return {
        "words": {"name": run.subject.teacher.name, "local_hubs": f"{now}{bodies.hint()}".strip()},
        "choices": {field: bodies.choices()},
        "with_national": bodies.has_national,
    }


def with_a_body(request: ECTRequest) -> HttpResponse | None:
    """Say that a body has the ECT's induction open, so that only it lets them go; else None."""
    teacher = request.subject.teacher
    if over := when_induction_is_over(request):
        return over
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


def check(run: Run) -> Context:
    """Return the body that is reported and the one that will be."""
    answers = BodyAnswers(run.answers, run.subject)
    now = answers.now.name if answers.now else None
    new = answers.new.name if answers.new else "No longer available"
    return {
        "rows": now_and_new(run, "Appropriate body", now, new),
        "paragraphs": [
            f"We share {run.subject.teacher.name}’s details with the new appropriate body. Your "
            "choice is provisional until it records the induction."
        ],
    }


def confirmation(run: Run) -> Context:
    """Return which body it was and is, and who does what next."""
    name, new = run.subject.teacher.name, run.answers["after"]
    return {
        "heading": f"You’ve changed {name}’s appropriate body",
        "changed": [
            row("Appropriate body before", run.answers["before"] or "Not reported"),
            row("Appropriate body now", new),
        ],
        "paragraphs": [f"{new} checks {name}’s details and records the start of the induction."],
    }
