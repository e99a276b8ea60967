"""What the pages of the induction tutor's journeys show besides their forms."""

from typing import Any

from register_ects.operations.schools.induction_tutors import tutor_of
from register_ects.rules.emails import is_generic
from register_ects.web.journeys import Run
from register_ects.web.school_addresses import reverse
from register_ects.web.summaries import Row, row
from schools.induction_tutor.answers import TutorAnswers
from schools.queries.leaving import who_may_leave

Context = dict[str, Any]


def home(run: Run) -> str:
    """Return where the first page leads back to: the tutor's page."""
    return reverse("schools:induction_tutor")


def now(run: Run) -> Context:
    """Return who the tutor is."""
    return {"tutor": tutor_of(run.request.school)}


def asked_first(run: Run) -> Context:
    """Return who the tutor is, and whose leaving may be reported before that is confirmed."""
    return {**now(run), "leavers": who_may_leave(run.request.school)}


def prefilled(run: Run) -> Context:
    """Return the tutor's details, to be changed, or what was typed before."""
    tutor = tutor_of(run.request.school)
    held = {"induction_tutor_name": tutor.name, "induction_tutor_email": tutor.email}
    typed = {name: value for name, value in run.answers.items() if value is not None}
    return {"initial": {**held, **typed}}


def prefilled_to_confirm(run: Run) -> Context:
    """Return the same, with the tutor whom the page asks about."""
    return {**prefilled(run), "tutor": tutor_of(run.request.school)}


def check_answers(run: Run) -> Context:
    """Return the tutor before and after."""
    answers = TutorAnswers(run.answers, run.request.school)
    before, after = answers.now, answers.tutor
    rows = [
        *_changes("name", before.name, after.name, run),
        *_changes("email address", before.email, after.email, run),
    ]
    shared = bool(after.email and is_generic(after.email))
    return {"rows": rows, "before": before, "after": after, "email_is_shared": shared}


def _changes(what: str, before: str | None, after: str | None, run: Run) -> list[Row]:
    change = run.change_url("edit")
    if before is None or before == after:
        return [row(what.capitalize(), after, change_url=change)]
    return [
        row(f"{what.capitalize()} now", before),
        row(f"New {what}", after, change_url=change, changing=what),
    ]
