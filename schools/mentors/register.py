"""Register a new mentor for an ECT (spec 05 §8.3), as a table of steps.

What the answers mean is in ``register_answers``, what the pages show in ``register_pages``.
"""

from typing import Any

from register_ects import clock
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import ECTAtSchoolPeriod, LeadProvider, MentorAtSchoolPeriod
from register_ects.operations.mentor_starts import placements_elsewhere
from register_ects.operations.mentoring import (
    MentorRegistration,
    assign_mentor,
    needs_first_training,
    placements_ended_by,
    register_mentor,
)
from register_ects.operations.training_plans import contract_period_for_mentor
from register_ects.rules.problems import refuse
from register_ects.web.drafts import Answers
from register_ects.web.journeys import ALL_LATER, Journey, Run, Step
from schools import looking_up
from schools.access import school_required
from schools.lead_providers import lead_provider_choices
from schools.mentors import forms, register_pages, training
from schools.mentors import register_answers as answers
from schools.register_ect.forms import FindForm, NINumberForm, ReviewForm
from schools.register_ect.pages import asked_again, name_shown

SENSITIVE = {"date_of_birth", "national_insurance_number", "record"}


def save(given: Answers, request: Any) -> dict[str, Any]:
    """Register the mentor and assign them; or assign one who is at the school already."""
    ect, author = request.subject, request.author
    if given["active_mentor_id"]:
        mentor = MentorAtSchoolPeriod.objects.select_related("teacher").get(
            pk=given["active_mentor_id"], school=request.school
        )
        provider = _first_provider(ect, mentor)
        assign_mentor(
            ect,
            mentor,
            author=author,
            lead_provider=provider,
            replacing=training.known_mentors(given),
        )
        return {"registered": False, "trained_by": provider.name if provider else None}
    provider = answers.provider_chosen(given)
    details = MentorRegistration(
        record=TeacherRecord.from_json(given["record"]),
        corrected_name=given.get("corrected_name"),
        name_seen=given.get("seen") or None,
        email=given["email"],
        started_on=given.get("started_on"),
        only_here=answers.only_here(given),
        lead_provider=provider,
    )
    placement = register_mentor(
        request.school, ect, details, author=author, replacing=training.known_mentors(given)
    )
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


def _after_email(given: Answers) -> str:
    if given["email_taken"]:
        return "cant-use-email"
    if given["registered_before"]:
        return "mentoring-at-new-school-only" if given["mentors_elsewhere"] else "started-on"
    if not given["year_is_open"]:
        return "cannot-register-mentor-yet"
    if not answers.training_is_due(given):
        return "check-answers"
    return "review-mentor-eligibility" if given["ect_provider_available"] else "lead-provider"


def _after_start(given: Answers) -> str:
    if not given["start_is_open"]:
        return "cannot-register-mentor-yet"
    if not answers.training_is_due(given):
        return "check-answers"
    return "previous-training-period-details" if given["trained_before"] else _choices(given)


def _choices(given: Answers) -> str:
    return "programme-choices" if given["ect_provider_available"] else "lead-provider"


def _check_or_provider(given: Answers) -> str:
    return "check-answers" if given["use_ect_provider"] else "lead-provider"


def _mentors_elsewhere(run: Run) -> bool:
    """Say whether the person mentors at another school on or after the start."""
    start = run.answers.get("started_on") or clock.today()
    elsewhere = placements_elsewhere(run.answers["trn"], run.request.school, start=start)
    return bool(elsewhere.exists())


def _words(run: Run) -> dict[str, Any]:
    return {
        "words": {
            "mentor": run.answers.get("name", "the mentor"),
            "provider": run.answers.get("ect_provider") or "",
            "ect": run.subject.teacher.name,
        }
    }


def _provider_options(run: Run) -> dict[str, Any]:
    start = run.answers.get("started_on") or clock.today()
    period = contract_period_for_mentor(answers.teacher_of(run.answers), start=start)
    return {**_words(run), "providers": lead_provider_choices(run.request.school, period)}


def _to_gather(run: Run) -> dict[str, Any]:
    provider = training.provider_of(run.subject)
    return {**register_pages.about(run), "provider": provider.name if provider else None}


def _to_check(run: Run) -> dict[str, Any]:
    """Return the rows to check; no provider when the training stays with another school."""
    elsewhere = _mentors_elsewhere(run)
    stays_there = elsewhere and run.answers.get("only_here") is False
    provider = None if stays_there else answers.provider_chosen(run.answers)
    handing_over = training.handing_over(
        run,
        started_on=run.answers.get("started_on") or clock.today(),
        backdate=answers.only_here(run.answers) is True,
    )
    rows = register_pages.check_answers(run, provider, mentor_now=handing_over["mentor_now"])
    endings = placements_ended_by(
        answers.teacher_of(run.answers),
        start=run.answers.get("started_on") or clock.today(),
        only_here=answers.only_here(run.answers),
    )
    return {**rows, **handing_over, "stays_there": stays_there, "endings": endings}


def _already_here(run: Run) -> dict[str, Any]:
    """Return the mentor who is at the school already, and whom they would take over from."""
    shown = register_pages.already_here(run)
    mentor = shown["mentor"]
    return {
        **shown,
        **training.handing_over(run, started_on=mentor.started_on, chosen=mentor.pk),
    }


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
    begin=training.note_mentors,
    refresh=answers.note_person_again,
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
            on_submit=answers.find_by_birth_date,
            answered=looking_up.is_answered,
            next=lambda given: str(given["after_finding"]),
            resets=ALL_LATER,
            keep_if_same="trn",
            context=register_pages.finding,
        ),
        Step(
            "national-insurance-number",
            NINumberForm,
            "schools/ni_number.jinja",
            context=asked_again,
            on_submit=answers.find_by_ni_number,
            answered=looking_up.is_answered_with_ni_number,
            next=lambda given: str(given["after_ni_number"]),
            decides=True,
        ),
        Step(
            "already-active-at-school",
            forms.CheckMentorForm,
            "schools/mentors/already_here.jinja",
            completes=True,
            form_options=_words,
            context=_already_here,
        ),
        Step(
            "review-mentor-details",
            ReviewForm,
            "schools/mentors/review.jinja",
            on_submit=answers.note_person,
            next="email-address",
            form_options=name_shown,
            context=register_pages.person,
        ),
        Step(
            "email-address",
            forms.MentorEmailForm,
            on_submit=answers.note_email,
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
            on_submit=answers.check_start,
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
            form_options=_words,
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
