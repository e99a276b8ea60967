"""What the pages of the register-mentor journey show besides their forms."""

import uuid
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.models import (
    ECTAtSchoolPeriod,
    LeadProvider,
    MentorAtSchoolPeriod,
    TrainingPeriod,
)
from register_ects.operations.placements.mentoring import (
    eligible_mentors,
    mentorships_ahead,
    placements_ended_by,
)
from register_ects.rules import emails
from register_ects.rules.ect_status import needs_mentor
from register_ects.rules.enumerations import TraineeRole
from register_ects.web.access import SchoolRequest
from register_ects.web.drafts import unfinished_drafts
from register_ects.web.forms import id_asked
from register_ects.web.journeys import Run
from register_ects.web.school_addresses import reverse
from register_ects.web.summaries import Row, row
from schools.access import school_required
from schools.lead_providers import lead_provider_choices
from schools.mentors import addresses
from schools.mentors.pages import about, apart, handing_over, words
from schools.mentors.training import provider_of
from schools.queries.duplicates import begun_already, namesake_of_mentor
from schools.queries.leaving import leaving_of
from schools.queries.loading import trainings_in
from schools.queries.training import training_of
from schools.register_mentor.answers import MentorAnswers, training_is_due
from schools.registering.pages import (
    Context,
    Stops,
    asked_again,
    backdated_training,
    cannot_register,
    cant_use_email,
    name_shown,
    nobody_found,
    not_open_yet,
    same_name,
    search_again,
    told_of_endings,
)


def home(run: Run) -> str:
    """Return where the first page leads back to: choosing a mentor, or the ECT (spec 05 §9.4)."""
    now = [each.mentor_at_school_period_id for each in mentorships_ahead(run.subject)[:1]]
    if eligible_mentors(run.subject).exclude(pk__in=now).exists():
        choosing = "change-mentor" if now else "assign-mentor"
        return reverse(f"schools:{choosing}", args=[run.subject.pk])
    return reverse("schools:ect", args=[run.subject.pk])


def finding(run: Run) -> Context:
    """Return what the page that finds the mentor shows."""
    provider = provider_of(run.subject)
    whose = f"ect_id={run.subject.pk}" if run.is_new else f"draft={run.draft.pk}"
    return {
        **about(run),
        **asked_again(run),
        "provider": provider.name if provider else None,
        "no_trn_url": f"{reverse('schools:mentor_without_trn')}?{whose}",
    }


def may_be_trained(given: Mapping[str, Any]) -> bool:
    """Return whether the ECT's provider may train somebody who mentors for the first time."""
    is_first = given.get("registered_before") is False and given.get("year_is_open")
    return bool(is_first and training_is_due(given) and given["ect_provider_available"])


def details_options(run: Run) -> Context:
    """Return the form's words, the mark of whom the page shows, and whether training is asked."""
    return {
        **words(run),
        **name_shown(run),
        "may_be_trained": may_be_trained(run.answers),
        "known_email": MentorAnswers(run.answers, run.request.school).known_email,
    }


def person(run: Run) -> Context:
    """Return the person found, and where they are an ECT themselves."""
    return {
        **about(run),
        "person": MentorAnswers(run.answers, run.request.school),
        "called": "mentor",
        "find_url": run.again_url("find-mentor"),
        "begun": begun_already(run.request, run.draft, trn=run.answers["trn"]),
        "ect_where": _ect_where(run),
    }


def _ect_where(run: Run) -> str | None:
    """Return where the person is an ECT now or later, other schools unnamed (spec 05 §14).

    None once their induction is over: then neither it nor their training goes on.
    """
    ahead = list(
        ECTAtSchoolPeriod.objects.filter(teacher__trn=run.answers["trn"])
        .current_or_future(clock.today())
        .select_related("teacher")
    )
    if not ahead or not needs_mentor(ahead[0].teacher.induction_status):
        return None
    schools = {placement.school_id for placement in ahead}
    if run.request.school.pk in schools:
        return "at your school"
    return "at another school"


def provider_options(run: Run) -> Context:
    """Return the provider form's words and its choices: the school's partners first.

    The ECT's provider, who was just declined, is not among them.
    """
    period = MentorAnswers(run.answers, run.request.school).contract_period
    offered = lead_provider_choices(run.request.school, period)
    declined = str(run.answers["ect_provider_id"])
    if run.answers.get("use_ect_provider") is False:
        offered = [each for each in offered if each.value != declined]
    return {**words(run), "choices": {"lead_provider": offered}}


def already_here(run: Run) -> Context:
    """Return the mentor who is at the school already, and whom they would take over from."""
    mentor = MentorAtSchoolPeriod.objects.select_related("teacher").get(
        pk=run.answers["active_mentor_id"], school=run.request.school
    )
    starts_on = mentor.started_on if mentor.started_on > clock.today() else None
    return {
        **about(run),
        **apart(run.subject, mentor),
        "mentor_url": reverse("schools:mentor", args=[mentor.pk]),
        "starts_on": starts_on,
        "leaves_on": mentor.finished_on,
        "cancel_leaving_url": leaving_of(mentor).cancel_address,
        "told": [
            row("Mentor", run.answers["name"]),
            row("Teacher reference number (TRN)", run.answers["trn"]),
            *([row("First day", govuk_date(starts_on))] if starts_on else []),
            *([row("Last day", govuk_date(mentor.finished_on))] if mentor.finished_on else []),
        ],
        **handing_over(
            run, started_on=mentor.started_on, leaves_on=mentor.finished_on, chosen=mentor.pk
        ),
    }


def previous_training(run: Run) -> Context:
    """Return what to show of the mentor's latest training; unknown values say so."""
    if not run.answers["trained_before"]:
        return {**about(run), "rows": []}
    theirs = TrainingPeriod.objects.filter(
        teacher__trn=run.answers["trn"], trainee_role=TraineeRole.MENTOR
    ).latest_first()
    latest = theirs.select_related("school__gias_school").first()
    confirmed = theirs[:1] if latest and latest.is_confirmed else theirs.none()
    training = next(map(training_of, trainings_in(confirmed)), None)
    unknown = "Not confirmed"
    return {
        **about(run),
        "rows": [
            row("School", latest.school.name if latest else unknown),
            row("Lead provider", training.lead_provider if training else unknown),
            row("Delivery partner", training.delivery_partner if training else unknown),
        ],
    }


def check_answers(run: Run) -> Context:
    """Return the rows to check, whom the mentor takes over from, and what ends elsewhere."""
    answers = MentorAnswers(run.answers, run.request.school)
    stays_there = answers.training_stays_elsewhere
    provider = None if stays_there else answers.provider
    taking_over = handing_over(
        run, started_on=answers.starts_on, backdate=answers.only_here is True
    )
    ect_where = _ect_where(run)
    namesake = namesake_of_mentor(answers.school, name=answers.name, trn=answers.record.trn)
    endings = placements_ended_by(
        answers.teacher, start=answers.starts_on, only_here=answers.only_here
    )
    return {
        **about(run),
        **taking_over,
        "rows": [
            *taking_over["giving_way"],
            *_rows(run, provider),
            *same_name("mentor", namesake),
        ],
        "email_is_shared": emails.is_generic(run.answers["email"]),
        "stays_there": stays_there,
        "trained_by": provider.name if provider else None,
        "endings": endings,
        "ect_where": ect_where,
        "told": [
            *told_of_endings(endings),
            *([row("Registered as an ECT", ect_where.capitalize())] if ect_where else []),
        ],
    }


def _rows(run: Run, provider: LeadProvider | None) -> list[Row]:
    """Return the answers to check, with their change links."""
    given, change = run.answers, run.change_url
    rows = [
        row("Teacher reference number (TRN)", given["trn"]),
        row("Name", given["name"], change_url=change("review-mentor-details", "name_is_correct")),
        row("Email address", given["email"], change_url=change("review-mentor-details", "email")),
    ]
    reached = run.reached
    if "mentoring-at-new-school-only" in reached:
        answer = "Yes" if given["only_here"] else "No"
        page = change("mentoring-at-new-school-only", "only_here")
        rows.append(row("Mentoring at your school only", answer, change_url=page))
    asked = given.get("started_on")
    if asked:
        page = change(_step_of_start(run), "started_on-day")
        rows.append(row("Mentoring start date", govuk_date(asked), change_url=page))
    else:
        started = f"{govuk_date(clock.today())}, the day you register them"
        rows.append(row("Mentoring start date", started))
    if provider:
        asking = {
            "programme-choices": "use_ect_provider",
            "lead-provider": "lead_provider",
            "review-mentor-details": "use_ect_provider",
        }
        page = next(change(slug, field) for slug, field in asking.items() if slug in reached)
        rows.append(row("Lead provider", provider.name, change_url=page))
        rows += backdated_training(given.get("started_on"), "Mentor training start date")
    return rows


def _step_of_start(run: Run) -> str:
    """Return the step that asked for the first day as a mentor here."""
    asked = "mentoring-at-new-school-only"
    return asked if asked in run.reached else "started-on"


@school_required(while_registration_is_open=True)
def without_trn(request: SchoolRequest) -> HttpResponse:
    """Explain how a mentor without a TRN gets one.

    ``draft`` names the draft to go back to, or ``ect_id`` the ECT while there is none.
    """
    return render(request, "schools/mentors/no_trn.jinja", {"back": _back_from_no_trn(request)})


def _back_from_no_trn(request: SchoolRequest) -> str:
    """Return the page that finds the mentor, if the draft is the school's; else the ECTs."""
    ect_id = id_asked(request, "ect_id")
    if ect_id and ECTAtSchoolPeriod.objects.filter(pk=ect_id, school=request.school).exists():
        return addresses.registering(ect_id)
    with suppress(ValueError):
        draft_id = uuid.UUID(request.GET.get("draft", ""))
        if unfinished_drafts(request, "register-mentor").filter(pk=draft_id).exists():
            return reverse("schools:register-mentor-step", args=[draft_id, "find-mentor"])
    return reverse("schools:ects")


# -- Stop pages --------------------------------------------------------------------------------


def _to_ect(run: Run) -> dict[str, str]:
    name = run.subject.teacher.name
    return {"text": f"Back to {name}", "href": reverse("schools:ect", args=[run.subject.pk])}


def _themself(run: Run) -> Context:
    return {
        "heading": f"{run.subject.teacher.name} cannot mentor themself",
        "paragraphs": ["The TRN you entered is the ECT’s own. Enter the mentor’s TRN."],
        "action": search_again(run, "find-mentor"),
    }


def _prohibited(run: Run) -> Context:
    return {
        **cannot_register(run.answers["name"], "a mentor"),
        "links": [{**search_again(run, "find-mentor"), "text": "Search for someone else"}],
        "action": _to_ect(run),
    }


def _not_yet(run: Run) -> Context:
    start = run.answers.get("started_on")
    change = {"text": "Change the start date", "href": run.again_url(_step_of_start(run))}
    return {
        **not_open_yet(run.answers["name"], start or clock.today()),
        "links": [change] if start else [],
        "action": _to_ect(run),
    }


#: The pages where registration stops, and what each says.
STOPS: Stops = {
    **nobody_found("find-mentor"),
    "cannot-mentor-themself": _themself,
    "cannot-register-mentor": _prohibited,
    "cannot-register-mentor-yet": _not_yet,
    "cant-use-email": cant_use_email("review-mentor-details"),
}
