"""What the pages of the fail-ECT journey show besides their forms."""

from typing import Any

from django.urls import reverse

from appropriate_bodies.closing import closing_context, done_context, record_of
from register_ects.rules.enumerations import InductionOutcome
from register_ects.web.journeys import Leave, Run

Context = dict[str, Any]


def home(run: Run) -> str:
    """Return where the first page leads back to: the ECT's record."""
    return reverse("appropriate_bodies:teacher", args=[run.subject.teacher_id])


def about(run: Run) -> Context:
    """Return the period that a form is about. Nobody confirms by leaving a tick as it was."""
    return {"period": run.subject, "initial": {}}


def record(run: Run) -> Context:
    """Return the period that is closed, and the terms served before it."""
    return closing_context(run.request, run.subject)


def failed(run: Run) -> Context:
    """Return the fail and what it closed; lead to the record of who did not fail."""
    if run.subject.outcome != InductionOutcome.FAIL:
        raise Leave(record_of(run.request, run.subject))
    return done_context(run.subject)
