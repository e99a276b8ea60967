"""The change of an ECT's working pattern as a table of steps (spec 05 §9)."""

from typing import Any

from register_ects.operations.placements.details import change_working_pattern as save_pattern
from register_ects.rules.problems import refuse
from register_ects.rules.seen import mark_of
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Journey, Step
from schools.changes.journeys import change_journey, whose
from schools.changes.roles import ECT, ECTRequest
from schools.changes.working_pattern import forms, pages


def check_pattern(given: Answers, request: ECTRequest) -> None:
    """Refuse the pattern that is recorded."""
    if given["working_pattern"] == request.subject.working_pattern:
        refuse("working_pattern", "unchanged")


def save(given: Answers, request: ECTRequest) -> dict[str, Any]:
    """Change the pattern; return the one before for the confirmation."""
    before, pattern = request.subject.working_pattern, given["working_pattern"]
    save_pattern(request.subject, pattern, seen=mark_of(before), author=request.author)
    return {"before": before}


def change_working_pattern() -> Journey:
    """Return the journey that changes an ECT's working pattern."""
    return change_journey(
        ECT,
        "working-pattern",
        [
            Step(
                "edit",
                forms.WorkingPatternForm,
                "schools/changes/working_pattern.jinja",
                on_submit=check_pattern,
                form_options=whose,
                context=pages.other,
            )
        ],
        check=pages.check,
        save=save,
        confirmation=pages.confirmation,
    )
