"""What the pages of the register-mentor journey show besides their forms."""

import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from register_ects import clock
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import (
    ContractPeriod,
    ECTAtSchoolPeriod,
    LeadProvider,
    MentorAtSchoolPeriod,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.mentoring import eligible_mentors
from register_ects.rules import contract_periods, emails
from register_ects.rules.enumerations import TraineeRole
from register_ects.rules.names import display_name
from register_ects.web.access import SchoolRequest
from register_ects.web.formats import govuk_date
from register_ects.web.journeys import Run, unfinished_drafts
from schools.access import school_required
from schools.register_ect.pages import (
    asked_again,
    backdated_training,
    cant_use_email,
    not_found,
    record_not_active,
    summary_row,
    trn_not_found,
)

Context = Mapping[str, Any]


def home(run: Run) -> str:
    """Return where the first page leads back to: choosing a mentor, or the ECT."""
    if eligible_mentors(run.subject).exists():
        return reverse("schools:choose_mentor", args=[run.subject.pk])
    return reverse("schools:ect", args=[run.subject.pk])


def about(run: Run) -> Context:
    """Return the ECT, and the names in the answers."""
    return {
        "ect": run.subject,
        "ects_url": reverse("schools:ects"),
        "ect_url": reverse("schools:ect", args=[run.subject.pk]),
    }


def finding(run: Run) -> Context:
    """Return what the page that finds the mentor shows."""
    no_trn = f"{reverse('schools:mentor_without_trn')}?draft={run.draft.pk}"
    return {**about(run), **asked_again(run), "no_trn_url": no_trn}


def person(run: Run) -> Context:
    """Return the person found, and whether they are an ECT somewhere."""
    record = TeacherRecord.from_json(run.answers["record"])
    is_ect = (
        ECTAtSchoolPeriod.objects.filter(teacher__trn=record.trn)
        .current_or_future(clock.today())
        .exists()
    )
    known = Teacher.objects.filter(trn=record.trn).values_list("corrected_name", flat=True)
    return {
        "record": record,
        "corrected_before": known.first(),
        "trs_name": display_name(None, record.first_name, record.last_name),
        "trn_changed": run.answers.get("asked_for_trn") != record.trn,
        "matched_by": run.answers["matched_by"],
        "find_url": run.again_url("find-mentor"),
        "is_ect": is_ect,
    }


def already_here(run: Run) -> Context:
    """Return the mentor who is at the school already, and the way to their page."""
    mentor = MentorAtSchoolPeriod.objects.get(
        pk=run.answers["active_mentor_id"], school=run.request.school
    )
    return {
        **about(run),
        "mentor": mentor,
        "mentor_url": reverse("schools:mentor", args=[mentor.pk]),
        "starts_on": mentor.started_on if mentor.started_on > clock.today() else None,
        "leaves_on": mentor.finished_on,
    }


def previous_training(run: Run) -> Context:
    """Return what to show of the mentor's latest training; unknown values say so."""
    training = (
        TrainingPeriod.objects.filter(
            teacher__trn=run.answers["trn"], trainee_role=TraineeRole.MENTOR
        )
        .select_related(
            "school__gias_school",
            "lead_provider",
            "school_partnership__lead_provider_delivery_partnership__delivery_partner",
        )
        .latest_first()
        .first()
    )
    partnership = training.school_partnership if training else None
    pairing = partnership.lead_provider_delivery_partnership if partnership else None
    unknown = "Not confirmed"
    return {
        "rows": [
            summary_row("School", training.school.name if training else unknown),
            summary_row(
                "Lead provider", training.lead_provider.name if training and pairing else unknown
            ),
            summary_row("Delivery partner", pairing.delivery_partner.name if pairing else unknown),
        ]
    }


def check_answers(run: Run, provider: LeadProvider | None, *, mentor_now: str | None) -> Context:
    """Return the rows to check, with their change links."""
    given, change = run.answers, run.change_url
    rows = [
        *([summary_row("Mentor now", mentor_now)] if mentor_now else []),
        summary_row("Teacher reference number (TRN)", given["trn"]),
        summary_row("Name", given["name"], change("review-mentor-details")),
        summary_row("Email address", given["email"], change("email-address")),
    ]
    reached = run.reached
    if "mentoring-at-new-school-only" in reached:
        answer = "Yes" if given["only_here"] else "No"
        page = change("mentoring-at-new-school-only")
        rows.append(summary_row("Mentoring at your school only", answer, page))
    if "started-on" in reached:
        started = govuk_date(given["started_on"])
        rows.append(summary_row("Mentoring start date", started, change("started-on")))
    else:
        started = f"{govuk_date(clock.today())}, the day you register them"
        rows.append(summary_row("Mentoring start date", started))
    if provider:
        asked = next(
            (
                slug
                for slug in ("review-mentor-eligibility", "programme-choices", "lead-provider")
                if slug in reached
            ),
            None,
        )
        link = change(asked) if asked else ""
        rows.append(summary_row("Lead provider", provider.name, link))
        rows += backdated_training(given.get("started_on"), "Mentor training start date")
    shared = emails.is_generic(given["email"])
    return {**about(run), "rows": rows, "email_is_shared": shared}


@school_required(while_registration_is_open=True)
def without_trn(request: SchoolRequest) -> HttpResponse:
    """Explain how a mentor without a TRN gets one; ``draft`` names the draft to go back to."""
    return render(request, "schools/mentors/no_trn.jinja", {"back": _back_from_no_trn(request)})


def _back_from_no_trn(request: SchoolRequest) -> str:
    """Return the page that finds the mentor, if the draft is the school's; else the ECTs."""
    with suppress(ValueError):
        draft_id = uuid.UUID(request.GET.get("draft", ""))
        if unfinished_drafts(request, "register-mentor").filter(pk=draft_id).exists():
            return reverse("schools:register-mentor-step", args=[draft_id, "find-mentor"])
    return reverse("schools:ects")


# -- Stop pages --------------------------------------------------------------------------------


def stop(slug: str) -> Callable[[Run], Context]:
    """Return the function that gives a stop page its words."""

    def context(run: Run) -> Context:
        return STOPS[slug](run)

    return context


def _search(run: Run) -> dict[str, str]:
    return {"text": "Search again", "href": run.again_url("find-mentor")}


def _to_ect(run: Run) -> dict[str, str]:
    name = run.subject.teacher.name
    return {"text": f"Back to {name}", "href": reverse("schools:ect", args=[run.subject.pk])}


def _searching(words: Callable[[Run], Context]) -> Callable[[Run], Context]:
    def context(run: Run) -> Context:
        return {**words(run), "action": _search(run)}

    return context


def _themself(run: Run) -> Context:
    return {
        "heading": f"{run.subject.teacher.name} cannot mentor themself",
        "paragraphs": ["The TRN you entered is the ECT’s own. Enter the mentor’s TRN."],
        "action": _search(run),
    }


def _prohibited(run: Run) -> Context:
    return {
        "heading": f"You cannot register {run.answers['name']}",
        "paragraphs": [
            f"Our records show that {run.answers['name']} cannot be registered as a mentor.",
        ],
        "check_record": True,
        "action": _to_ect(run),
    }


def _not_yet(run: Run) -> Context:
    asked = "started-on" in run.reached
    start = run.answers["started_on"] if asked else clock.today()
    period = contract_periods.containing(list(ContractPeriod.objects.all()), start)
    years = f" for {period.academic_years}" if period else ""
    return {
        "heading": f"You cannot register {run.answers['name']} yet",
        "paragraphs": [
            f"Registration{years} is not open yet. It usually opens in June.",
            "Come back then. We keep your answers for 28 days, and after a day ask again for what "
            "shows that you know them.",
        ],
        "links": [{"text": "Change the start date", "href": run.again_url("started-on")}]
        if asked
        else [],
        "action": _to_ect(run),
    }


#: The pages where registration stops, and what each says.
STOPS: dict[str, Callable[[Run], Context]] = {
    "trn-not-found": _searching(trn_not_found),
    "not-found": _searching(not_found),
    "record-not-active": _searching(record_not_active),
    "cannot-mentor-themself": _themself,
    "cannot-register-mentor": _prohibited,
    "cannot-register-mentor-yet": _not_yet,
    "cant-use-email": cant_use_email,
}
