"""Assign one of the school's mentors to an ECT (spec 05 §8.1, §8.2).

Under ``/school/ects/{ect}/mentorship/``: choose, training if it is due, check, confirmation.
Nothing is written before the check page; assignment and training are then one transaction.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse

from register_ects import clock
from register_ects.models import (
    ECTAtSchoolPeriod,
    LeadProvider,
    MentorAtSchoolPeriod,
)
from register_ects.operations.mentoring import (
    assign_mentor,
    eligible_mentors,
    mentorships_ahead,
    needs_first_training,
    problems_with_mentorship,
)
from register_ects.operations.training_plans import contract_period_for_mentor
from register_ects.rules.problems import refuse, refuse_if
from register_ects.web.choice_fields import Choice
from register_ects.web.drafts import Answers
from register_ects.web.formats import govuk_date_short
from register_ects.web.journeys import Journey, Run, Step, journey_urls
from schools.access import school_required
from schools.lead_providers import lead_provider_choices
from schools.mentors import forms, training


def mentor_choices(ect: ECTAtSchoolPeriod) -> list[Choice]:
    """Return the mentors on offer by name, each with what tells them from a namesake.

    The one who mentors the ECT now is not on offer: that would change nothing. Four queries.
    """
    today, ahead = clock.today(), mentorships_ahead(ect)
    now = ahead[0].mentor_at_school_period_id if ahead else None
    placements = MentorAtSchoolPeriod.objects.select_related("school__gias_school")
    elsewhere = placements.exclude(school=ect.school_id).current_or_future(today).earliest_first()
    mentors = sorted(
        eligible_mentors(ect)
        .exclude(pk=now)
        .prefetch_related(
            "mentorship_periods", Prefetch("teacher__mentor_at_school_periods", elsewhere)
        ),
        key=lambda mentor: (mentor.teacher.name.casefold(), mentor.teacher.trn or ""),
    )
    return [Choice(str(m.pk), m.teacher.name, hint=_about(m, today)) for m in mentors]


def _about(mentor: MentorAtSchoolPeriod, today: date) -> str:
    """Return the TRN, how many ECTs they have here, other schools, and first and last day."""
    mentees = sum(m.is_current_or_future(today) for m in mentor.mentorship_periods.all())
    said = [
        f"TRN {mentor.teacher.trn}" if mentor.teacher.trn else "No TRN on record",
        "Mentors no one here yet"
        if not mentees
        else f"Mentors {mentees} ECT{'s' if mentees > 1 else ''} here",
    ]
    others = [one.school.name for one in mentor.teacher.mentor_at_school_periods.all()]
    if others:
        said.append(f"Also a mentor at {' and '.join(dict.fromkeys(others))}")
    if mentor.started_on > today:
        said.append(f"Starts on {govuk_date_short(mentor.started_on)}")
    if mentor.finished_on:
        said.append(f"Leaves on {govuk_date_short(mentor.finished_on)}")
    return ". ".join(said)


def note_choice(given: Answers, request: Any) -> None:
    """Note who was chosen, and whether their first training is due."""
    ect: ECTAtSchoolPeriod = request.subject
    mentor = eligible_mentors(ect).get(pk=given["mentor"])
    refuse_if(problems_with_mentorship(ect, mentor))
    provider = training.provider_of(ect)
    given["mentor_name"] = mentor.teacher.name
    given["training_due"] = needs_first_training(ect, mentor.teacher)
    given["fundable"] = mentor.teacher.is_fundable_as_mentor
    given["ect_provider"] = provider.name if provider else None
    available = training.providers_for(mentor.teacher, start=mentor.started_on)
    given["ect_provider_available"] = provider in available


def save(given: Answers, request: Any) -> dict[str, Any]:
    """Assign the mentor and open their training."""
    ect: ECTAtSchoolPeriod = request.subject
    mentor = _chosen(ect, given)
    if mentor is None:
        refuse("mentor", "has_left")
    provider = _provider(ect, given)
    assign_mentor(
        ect,
        mentor,
        author=request.author,
        lead_provider=provider,
        replacing=training.known_mentors(given),
    )
    return {"trained_by": provider.name if provider else None}


def _chosen(ect: ECTAtSchoolPeriod, given: Answers) -> MentorAtSchoolPeriod | None:
    """Return the mentor who was chosen; None when they have left since."""
    return eligible_mentors(ect).filter(pk=given["mentor"]).first()


def _provider(ect: ECTAtSchoolPeriod, given: Answers) -> LeadProvider | None:
    if not given["training_due"]:
        return None
    if given.get("use_ect_provider") and given["ect_provider_available"]:
        return training.provider_of(ect)
    return LeadProvider.objects.get(pk=given["lead_provider"])


def _after_choice(given: Answers) -> str:
    if not given["training_due"]:
        return "check-answers"
    return "review-mentor-eligibility" if given["ect_provider_available"] else "lead-provider"


def _words(run: Run) -> dict[str, Any]:
    return {
        "words": {
            "name": run.subject.teacher.name,
            "ect": run.subject.teacher.name,
            "mentor": run.answers.get("mentor_name", ""),
            "provider": run.answers.get("ect_provider") or "",
        }
    }


def _choose_options(run: Run) -> Mapping[str, Any]:
    words = _words(run)["words"]
    now = _mentor_now(run.subject)
    said = f"{now} is their mentor now. The new mentor takes over today." if now else ""
    return {"words": {**words, "now": said}, "mentors": mentor_choices(run.subject)}


def _mentor_now(ect: ECTAtSchoolPeriod) -> str | None:
    ahead = mentorships_ahead(ect)
    return ahead[0].mentor_at_school_period.teacher.name if ahead else None


def _provider_options(run: Run) -> Mapping[str, Any]:
    mentor = _chosen(run.subject, run.answers)
    period = contract_period_for_mentor(mentor.teacher, start=mentor.started_on) if mentor else None
    return {**_words(run), "providers": lead_provider_choices(run.request.school, period)}


def _context(run: Run) -> Mapping[str, Any]:
    ect = run.subject
    return {"ect": ect, "ect_url": reverse("schools:ect", args=[ect.pk])}


def _to_check(run: Run) -> Mapping[str, Any]:
    """Return who is assigned, who trains them, and whom they take over from."""
    ect, given = run.subject, run.answers
    mentor, provider = _chosen(ect, given), _provider(ect, given)
    started_on = mentor.started_on if mentor else clock.today()
    return {
        **_context(run),
        **training.handing_over(run, started_on=started_on, chosen=int(given["mentor"])),
        "provider": provider.name if provider else None,
    }


def _home(run: Run) -> str:
    return reverse("schools:ect", args=[run.subject.pk])


ASSIGN_MENTOR = Journey(
    name="assign-mentor",
    guard=school_required(while_registration_is_open=True),
    home=_home,
    subject=training.ect_of_school,
    begin=training.note_mentors,
    complete=save,
    steps=[
        Step(
            "new",
            forms.ChooseForm,
            on_submit=note_choice,
            next=_after_choice,
            resets=["review-mentor-eligibility", "lead-provider"],
            form_options=_choose_options,
            context=_context,
        ),
        Step(
            "review-mentor-eligibility",
            forms.EligibilityForm,
            "schools/mentors/eligibility.jinja",
            next=lambda given: "check-answers" if given["use_ect_provider"] else "lead-provider",
            form_options=_words,
            context=_context,
        ),
        Step(
            "lead-provider",
            forms.LeadProviderForm,
            next="check-answers",
            form_options=_provider_options,
        ),
        Step(
            "check-answers",
            forms.CheckMentorForm,
            "schools/mentors/check_assignment.jinja",
            completes=True,
            form_options=_words,
            context=_to_check,
        ),
        Step(
            "confirmation",
            template="schools/mentors/assigned.jinja",
            confirmation=True,
            context=_context,
        ),
    ],
)


def urls() -> list[URLPattern]:
    """Return the journey's addresses; choosing a new mentor leads to their registration."""
    begin, page, without_draft = journey_urls(ASSIGN_MENTOR)

    def choose(request: HttpRequest, subject_id: int) -> HttpResponse:
        return _to_registration(request, subject_id) or begin.callback(
            request, subject_id=subject_id
        )

    def later_page(request: HttpRequest, subject_id: int, **where: Any) -> HttpResponse:
        is_choice = where["slug"] == ASSIGN_MENTOR.first.slug
        leaving = _to_registration(request, subject_id) if is_choice else None
        return leaving or page.callback(request, subject_id=subject_id, **where)

    return [
        path("new", choose, name="choose_mentor"),
        path("<uuid:draft_id>/<slug:slug>", later_page, name="choose_mentor-step"),
        without_draft,
    ]


def _to_registration(request: HttpRequest, ect_id: int) -> HttpResponse | None:
    """Return the way to the registration of a new mentor, if that was chosen."""
    if request.method != "POST" or request.POST.get("mentor") != forms.NEW_MENTOR:
        return None
    return redirect(f"{reverse('schools:register-mentor')}?ect_id={ect_id}")
