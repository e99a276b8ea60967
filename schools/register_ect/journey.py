"""The register-ECT journey as a table of steps (spec 05 §7.1, §7.2).

Derived answers (what TRS said, what may be offered) are stored beside the given ones, so that
the next step is a function of the answers alone.
"""

from functools import partial
from typing import Any

from register_ects.operations.placements.email_addresses import email_is_taken
from register_ects.operations.placements.registration import (
    active_ect_placement,
    problems_with_start,
    register_ect,
    registration_is_open,
)
from register_ects.rules.enumerations import TrainingProgramme
from register_ects.rules.problems import refuse_if
from register_ects.web.access import SchoolRequest
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Journey, Step
from register_ects.web.school_addresses import reverse
from schools.access import school_required
from schools.register_ect import forms, pages
from schools.register_ect.answers import ECTAnswers
from schools.registering import finding, look_ups
from schools.registering.forms import ReviewForm
from schools.registering.pages import asked_again, come_back, stop_steps
from schools.saving import one_at_a_time


def note_person_again(given: Answers, request: SchoolRequest) -> None:
    """Note what others may have changed: whether the person is at this school, what they do."""
    if "record" in given:
        given["after_finding"] = _after_finding(given, request)


def note_details(given: Answers, request: SchoolRequest) -> None:
    """Note what to call the person, and whether their address and start date can be theirs.

    Refuses an impossible start.
    """
    person = ECTAnswers(given, request.school)
    refuse_if(problems_with_start(person.teacher, request.school, person.started_on))
    given["name"] = person.name
    given["email_taken"] = email_is_taken(given["email"], trn=given["trn"])
    given["start_is_open"] = registration_is_open(person.started_on)
    note_choices(given, person)


def note_choices(given: Answers, person: ECTAnswers) -> None:
    """Note who is on offer for the start date, and take over what goes on from before.

    Unless other choices were made for this person: the check page shows them.
    """
    given["offered_providers"] = [str(provider.pk) for provider in person.lead_providers]
    asked_for, given["choices_for"] = given.get("choices_for"), str(person.started_on)
    is_theirs = "training_programme" in given and not given.get("reused")
    if asked_for != given["choices_for"] and not is_theirs:
        _take_over(given, person.offered_choices)


def note_own_choices(given: Answers, request: SchoolRequest) -> None:
    """Note whether the choices are still those that were taken over."""
    reused = given.get("reused")
    if reused and any(given.get(name) != reused[name] for name in reused.keys() & _CHOICES):
        given["reused"] = None


#: The answers about body and training.
_CHOICES = set(forms.TrainingForm.base_fields) - set(ReviewForm.base_fields)


def _take_over(given: Answers, offered: Answers | None) -> None:
    """Put the school's last choices into the answers, or remove those of another start date."""
    for name in {*_CHOICES, "reused"}:
        given.pop(name, None)
    if offered:
        given.update({name: offered[name] for name in offered.keys() & _CHOICES}, reused=offered)


def is_training_settled(given: Answers) -> bool:
    """Whether body and training are chosen, of what is on offer for the start date."""
    if given.get("training_programme") != TrainingProgramme.PROVIDER_LED:
        return "training_programme" in given
    return given["lead_provider"] in given["offered_providers"]


def _after_details(given: Answers) -> str:
    if given["email_taken"]:
        return "cant-use-email"
    return "training" if given["start_is_open"] else "cannot-register-ect-yet"


def save(given: Answers, request: SchoolRequest) -> dict[str, Any]:
    """Register the ECT; return what the confirmation shows."""
    person = ECTAnswers(given, request.school)
    placement = register_ect(request.school, person.registration(), author=request.author)
    training = placement.training_periods.get()
    return {
        "ect_id": placement.pk,
        "name": placement.teacher.name,
        "provider_name": training.lead_provider.name if training.lead_provider else None,
        "confirmed": training.is_confirmed,
    }


def _after_finding(given: Answers, request: SchoolRequest) -> str:
    person = ECTAnswers(given, request.school)
    given["independent"] = request.school.is_independent
    given["name"] = person.name
    placement = active_ect_placement(person.teacher, request.school)
    given["active_ect_id"] = placement.pk if placement else None
    reason = look_ups.reason_not_to_register_ect(
        person.record, person.teacher, active=placement is not None
    )
    return reason.replace("_", "-") if reason else "review-ect-details"


REGISTER_ECT = Journey(
    name="register-ect",
    guard=school_required(to_register_ects=True),
    hold=one_at_a_time,
    home=lambda run: reverse("schools:ects"),
    refresh=note_person_again,
    sensitive=finding.SENSITIVE,
    about="trn",
    named=finding.named,
    complete=save,
    come_back=come_back,
    steps=[
        finding.find(
            "find-ect",
            "schools/register_ect/find.jinja",
            on_submit=partial(look_ups.find_person, following=_after_finding),
            context=asked_again,
        ),
        Step(
            "review-ect-details",
            forms.DetailsForm,
            "schools/register_ect/details.jinja",
            on_submit=note_details,
            answered=lambda given: "choices_for" in given,
            next=_after_details,
            form_options=pages.details_options,
            context=pages.person,
        ),
        Step(
            "training",
            forms.TrainingForm,
            "schools/register_ect/training.jinja",
            on_submit=note_own_choices,
            answered=is_training_settled,
            inferred=lambda given: bool(given.get("reused")),
            next="check-answers",
            form_options=pages.training_options,
            context=pages.person,
        ),
        Step(
            "check-answers",
            forms.CheckForm,
            "schools/register_ect/check_answers.jinja",
            completes=True,
            shows=["person_rows", "programme_rows", "told"],
            form_options=pages.words,
            context=pages.check_answers,
        ),
        Step(
            "confirmation",
            template="schools/register_ect/confirmation.jinja",
            confirmation=True,
            context=pages.confirmation,
        ),
        *stop_steps(pages.STOPS),
    ],
)
