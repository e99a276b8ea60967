"""The change of a name as a table of steps, for ECTs and mentors (spec 05 §9, §9.1).

Where both the first and the last name change, a page in between asks to confirm that it is still
the same person. Only sending that page leads on: typing the next address does not.
"""

from typing import Any

from register_ects.operations.teachers.names import change_name as change_name_of
from register_ects.rules.name_changes import problems_with_new_name
from register_ects.rules.problems import refuse_if
from register_ects.rules.seen import mark_of
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Journey, Step
from schools.changes.journeys import QUESTION, change_journey
from schools.changes.name import forms, pages
from schools.changes.name.answers import NameAnswers
from schools.changes.roles import PlacementRequest, Role


def note_name(given: Answers, request: PlacementRequest) -> None:
    """Refuse the name that they have; note whether the new one is to be confirmed."""
    refuse_if(problems_with_new_name(given["name"], now=request.subject.teacher.name))
    note_whether_to_confirm(given, request)


def note_whether_to_confirm(given: Answers, request: PlacementRequest) -> None:
    """Note whether the change is to be confirmed, of the name as it is now, and whether it was."""
    answers = NameAnswers(given, request.subject.teacher)
    given["significant"], given["settled"] = answers.is_significant, answers.is_confirmed


def note_confirmed(given: Answers, request: PlacementRequest) -> None:
    """Keep in the draft which change was confirmed to be of the same person's name."""
    given["confirmed"] = NameAnswers(given, request.subject.teacher).change
    note_whether_to_confirm(given, request)


def save(given: Answers, request: PlacementRequest) -> dict[str, Any]:
    """Change the name; return both for the confirmation."""
    before = request.subject.teacher.name
    change_name_of(request.subject, given["name"], seen=mark_of(before), author=request.author)
    return {"before": before}


def change_name(role: Role) -> Journey:
    """Return the journey that corrects the name of somebody in this role."""
    return change_journey(
        role,
        "name",
        [
            Step(
                "edit",
                forms.NameForm,
                QUESTION,
                on_submit=note_name,
                next=lambda given: (
                    "confirm-name-change" if given["significant"] else "check-answers"
                ),
                form_options=pages.asked,
            ),
            Step(
                "confirm-name-change",
                template="schools/changes/confirm_name.jinja",
                on_submit=note_confirmed,
                answered=lambda given: bool(given.get("settled")),
                context=pages.confirm,
            ),
        ],
        check=pages.check,
        save=save,
        confirmation=pages.confirmation,
        refresh=note_whether_to_confirm,
    )
