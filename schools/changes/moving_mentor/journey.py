"""The move of a mentor to another of the user's schools as a table of steps (spec 05 §20.6).

The pages ask what reporting a leaving and registering a mentor ask, by the same functions.
"""

from typing import Any

from register_ects import clock
from register_ects.operations.placements.email_addresses import email_is_taken
from register_ects.operations.placements.mentor_starts import (
    mentor_registration_is_open,
    problems_with_mentor_start,
)
from register_ects.operations.placements.moving import move_mentor, problems_with_move
from register_ects.rules import registration
from register_ects.rules.problems import refuse, refuse_if
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Journey, Step
from schools.changes.journeys import QUESTION
from schools.changes.moving import pages as moving
from schools.changes.moving.common import moving_journey, note_record
from schools.changes.moving.destinations import destination
from schools.changes.moving_mentor import forms, pages
from schools.changes.moving_mentor.answers import MentorMoveAnswers
from schools.changes.roles import MENTOR, PlacementRequest
from schools.mentors.forms import LeadProviderForm
from schools.saving import people_of, wait_for


def wait_for_both(given: Answers, request: PlacementRequest) -> None:
    """Wait for others who save about either school or about who is concerned."""
    answers = MentorMoveAnswers.of(given, request)
    ect = [answers.ect.teacher.trn] if answers.ect and answers.ect.teacher.trn else []
    trns = {*people_of(given, request.subject), *ect}
    wait_for(request.school.pk, trns, answers.school.pk)


def note_person(given: Answers, request: PlacementRequest) -> None:
    """Note what TRS says of the person now, as registering does; refuse whom it forbids."""
    destination(given, request)
    reason = registration.reason_not_to_register_mentor(
        is_the_ect=False,
        active_at_this_school=False,
        prohibited=note_record(given, request).is_prohibited(clock.today()),
    )
    if reason:
        refuse("school", reason)


def note_mentee(given: Answers, request: PlacementRequest) -> None:
    """Refuse an ECT who is the mentor themself, or who is no longer there."""
    ect = MentorMoveAnswers.of(given, request).ect
    if ect is None:
        refuse("ect", "not_at_this_school")
    if ect.teacher_id == request.subject.teacher_id:
        refuse("ect", "cannot_mentor_themself")


def note_details(given: Answers, request: PlacementRequest) -> None:
    """Refuse days that are not allowed, and note who trains them at the new school."""
    answers = MentorMoveAnswers.of(given, request)
    start, ect = answers.starts_on, answers.ect
    if ect is None:
        refuse("ect", "not_at_this_school")
    refuse_if(
        [
            *problems_with_move(request.subject, last_day=answers.last_day, start=start),
            *problems_with_mentor_start(answers.teacher, ect, start, only_here=answers.only_here),
        ]
    )
    if not mentor_registration_is_open(start):
        refuse("started_on", "not_open_yet")
    if email_is_taken(given["email"], trn=given["trn"]):
        refuse("email", "taken")
    note_training(given, request)


def note_training(given: Answers, request: PlacementRequest) -> None:
    """Note whether training is due, who is on offer, and who trains them unless another does."""
    if not given.get("started_on"):
        return
    answers = MentorMoveAnswers.of(given, request)
    given["training_due"] = answers.training_is_due
    given["offered_providers"] = [str(provider.pk) for provider in answers.lead_providers]
    usual = answers.usual_provider
    if answers.training_is_due and usual and not given.get("lead_provider"):
        given["lead_provider"] = str(usual.pk)


def save(given: Answers, request: PlacementRequest) -> dict[str, Any]:
    """Move the mentor; return what the confirmation shows."""
    answers = MentorMoveAnswers.of(given, request)
    if answers.ect is None:
        refuse("ect", "not_at_this_school")
    told = pages.told(answers)
    moved = move_mentor(
        answers.now,
        answers.ect,
        answers.registration(),
        last_day=answers.last_day,
        replacing={each.mentor_at_school_period_id for each in answers.giving_way},
        author=request.author,
    )
    return {**told, "moved_id": moved.pk}


def _is_provider_settled(given: Answers) -> bool:
    return not given["training_due"] or given.get("lead_provider") in given["offered_providers"]


def move_mentor_journey() -> Journey:
    """Return the journey that moves a mentor."""
    return moving_journey(
        MENTOR,
        note_person,
        [
            Step(
                "choose-ect",
                forms.MenteeForm,
                QUESTION,
                on_submit=note_mentee,
                resets=["details", "lead-provider"],
                form_options=pages.ects_on_offer,
            ),
            Step(
                "details",
                forms.MentorDetailsForm,
                QUESTION,
                on_submit=note_details,
                answered=lambda given: "training_due" in given,
                form_options=pages.details,
                context=moving.details_heading,
            ),
            Step(
                "lead-provider",
                LeadProviderForm,
                QUESTION,
                answered=_is_provider_settled,
                inferred=_is_provider_settled,
                form_options=pages.providers_on_offer,
            ),
        ],
        check=pages.check,
        save=save,
        confirmation=pages.confirmation,
        form=forms.CheckMentorMoveForm,
        hold=wait_for_both,
        refresh=note_training,
        options=pages.words,
    )
