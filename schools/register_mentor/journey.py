"""The register-mentor journey as a table of steps (spec 05 §8.3).

Derived answers are noted beside the given ones, so that the next step is a function of the
answers alone; noted again before the check page, because others may have changed the facts.
"""

from typing import Any

from register_ects import clock
from register_ects.models import (
    ECTAtSchoolPeriod,
    LeadProvider,
    MentorAtSchoolPeriod,
    TrainingPeriod,
)
from register_ects.operations.placements.email_addresses import email_is_taken
from register_ects.operations.placements.mentor_starts import (
    active_mentor_placement,
    first_time_mentor_registration_is_open,
    mentor_registration_is_open,
    problems_with_mentor_start,
)
from register_ects.operations.placements.mentoring import (
    assign_mentor,
    needs_first_training,
    register_mentor,
)
from register_ects.rules import registration
from register_ects.rules.enumerations import TraineeRole
from register_ects.rules.problems import RuleBroken, refuse, refuse_if
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Journey, Step
from schools.access import school_required
from schools.changes.roles import ECTRequest
from schools.mentors import training
from schools.mentors.forms import CheckMentorForm, LeadProviderForm
from schools.mentors.pages import (
    ask_for_provider,
    confirmed,
    no_mentor_needed,
    what_was_agreed,
    words,
)
from schools.register_mentor import forms, pages
from schools.register_mentor.answers import MentorAnswers, training_is_due
from schools.registering import finding, look_ups
from schools.registering.pages import come_back, stop_steps
from schools.saving import one_at_a_time


def find_mentor(given: Answers, request: ECTRequest) -> None:
    """Ask TRS for the person, and note the page that follows."""
    try:
        look_ups.find_person(given, request, following=_after_finding)
    except RuleBroken:  # a second proof is due, but nobody mentors themself
        if given["trn"] != request.subject.teacher.trn:
            raise
        given["after_finding"] = look_ups.THEMSELF


def note_person_again(given: Answers, request: ECTRequest) -> None:
    """Note what others may have changed: where the person mentors, who trains the ECT."""
    training.note_mentors(given, request)
    if "record" in given:
        given["after_finding"] = _after_finding(given, request)


def note_person(given: Answers, request: ECTRequest) -> None:
    """Note what decides the later questions: earlier mentoring, funding, the ECT's provider."""
    person = MentorAnswers(given, request.school)
    provider = training.provider_of(request.subject)
    mentoring = MentorAtSchoolPeriod.objects.filter(teacher__trn=given["trn"])
    trained = TrainingPeriod.objects.filter(
        teacher__trn=given["trn"], trainee_role=TraineeRole.MENTOR
    )
    given["year_is_open"] = first_time_mentor_registration_is_open()
    given["fundable"] = person.teacher is None or person.teacher.is_fundable_as_mentor
    given["registered_before"] = mentoring.exists()
    given["mentors_elsewhere"] = person.mentors_elsewhere(clock.today())
    given["trained_before"] = trained.exists()
    given["ect_provider_id"] = provider.pk if provider else None
    given["ect_provider"] = provider.name if provider else None
    _note_providers(given, person)


def note_details(given: Answers, request: ECTRequest) -> None:
    """Note what to call the person, and whether somebody else has the address."""
    note_person(given, request)
    given["name"] = MentorAnswers(given, request.school).name
    given["email_taken"] = email_is_taken(given["email"], trn=given["trn"])


def check_start(given: Answers, request: ECTRequest) -> None:
    """Refuse an impossible start, and note whether its contract period is open.

    Where none is asked for, because they go on at another school too, it is today.
    """
    if not given.get("started_on"):
        given["start_is_open"] = True
        return
    person = MentorAnswers(given, request.school)
    refuse_if(
        problems_with_mentor_start(
            person.teacher, request.subject, person.starts_on, only_here=person.only_here
        )
    )
    given["start_is_open"] = mentor_registration_is_open(person.starts_on)
    _note_providers(given, person)


def save(given: Answers, request: ECTRequest) -> dict[str, Any]:
    """Register the mentor and assign them; or assign one who is at the school already."""
    ect, author, known = request.subject, request.author, training.known_mentors(given)
    if given["active_mentor_id"]:
        mentor = MentorAtSchoolPeriod.objects.select_related("teacher").get(
            pk=given["active_mentor_id"], school=request.school
        )
        provider = _first_provider(ect, mentor)
        mentorship = assign_mentor(
            ect, mentor, author=author, lead_provider=provider, replacing=known
        )
        return {
            "registered": False,
            "trained_by": provider.name if provider else None,
            **what_was_agreed(mentorship),
        }
    details = MentorAnswers(given, request.school).registration()
    placement = register_mentor(request.school, ect, details, author=author, replacing=known)
    provider = details.lead_provider if placement.training_periods.exists() else None
    return {
        "registered": True,
        "name": placement.teacher.name,
        "trained_by": provider.name if provider else None,
        **what_was_agreed(
            placement.mentorship_periods.select_related("ect_at_school_period").get()
        ),
    }


def _note_providers(given: Answers, person: MentorAnswers) -> None:
    """Note who can train them, the ECT's provider too, in the year that their start leads to."""
    given["offered_providers"] = [str(provider.pk) for provider in person.lead_providers]
    given["ect_provider_available"] = str(given["ect_provider_id"]) in given["offered_providers"]


def _first_provider(ect: ECTAtSchoolPeriod, mentor: MentorAtSchoolPeriod) -> LeadProvider | None:
    """Return who gives a mentor who is here already their first training, if it is due."""
    provider = training.provider_of(ect)
    if provider is None or not needs_first_training(ect, mentor.teacher):
        return None
    if provider not in training.providers_for(mentor.teacher, start=mentor.started_on):
        refuse("lead_provider", "needs_another_provider", provider=provider.name)
    return provider


def _after_finding(given: Answers, request: ECTRequest) -> str:
    person = MentorAnswers(given, request.school)
    placement = active_mentor_placement(person.record.trn, request.school)
    given["name"] = person.name
    given["active_mentor_id"] = placement.pk if placement else None
    reason = registration.reason_not_to_register_mentor(
        is_the_ect=person.record.trn == request.subject.teacher.trn,
        active_at_this_school=placement is not None,
        prohibited=person.record.is_prohibited(clock.today()),
    )
    if reason:
        return reason.replace("_", "-")
    note_person(given, request)
    return "review-mentor-details"


def _after_details(given: Answers) -> str:
    if given["email_taken"]:
        return "cant-use-email"
    if given["registered_before"]:
        return "mentoring-at-new-school-only" if given["mentors_elsewhere"] else "started-on"
    if not given["year_is_open"]:
        return "cannot-register-mentor-yet"
    is_trained_too = given["ect_provider_available"] and given.get("use_ect_provider")
    return "check-answers" if is_trained_too or not training_is_due(given) else "lead-provider"


def _is_provider_settled(given: Answers) -> bool:
    """Whether the page with the details has asked all that it has to."""
    asks = pages.may_be_trained(given) and given.get("use_ect_provider") is None
    return "email_taken" in given and not asks


def _after_start(given: Answers) -> str:
    if not given["start_is_open"]:
        return "cannot-register-mentor-yet"
    stays_there = given["mentors_elsewhere"] and not given["only_here"]
    if stays_there or not training_is_due(given):
        return "check-answers"
    return _choices(given)


def _choices(given: Answers) -> str:
    return "programme-choices" if given["ect_provider_available"] else "lead-provider"


REGISTER_MENTOR = Journey(
    name="register-mentor",
    guard=school_required(while_registration_is_open=True),
    hold=one_at_a_time,
    home=pages.home,
    subject=training.ect_of_school,
    instead=no_mentor_needed,
    subject_parameter="ect_id",
    refresh=note_person_again,
    sensitive=finding.SENSITIVE,
    about="trn",
    named=finding.named,
    complete=save,
    come_back=come_back,
    steps=[
        finding.find(
            "find-mentor",
            "schools/mentors/find.jinja",
            on_submit=find_mentor,
            context=pages.finding,
        ),
        Step(
            "already-active-at-school",
            CheckMentorForm,
            "schools/mentors/already_here.jinja",
            completes=True,
            decides=True,
            shows=["told", "giving_way", "told_days"],
            form_options=words,
            context=pages.already_here,
        ),
        Step(
            "review-mentor-details",
            forms.DetailsForm,
            "schools/mentors/details.jinja",
            on_submit=note_details,
            answered=_is_provider_settled,
            next=_after_details,
            form_options=pages.details_options,
            context=pages.person,
        ),
        Step(
            "mentoring-at-new-school-only",
            forms.OnlyHereForm,
            on_submit=check_start,
            answered=lambda given: "start_is_open" in given,
            next=_after_start,
            form_options=words,
        ),
        Step(
            "started-on",
            forms.StartedOnForm,
            on_submit=check_start,
            next=_after_start,
            form_options=words,
        ),
        ask_for_provider("programme-choices", pages.previous_training),
        Step(
            "lead-provider",
            LeadProviderForm,
            "schools/mentors/provider.jinja",
            answered=lambda given: given["lead_provider"] in given["offered_providers"],
            next="check-answers",
            form_options=pages.provider_options,
            context=pages.previous_training,
        ),
        Step(
            "check-answers",
            CheckMentorForm,
            "schools/mentors/check_answers.jinja",
            completes=True,
            shows=["rows", "told_days", "told"],
            form_options=words,
            context=pages.check_answers,
        ),
        Step(
            "confirmation",
            template="schools/mentors/done.jinja",
            confirmation=True,
            context=confirmed,
        ),
        *stop_steps(pages.STOPS),
    ],
)
