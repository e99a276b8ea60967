"""The move of an ECT to another of the user's schools as a table of steps (spec 05 §20.6).

The pages ask what reporting a leaving and registering ask, by the same functions.
"""

from typing import Any

from register_ects.operations.placements.email_addresses import email_is_taken
from register_ects.operations.placements.moving import move_ect, problems_with_move
from register_ects.operations.placements.registration import (
    problems_with_start,
    registration_is_open,
)
from register_ects.rules.problems import refuse, refuse_if
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Journey, Step
from schools.changes.journeys import QUESTION
from schools.changes.moving import forms, pages
from schools.changes.moving.answers import MoveAnswers
from schools.changes.moving.common import moving_journey, note_record
from schools.changes.moving.destinations import destination
from schools.changes.roles import ECT, ECTRequest
from schools.register_ect.forms import TrainingForm
from schools.register_ect.journey import is_training_settled, note_choices, note_own_choices
from schools.registering import look_ups
from schools.saving import people_of, wait_for


def wait_for_both(given: Answers, request: ECTRequest) -> None:
    """Wait for others who save about either school or about who is concerned."""
    school = destination(given, request)
    wait_for(request.school.pk, people_of(given, request.subject), school.pk)


def note_person(given: Answers, request: ECTRequest) -> None:
    """Note what TRS says of the person now, as registering does; refuse whom it forbids."""
    destination(given, request)
    reason = look_ups.reason_not_to_register_ect(
        note_record(given, request), request.subject.teacher, active=False
    )
    if reason:
        refuse("school", reason)


def note_details(given: Answers, request: ECTRequest) -> None:
    """Refuse days that are not allowed, and note what goes on at the new school."""
    person = MoveAnswers.of(given, request)
    start = person.started_on
    refuse_if(
        [
            *problems_with_move(request.subject, last_day=person.last_day, start=start),
            *problems_with_start(person.teacher, person.school, start),
        ]
    )
    if not registration_is_open(start):
        refuse("started_on", "not_open_yet")
    if email_is_taken(given["email"], trn=given["trn"]):
        refuse("email", "taken")
    given["independent"] = person.school.is_independent
    given["name"] = person.name
    note_mentors(given, request)
    note_choices(given, person)


def note_mentors(given: Answers, request: ECTRequest) -> None:
    """Note who may mentor them at the new school from their first day there."""
    if "started_on" in given:
        mentors = MoveAnswers.of(given, request).mentors
        given["mentors_on_offer"] = [str(key) for key in mentors.values_list("pk", flat=True)]


def _is_mentor_settled(given: Answers) -> bool:
    """Whether somebody on offer was chosen, or that nobody is yet."""
    return given.get("mentor") in (None, forms.LATER, *given["mentors_on_offer"])


def note_mentor(given: Answers, request: ECTRequest) -> None:
    """Refuse a mentor whose first training the ECT's lead provider cannot give."""
    person = MoveAnswers.of(given, request)
    if person.trains_mentor and not person.may_train_mentor and person.lead_provider:
        provider = person.lead_provider.name
        mentor = person.mentor.teacher.name if person.mentor else ""
        refuse("mentor", "needs_another_provider", provider=provider, mentor=mentor)


def save(given: Answers, request: ECTRequest) -> dict[str, Any]:
    """Move the ECT; return what the confirmation shows."""
    person = MoveAnswers.of(given, request)
    told = pages.told(person)
    moved = move_ect(
        request.subject,
        person.school,
        person.registration(),
        last_day=person.last_day,
        mentor=person.mentor,
        author=request.author,
    )
    return {**told, "moved_id": moved.pk}


def move_journey() -> Journey:
    """Return the journey that moves an ECT."""
    return moving_journey(
        ECT,
        note_person,
        [
            Step(
                "details",
                forms.DetailsForm,
                QUESTION,
                on_submit=note_details,
                answered=lambda given: "choices_for" in given,
                form_options=pages.details,
                context=pages.details_heading,
            ),
            Step(
                "training",
                TrainingForm,
                "schools/moving/training.jinja",
                on_submit=note_own_choices,
                answered=is_training_settled,
                inferred=lambda given: bool(given.get("reused")),
                form_options=pages.training,
                context=pages.about,
            ),
            Step(
                "mentor",
                forms.MentorForm,
                QUESTION,
                on_submit=note_mentor,
                answered=_is_mentor_settled,
                inferred=lambda given: not given["mentors_on_offer"],
                form_options=pages.mentors_on_offer,
            ),
        ],
        check=pages.check,
        save=save,
        confirmation=pages.confirmation,
        form=forms.CheckMoveForm,
        hold=wait_for_both,
        refresh=note_mentors,
        options=pages.words,
    )
