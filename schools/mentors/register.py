"""Register a new mentor for an ECT (spec 05 §8.3), as a table of steps.

Derived answers are stored beside the given ones when a page is submitted, so that the next step
is a function of the answers alone.
"""

from typing import Any

from register_ects import clock
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import (
    ECTAtSchoolPeriod,
    LeadProvider,
    MentorAtSchoolPeriod,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.emails import email_is_taken
from register_ects.operations.mentoring import (
    MentorRegistration,
    active_mentor_placement,
    assign_mentor,
    first_time_mentor_registration_is_open,
    mentor_registration_is_open,
    needs_first_training,
    placements_elsewhere,
    problems_with_mentor_start,
    register_mentor,
)
from register_ects.operations.training_plans import contract_period_for_mentor
from register_ects.rules import registration
from register_ects.rules.enumerations import TraineeRole
from register_ects.rules.names import display_name
from register_ects.rules.problems import refuse, refuse_if
from register_ects.web.drafts import Answers
from register_ects.web.journeys import ALL_LATER, Journey, Run, Step
from schools import looking_up
from schools.access import school_required
from schools.lead_providers import lead_provider_choices
from schools.mentors import forms, register_pages, training
from schools.register_ect.forms import FindForm, NINumberForm, ReviewForm

SENSITIVE = {"date_of_birth", "national_insurance_number", "record"}


def find_by_birth_date(given: Answers, request: Any) -> None:
    """Ask TRS for the person, and note the page that follows."""
    looking_up.by_birth_date(given, request, following=lambda: _after_finding(given, request))
    is_the_ect = given["trn"] == request.subject.teacher.trn
    if is_the_ect and given["after_finding"] == "national-insurance-number":
        given["after_finding"] = looking_up.THEMSELF  # before a second proof is asked for


def find_by_ni_number(given: Answers, request: Any) -> None:
    """Ask TRS with a National Insurance number, and note the page that follows."""
    looking_up.by_ni_number(given, request, following=lambda: _after_finding(given, request))


def _after_finding(given: Answers, request: Any) -> str:
    record = TeacherRecord.from_json(given["record"])
    placement = active_mentor_placement(record.trn, request.school)
    given["name"] = _known_name(given)
    given["active_mentor_id"] = placement.pk if placement else None
    reason = registration.reason_not_to_register_mentor(
        is_the_ect=record.trn == request.subject.teacher.trn,
        active_at_this_school=placement is not None,
        prohibited=record.is_prohibited(clock.today()),
    )
    return reason.replace("_", "-") if reason else "review-mentor-details"


def note_person(given: Answers, request: Any) -> None:
    """Note what decides the later questions: earlier mentoring, funding, the ECT's provider."""
    teacher = teacher_of(given)
    provider = training.provider_of(request.subject)
    mentoring = MentorAtSchoolPeriod.objects.filter(teacher__trn=given["trn"])
    trained = TrainingPeriod.objects.filter(
        teacher__trn=given["trn"], trainee_role=TraineeRole.MENTOR
    )
    given["name"] = given.get("corrected_name") or _known_name(given)
    given["fundable"] = teacher is None or teacher.is_fundable_as_mentor
    given["registered_before"] = mentoring.exists()
    given["mentors_now"] = mentoring.containing(clock.today()).exists()
    given["trained_before"] = trained.exists()
    given["ect_provider_id"] = provider.pk if provider else None
    given["ect_provider"] = provider.name if provider else None
    _note_provider(given)


def note_email(given: Answers, request: Any) -> None:
    """Note whether somebody else has the address, and whether this year is open."""
    given["email_taken"] = email_is_taken(given["email"], trn=given["trn"])
    given["year_is_open"] = first_time_mentor_registration_is_open()


def check_start(given: Answers, request: Any) -> None:
    """Refuse an impossible start, and note whether its contract period is open."""
    refuse_if(problems_with_mentor_start(teacher_of(given), request.school, given["started_on"]))
    given["start_is_open"] = mentor_registration_is_open(given["started_on"])
    _note_provider(given)


def _note_provider(given: Answers) -> None:
    """Note whether the ECT's provider can train them, in the year that their start leads to."""
    start = given.get("started_on") or clock.today()
    available = training.providers_for(teacher_of(given), start=start)
    given["offered_providers"] = [str(provider.pk) for provider in available]
    given["ect_provider_available"] = str(given["ect_provider_id"]) in given["offered_providers"]


def save(given: Answers, request: Any) -> dict[str, Any]:
    """Register the mentor and assign them; or assign one who is at the school already."""
    ect, author = request.subject, request.author
    if given["active_mentor_id"]:
        mentor = MentorAtSchoolPeriod.objects.select_related("teacher").get(
            pk=given["active_mentor_id"], school=request.school
        )
        provider = _first_provider(ect, mentor)
        assign_mentor(ect, mentor, author=author, lead_provider=provider)
        return {"registered": False, "trained_by": provider.name if provider else None}
    provider = provider_chosen(given)
    details = MentorRegistration(
        record=TeacherRecord.from_json(given["record"]),
        corrected_name=given.get("corrected_name"),
        email=given["email"],
        started_on=given.get("started_on"),
        only_here=given.get("only_here") if given["mentors_now"] else None,
        lead_provider=provider,
    )
    placement = register_mentor(request.school, ect, details, author=author)
    trains = placement.training_periods.exists()
    return {
        "registered": True,
        "name": placement.teacher.name,
        "trained_by": provider.name if provider and trains else None,
    }


def _first_provider(ect: ECTAtSchoolPeriod, mentor: MentorAtSchoolPeriod) -> LeadProvider | None:
    """Return who gives a mentor who is here already their first training, if it is due."""
    provider = training.provider_of(ect)
    if provider is None or not needs_first_training(ect, mentor.teacher):
        return None
    if provider not in training.providers_for(mentor.teacher, start=mentor.started_on):
        refuse("lead_provider", "needs_another_provider", provider=provider.name)
    return provider


def provider_chosen(given: Answers) -> LeadProvider | None:
    """Return who trains the mentor: the ECT's provider, another, or nobody."""
    if not _training_is_due(given):
        return None
    if given["ect_provider_available"] and given.get("use_ect_provider") is not False:
        return LeadProvider.objects.get(pk=given["ect_provider_id"])
    chosen = given.get("lead_provider")
    return LeadProvider.objects.filter(pk=chosen).first() if chosen else None


def _known_name(given: Answers) -> str:
    """Return what the service calls the person: a name corrected before, else TRS's."""
    record, teacher = TeacherRecord.from_json(given["record"]), teacher_of(given)
    known = teacher.corrected_name if teacher else None
    return display_name(known, record.first_name, record.last_name)


def teacher_of(given: Answers) -> Teacher | None:
    """Return the person if the service knows them already."""
    return Teacher.objects.filter(trn=given["trn"]).first()


def mentors_elsewhere(run: Run) -> bool:
    """Say whether the person mentors at another school on or after the start."""
    start = run.answers.get("started_on") or clock.today()
    elsewhere = placements_elsewhere(run.answers["trn"], run.request.school, start=start)
    return bool(elsewhere.exists())


def _training_is_due(given: Answers) -> bool:
    return bool(given["ect_provider_id"] and given["fundable"])


def _after_email(given: Answers) -> str:
    if given["email_taken"]:
        return "cant-use-email"
    if given["registered_before"]:
        return "mentoring-at-new-school-only" if given["mentors_now"] else "started-on"
    if not given["year_is_open"]:
        return "cannot-register-mentor-yet"
    if not _training_is_due(given):
        return "check-answers"
    return "review-mentor-eligibility" if given["ect_provider_available"] else "lead-provider"


def _after_start(given: Answers) -> str:
    if not given["start_is_open"]:
        return "cannot-register-mentor-yet"
    if not _training_is_due(given):
        return "check-answers"
    return "previous-training-period-details" if given["trained_before"] else _choices(given)


def _choices(given: Answers) -> str:
    return "programme-choices" if given["ect_provider_available"] else "lead-provider"


def _check_or_provider(given: Answers) -> str:
    return "check-answers" if given["use_ect_provider"] else "lead-provider"


def _words(run: Run) -> dict[str, Any]:
    return {
        "words": {
            "mentor": run.answers.get("name", "the mentor"),
            "provider": run.answers.get("ect_provider") or "",
        }
    }


def _provider_options(run: Run) -> dict[str, Any]:
    start = run.answers.get("started_on") or clock.today()
    period = contract_period_for_mentor(teacher_of(run.answers), start=start)
    return {**_words(run), "providers": lead_provider_choices(run.request.school, period)}


def _to_gather(run: Run) -> dict[str, Any]:
    provider = training.provider_of(run.subject)
    return {**register_pages.about(run), "provider": provider.name if provider else None}


def _to_check(run: Run) -> dict[str, Any]:
    """Return the rows to check; no provider when the training stays with another school."""
    elsewhere = mentors_elsewhere(run)
    stays_there = elsewhere and run.answers.get("only_here") is False
    provider = None if stays_there else provider_chosen(run.answers)
    return {**register_pages.check_answers(run, provider), "stays_there": stays_there}


def _stop(slug: str) -> Step:
    return Step(
        slug,
        template="schools/register_ect/stop.jinja",
        stop=True,
        context=register_pages.stop(slug),
    )


REGISTER_MENTOR = Journey(
    name="register-mentor",
    guard=school_required(while_registration_is_open=True),
    home=register_pages.home,
    subject=training.ect_of_school,
    subject_parameter="ect_id",
    sensitive=SENSITIVE,
    complete=save,
    steps=[
        Step(
            "what-you-will-need",
            template="schools/mentors/start.jinja",
            context=_to_gather,
        ),
        Step(
            "find-mentor",
            FindForm,
            "schools/mentors/find.jinja",
            on_submit=find_by_birth_date,
            answered=looking_up.is_answered,
            next=lambda given: str(given["after_finding"]),
            resets=ALL_LATER,
            context=register_pages.about,
        ),
        Step(
            "national-insurance-number",
            NINumberForm,
            on_submit=find_by_ni_number,
            answered=looking_up.is_answered_with_ni_number,
            next=lambda given: str(given["after_ni_number"]),
        ),
        Step(
            "already-active-at-school",
            forms.CheckMentorForm,
            "schools/mentors/already_here.jinja",
            completes=True,
            context=register_pages.already_here,
        ),
        Step(
            "review-mentor-details",
            ReviewForm,
            "schools/mentors/review.jinja",
            on_submit=note_person,
            next="email-address",
            context=register_pages.person,
        ),
        Step(
            "email-address",
            forms.MentorEmailForm,
            on_submit=note_email,
            next=_after_email,
            form_options=_words,
        ),
        Step(
            "review-mentor-eligibility",
            forms.EligibilityForm,
            "schools/mentors/eligibility.jinja",
            next=_check_or_provider,
            form_options=_words,
            context=register_pages.about,
        ),
        Step(
            "mentoring-at-new-school-only",
            forms.OnlyHereForm,
            next=lambda given: "started-on" if given["only_here"] else "check-answers",
            resets=["started-on"],
            form_options=_words,
        ),
        Step(
            "started-on",
            forms.StartedOnForm,
            on_submit=check_start,
            next=_after_start,
            form_options=_words,
        ),
        Step(
            "previous-training-period-details",
            template="schools/mentors/previous_training.jinja",
            next=_choices,
            context=register_pages.previous_training,
        ),
        Step(
            "programme-choices",
            forms.EligibilityForm,
            "schools/mentors/eligibility.jinja",
            next=_check_or_provider,
            form_options=_words,
            context=register_pages.about,
        ),
        Step(
            "lead-provider",
            forms.LeadProviderForm,
            answered=lambda given: given["lead_provider"] in given["offered_providers"],
            next="check-answers",
            form_options=_provider_options,
        ),
        Step(
            "check-answers",
            forms.CheckMentorForm,
            "schools/mentors/check_answers.jinja",
            completes=True,
            context=_to_check,
        ),
        Step(
            "confirmation",
            template="schools/mentors/registered.jinja",
            confirmation=True,
            context=register_pages.about,
        ),
        *(_stop(slug) for slug in register_pages.STOPS),
    ],
)
