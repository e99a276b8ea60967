"""The induction tutor's journeys as tables of steps (spec 05 §11.1).

Once a contract year a school confirms its tutor, or names one if it has none; it may change them at
any time. To confirm who is there takes one page; whatever is typed is checked on a second one.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from register_ects.operations.schools.induction_tutors import (
    change_induction_tutor,
    confirm_induction_tutor,
    confirmation_is_due,
    period_to_confirm,
    tutor_of,
)
from register_ects.rules.induction_tutors import problems_with_change
from register_ects.rules.problems import refuse_if
from register_ects.web.access import SchoolRequest, forget_path
from register_ects.web.drafts import Answers
from register_ects.web.forms import GovukForm
from register_ects.web.induction_tutors import CONFIRM, NEW, UPDATE, journey_due
from register_ects.web.journeys import Journey, Run, Step
from schools.access import school_required
from schools.induction_tutor import forms, pages
from schools.induction_tutor.answers import TutorAnswers
from schools.saving import one_at_a_time

NO_YEAR = (
    "There is no school year to confirm your induction tutor for yet. You can still change their "
    "details."
)
CONFIRMED = "Your induction tutor is confirmed already. You can change their details here."


def check(given: Answers, request: SchoolRequest) -> None:
    """Refuse to take for a change what is the same."""
    answers = TutorAnswers(given, request.school)
    if not answers.is_confirmed:
        refuse_if(problems_with_change(answers.now, answers.tutor))


def save(given: Answers, request: SchoolRequest) -> dict[str, Any]:
    """Confirm or change the tutor, as the pages showed them."""
    school, author = request.school, request.author
    answers = TutorAnswers(given, school)
    tutor = answers.tutor
    if answers.is_confirmed:
        confirm_induction_tutor(school, seen=given["seen"], author=author)
    else:
        change_induction_tutor(school, tutor, seen=answers.now.mark, author=author)
    return {"confirmed_name": tutor.name, "confirmed_email": tutor.email}


def save_and_resume(given: Answers, request: SchoolRequest) -> dict[str, Any]:
    """Do so, and note which page the gate kept them from."""
    return {**save(given, request), "continue_to": forget_path(request)}


def once_a_year(request: SchoolRequest) -> HttpResponse | None:
    """Lead on from the pages that a school is sent to when no confirmation is due, or another is.

    A colleague may have confirmed meanwhile, or named the first tutor.
    """
    period = period_to_confirm()
    if not confirmation_is_due(request.school, period):
        messages.info(request, CONFIRMED if period else NO_YEAR)
        return redirect("schools:induction_tutor")
    wanted = journey_due(request.school)
    return None if f"/{wanted}/" in request.path else redirect(f"schools:{wanted}")


def at_any_time(request: SchoolRequest) -> HttpResponse | None:
    """Lead to the page that names the first tutor while that is due."""
    if tutor_of(request.school).is_named:
        return None
    is_due = confirmation_is_due(request.school, period_to_confirm())
    return redirect(f"schools:{NEW}") if is_due else None


def _journey(
    name: str,
    form: type[GovukForm],
    template: str,
    instead: Callable[[Any], HttpResponse | None],
    complete: Callable[[Answers, Any], dict[str, Any]],
    *,
    context: Callable[[Run], pages.Context] = pages.asked_first,
    **options: Any,
) -> Journey:
    return Journey(
        name=name,
        guard=school_required(to_change=True, even_if_tutor_is_due=True),
        hold=one_at_a_time,
        home=pages.home,
        instead=instead,
        complete=complete,
        called="change",
        steps=[
            Step(
                "edit",
                form,
                template,
                on_submit=check,
                context=context,
                **options,
            ),
            Step(
                "check-answers",
                template="schools/induction_tutor/check_answers.jinja",
                completes=True,
                shows=["rows"],
                context=pages.check_answers,
            ),
            Step(
                "confirmation",
                template="schools/induction_tutor/confirmation.jinja",
                confirmation=True,
            ),
        ],
    )


CONFIRM_EXISTING = _journey(
    CONFIRM,
    forms.ConfirmForm,
    "schools/induction_tutor/confirm.jinja",
    once_a_year,
    save_and_resume,
    form_options=pages.prefilled_to_confirm,
    finishes=lambda given: given["is_correct"] == "yes",
)
NAME_FIRST = _journey(
    NEW,
    forms.TutorForm,
    "schools/induction_tutor/new.jinja",
    once_a_year,
    save_and_resume,
)
CHANGE = _journey(
    UPDATE,
    forms.TutorForm,
    "schools/induction_tutor/update.jinja",
    at_any_time,
    save,
    context=pages.now,
    form_options=pages.prefilled,
)

INDUCTION_TUTOR_JOURNEYS = (CONFIRM_EXISTING, NAME_FIRST, CHANGE)
