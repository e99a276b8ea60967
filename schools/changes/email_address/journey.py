"""The change of an email address as a table of steps, for ECTs and mentors (spec 05 §9)."""

from typing import Any

from register_ects.operations.placements.details import change_email, problems_with_email_of
from register_ects.rules.problems import refuse_if
from register_ects.rules.seen import mark_of
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Journey, Step
from schools.changes.email_address import forms, pages
from schools.changes.journeys import QUESTION, change_journey
from schools.changes.roles import PlacementRequest, Role


def check_email(given: Answers, request: PlacementRequest) -> None:
    """Refuse the address that they have, and one that another person has."""
    refuse_if(problems_with_email_of(request.subject, given["email"]))


def save(given: Answers, request: PlacementRequest) -> dict[str, Any]:
    """Change the address; return for the confirmation the one before, and what was sent again."""
    before = request.subject.email
    again = change_email(
        request.subject, given["email"], seen=mark_of(before), author=request.author
    )
    return {"before": before, "sent_again": again}


def change_email_address(role: Role) -> Journey:
    """Return the journey that changes the email address of somebody in this role."""
    return change_journey(
        role,
        "email-address",
        [
            Step(
                "edit",
                forms.EmailForm,
                QUESTION,
                on_submit=check_email,
                form_options=pages.asked,
            )
        ],
        check=pages.check,
        save=save,
        confirmation=pages.confirmation,
        template="schools/changes/check_email.jinja",
    )
