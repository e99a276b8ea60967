"""The journeys that give an ECT one of the school's mentors (spec 05 §8.1, §8.2, §9.4).

Under ``/school/ects/{ect}/mentorship/`` the first mentor, under ``change-mentor/`` another one:
choose, training if it is due, check, confirmation. Nothing is written before the check page;
assignment and training are then one transaction.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from register_ects.operations.placements.mentoring import (
    assign_mentor,
    eligible_mentors,
    mentorships_ahead,
    needs_first_training,
    problems_with_mentorship,
)
from register_ects.rules.problems import refuse, refuse_if
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Journey, Leave, Step
from schools.access import school_required
from schools.assign_mentor import forms, pages
from schools.assign_mentor.answers import AssignmentAnswers
from schools.changes.journeys import QUESTION
from schools.changes.roles import ECTRequest
from schools.mentors import addresses, training
from schools.mentors.forms import CheckMentorForm, LeadProviderForm
from schools.mentors.pages import (
    about,
    ask_for_provider,
    confirmed,
    no_mentor_needed,
    what_was_agreed,
    words,
)
from schools.saving import one_at_a_time


def note_choice(given: Answers, request: ECTRequest) -> None:
    """Note who was chosen, and whether their first training is due; a new mentor is registered."""
    ect = request.subject
    if given["mentor"] == forms.NEW_MENTOR:
        raise Leave(addresses.registering(ect.pk, instead=bool(mentorships_ahead(ect))))
    mentor = eligible_mentors(ect).get(pk=given["mentor"])
    refuse_if(problems_with_mentorship(ect, mentor))
    provider = training.provider_of(ect)
    given["mentor_name"] = mentor.teacher.name
    given["training_due"] = needs_first_training(ect, mentor.teacher)
    given["fundable"] = mentor.teacher.is_fundable_as_mentor
    given["ect_provider"] = provider.name if provider else None
    available = training.providers_for(mentor.teacher, start=mentor.started_on)
    given["ect_provider_available"] = provider in available


def save(given: Answers, request: ECTRequest) -> dict[str, Any]:
    """Assign the mentor and open their training."""
    answers = AssignmentAnswers(given, request.subject)
    mentor, provider = answers.chosen, answers.provider
    if mentor is None:
        refuse("mentor", "has_left", leaver=given["mentor_name"])
    mentorship = assign_mentor(
        request.subject,
        mentor,
        author=request.author,
        lead_provider=provider,
        replacing=training.known_mentors(given),
    )
    return {"trained_by": provider.name if provider else None, **what_was_agreed(mentorship)}


def _after_choice(given: Answers) -> str:
    if not given["training_due"]:
        return "check-answers"
    return "review-mentor-eligibility" if given["ect_provider_available"] else "lead-provider"


def _mentored_already(request: ECTRequest) -> HttpResponse | None:
    """Lead who begins to assign a first mentor to an ECT who has one to the change of mentor."""
    journey = "schools:change-mentor"
    begins = request.method == "GET" and not request.GET and request.path.endswith("/new")
    if begins and mentorships_ahead(request.subject):
        return no_mentor_needed(request) or redirect(journey, request.subject.pk)
    return no_mentor_needed(request)


def _giving_a_mentor(
    name: str,
    first: str,
    *,
    called: str,
    instead: Callable[[ECTRequest], HttpResponse | None] = no_mentor_needed,
) -> Journey:
    """Return the journey whose first page, at the slug ``first``, asks who mentors an ECT."""
    return Journey(
        name=name,
        guard=school_required(while_registration_is_open=True),
        hold=one_at_a_time,
        home=pages.home,
        subject=training.ect_of_school,
        instead=instead,
        refresh=training.note_mentors,
        about="mentor",
        named=lambda given: str(given.get("mentor_name", "another mentor")),
        called=called,
        complete=save,
        steps=[
            Step(
                first,
                forms.ChooseForm,
                QUESTION,
                on_submit=note_choice,
                next=_after_choice,
                resets=["review-mentor-eligibility", "lead-provider"],
                form_options=pages.choose_options,
                context=about,
            ),
            ask_for_provider("review-mentor-eligibility"),
            Step(
                "lead-provider",
                LeadProviderForm,
                QUESTION,
                next="check-answers",
                form_options=pages.provider_options,
            ),
            Step(
                "check-answers",
                CheckMentorForm,
                "schools/mentors/check_assignment.jinja",
                completes=True,
                shows=["rows"],
                form_options=words,
                context=pages.check_answers,
            ),
            Step(
                "confirmation",
                template="schools/mentors/done.jinja",
                confirmation=True,
                context=confirmed,
            ),
        ],
    )


ASSIGN_MENTOR = _giving_a_mentor(
    "assign-mentor", "new", called="assignment", instead=_mentored_already
)
CHANGE_MENTOR = _giving_a_mentor("change-mentor", "edit", called="change of mentor")
