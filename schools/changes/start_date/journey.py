"""The correction of an ECT's start date as a table of steps (spec 05 §9 Improve).

Where something else depends on the date, it leads to support, with what is to be corrected.
"""

from typing import Any

from register_ects.operations.placements.starts import (
    affected_by_start,
    correct_start,
    problems_with_start_of,
)
from register_ects.rules.problems import refuse_if
from register_ects.rules.seen import mark_of
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Journey, Step
from schools.changes.journeys import QUESTION, change_journey
from schools.changes.roles import ECT, ECTRequest
from schools.changes.start_date import forms, pages


def check_start(given: Answers, request: ECTRequest) -> None:
    """Refuse an impossible date; note what else depends on it."""
    refuse_if(problems_with_start_of(request.subject, given["started_on"]))
    note_affected(given, request)


def note_affected(given: Answers, request: ECTRequest) -> None:
    """Note what a school cannot put right itself; others may have changed it since."""
    affected = affected_by_start(request.subject, given["started_on"])
    given["affected"] = str(affected) if affected else None


def save(given: Answers, request: ECTRequest) -> dict[str, Any]:
    """Correct the date; return the one before for the confirmation."""
    before, start = request.subject.started_on, given["started_on"]
    correct_start(request.subject, start, seen=mark_of(before), author=request.author)
    return {"before": before}


def correct_start_date() -> Journey:
    """Return the journey that corrects an ECT's start date."""
    return change_journey(
        ECT,
        "start-date",
        [
            Step(
                "edit",
                forms.StartDateForm,
                QUESTION,
                on_submit=check_start,
                next=lambda given: "ask-support" if given["affected"] else "check-answers",
                form_options=pages.asked,
            ),
            Step(
                "ask-support",
                template="schools/stop.jinja",
                stop=True,
                context=pages.ask_support,
            ),
        ],
        check=pages.check,
        save=save,
        confirmation=pages.confirmation,
        form=forms.CheckStartForm,
        refresh=note_affected,
    )
