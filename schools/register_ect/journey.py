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
from register_ects.web.journeys import Journey, Run, Step
from register_ects.web.school_addresses import reverse
from schools.access import school_required
from schools.bodies import IndependentSchoolBodyForm, StateSchoolBodyForm
from schools.register_ect import forms, pages
from schools.register_ect.answers import ECTAnswers
from schools.registering import finding, look_ups
from schools.registering.forms import ReviewForm
from schools.registering.pages import asked_again, name_shown, stop_steps
from schools.saving import one_at_a_time


def note_person_again(given: Answers, request: SchoolRequest) -> None:
    """Note what others may have changed: whether the person is at this school or another."""
    if "record" not in given:
        return
    look_ups.note_following(given, _after_finding(given, request))
    if "registered_before" in given:
        note_earlier_placement(given, request)


def note_earlier_placement(given: Answers, request: SchoolRequest) -> None:
    """Note whether the person was registered before, and what to call them."""
    person = ECTAnswers(given, request.school)
    given["registered_before"] = person.earlier_placement is not None
    given["name"] = person.name


def note_taken_email(given: Answers, request: SchoolRequest) -> None:
    """Note whether somebody else has the address."""
    given["email_taken"] = email_is_taken(given["email"], trn=given["trn"])


def check_start(given: Answers, request: SchoolRequest) -> None:
    """Refuse an impossible start; note what may be offered for it.

    Called again when the start is changed from the check page, so that a reuse offer or a
    provider that no longer holds is asked again.
    """
    person = ECTAnswers(given, request.school)
    refuse_if(problems_with_start(person.teacher, request.school, person.started_on))
    given["start_is_open"] = registration_is_open(person.started_on)
    given["reusable"] = person.offered_choices
    given["offered_providers"] = [str(provider.pk) for provider in person.lead_providers]


def note_agreed_choices(given: Answers, request: SchoolRequest) -> None:
    """Copy the choices that the page offered: a colleague's registration may change them."""
    given["reusable"] = ECTAnswers(given, request.school).offered_choices
    given["agreed"] = given["reusable"] if given["use_previous_choices"] else None


def _is_reuse_settled(given: Answers) -> bool:
    """Whether the answer was given to what is offered for the start date now."""
    return not given["use_previous_choices"] or given["agreed"] == given["reusable"]


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
    placement = active_ect_placement(person.record.trn, request.school)
    given["active_ect_id"] = placement.pk if placement else None
    reason = look_ups.reason_not_to_register_ect(person.record, active=placement is not None)
    return reason.replace("_", "-") if reason else "review-ect-details"


def _after_working_pattern(given: Answers) -> str:
    return "use-previous-ect-choices" if given["reusable"] else pages.body_step(given)


def _words(run: Run) -> dict[str, Any]:
    return {"words": {"name": run.answers.get("name", "the ECT")}}


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
    steps=[
        Step(
            "what-you-will-need",
            template="schools/register_ect/start.jinja",
        ),
        finding.find(
            "find-ect",
            "schools/register_ect/find.jinja",
            on_submit=partial(look_ups.by_birth_date, following=_after_finding),
            context=asked_again,
        ),
        finding.ni_number(_after_finding),
        Step(
            "review-ect-details",
            ReviewForm,
            "schools/review_person.jinja",
            on_submit=note_earlier_placement,
            next=lambda given: (
                "registered-before" if given["registered_before"] else "email-address"
            ),
            form_options=name_shown,
            context=pages.person,
        ),
        Step(
            "registered-before",
            template="schools/register_ect/registered_before.jinja",
            context=pages.person,
        ),
        Step(
            "email-address",
            forms.EmailForm,
            on_submit=note_taken_email,
            next=lambda given: "cant-use-email" if given["email_taken"] else "start-date",
            form_options=_words,
        ),
        Step(
            "start-date",
            forms.StartDateForm,
            on_submit=check_start,
            next=lambda given: (
                "working-pattern" if given["start_is_open"] else "cannot-register-ect-yet"
            ),
            form_options=_words,
        ),
        Step(
            "working-pattern",
            forms.WorkingPatternForm,
            next=_after_working_pattern,
            form_options=_words,
        ),
        Step(
            "use-previous-ect-choices",
            forms.ReuseForm,
            "schools/register_ect/reuse.jinja",
            on_submit=note_agreed_choices,
            answered=_is_reuse_settled,
            next=lambda given: (
                "check-answers" if given["use_previous_choices"] else pages.body_step(given)
            ),
            resets=[*pages.BODY_STEPS.values(), "training-programme", "lead-provider"],
            form_options=_words,
            context=pages.person,
        ),
        Step(
            "state-school-appropriate-body",
            StateSchoolBodyForm,
            "schools/register_ect/question_with_roles.jinja",
            next="training-programme",
            form_options=pages.body_options,
        ),
        Step(
            "independent-school-appropriate-body",
            IndependentSchoolBodyForm,
            "schools/register_ect/question_with_roles.jinja",
            next="training-programme",
            form_options=pages.body_options,
        ),
        Step(
            "training-programme",
            forms.TrainingProgrammeForm,
            "schools/register_ect/question_with_roles.jinja",
            next=lambda given: (
                "lead-provider"
                if given["training_programme"] == TrainingProgramme.PROVIDER_LED
                else "check-answers"
            ),
            resets=["lead-provider"],
            form_options=_words,
        ),
        Step(
            "lead-provider",
            forms.LeadProviderForm,
            "schools/register_ect/lead_provider.jinja",
            answered=lambda given: given["lead_provider"] in given["offered_providers"],
            next="check-answers",
            form_options=pages.provider_options,
            context=pages.person,
        ),
        Step(
            "check-answers",
            forms.CheckForm,
            "schools/register_ect/check_answers.jinja",
            completes=True,
            shows=["person_rows", "programme_rows", "told"],
            form_options=_words,
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
