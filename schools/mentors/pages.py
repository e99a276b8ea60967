"""What the pages of both mentor journeys show besides their forms."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.models import ECTAtSchoolPeriod, MentorAtSchoolPeriod, MentorshipPeriod
from register_ects.operations.placements.mentoring import (
    first_day_of_mentoring,
    never_here_together,
)
from register_ects.rules.ect_status import needs_mentor
from register_ects.rules.enumerations import InductionStatus
from register_ects.rules.mentorships import another_needed_from
from register_ects.rules.problems import Problem
from register_ects.web.journeys import Run, Step
from register_ects.web.school_addresses import reverse
from register_ects.web.summaries import Row, row
from schools.changes.roles import ECTRequest
from schools.mentors.days import MentoringDays
from schools.mentors.forms import NEVER_HERE_TOGETHER, EligibilityForm
from schools.stops import stop_page

Context = Mapping[str, Any]


#: Why an ECT needs no mentor, by their induction status.
_OVER = {
    InductionStatus.PASSED: "has completed their induction",
    InductionStatus.FAILED: "did not pass their induction",
    InductionStatus.FAILED_IN_WALES: "did not pass their induction",
    InductionStatus.EXEMPT: "is exempt from induction",
}


def no_mentor_needed(request: ECTRequest) -> HttpResponse | None:
    """Say that an ECT needs no mentor, because their induction is over; None when they do."""
    teacher = request.subject.teacher
    status = teacher.induction_status
    if status is None or needs_mentor(status):
        return None
    why = _OVER[InductionStatus(status)]
    told = f"Our records show that {teacher.name} {why}, so you cannot assign a mentor to them."
    return stop_page(request, f"{teacher.name} does not need a mentor", told)


def about(run: Run) -> Context:
    """Return the ECT, and the way to them."""
    return {
        "ect": run.subject,
        "ect_url": reverse("schools:ect", args=[run.subject.pk]),
    }


def words(run: Run) -> dict[str, dict[str, str]]:
    """Return the names of the ECT, their provider and the mentor for labels and messages."""
    given = run.answers
    return {
        "words": {
            "ect": run.subject.teacher.name,
            "mentor": given.get("mentor_name") or given.get("name", "the mentor"),
            "provider": given.get("ect_provider") or "",
        }
    }


def ask_for_provider(slug: str, context: Callable[[Run], Context] = about) -> Step:
    """Return the step that asks whether the ECT's provider trains the mentor too."""
    return Step(
        slug,
        EligibilityForm,
        "schools/mentors/eligibility.jinja",
        next=lambda given: "check-answers" if given["use_ect_provider"] else "lead-provider",
        form_options=words,
        context=context,
    )


def who_leaves_first(problem: Problem) -> str:
    """Say in words who leaves the school before the other starts (``never_here_together``)."""
    days = {name: govuk_date(problem.details[name]) for name in ("leaves", "starts")}
    return NEVER_HERE_TOGETHER.format(**{**problem.details, **days})


def apart(ect: ECTAtSchoolPeriod, mentor: MentorAtSchoolPeriod | None) -> Context:
    """Return why a mentor who was chosen cannot mentor the ECT (``apart``, or None)."""
    problem = never_here_together(ect, mentor) if mentor else None
    return {
        "apart": who_leaves_first(problem) if problem else None,
        "choose_url": reverse("schools:assign-mentor", args=[ect.pk]),
    }


def until_when(last_day: date | None, ect: ECTAtSchoolPeriod) -> date | None:
    """Return the last day of mentoring when it comes before the ECT's own, else None."""
    needed = another_needed_from(mentored_until=last_day, here_until=ect.finished_on)
    return last_day if needed else None


def what_was_agreed(mentorship: MentorshipPeriod) -> dict[str, Any]:
    """Return from when and until when somebody mentors, for the confirmation.

    ``mentors_from`` only of a later day than today, ``mentors_until`` where the ECT stays longer.
    """
    first = mentorship.started_on
    return {
        "mentors_from": first if first > clock.today() else None,
        "mentors_until": until_when(mentorship.finished_on, mentorship.ect_at_school_period),
    }


def confirmed(run: Run) -> Context:
    """Return what the confirmation says, of the days too that ``what_was_agreed``."""
    days = _days(run, run.answers.get("mentors_from"), run.answers.get("mentors_until"))
    chosen = f"You’ve assigned {days.mentor} as a mentor for {days.ect}"
    return {
        **about(run),
        "title": days.standing if "registered" in run.answers else chosen,
        "mentor": days.mentor,
        "mentoring": days.told_after(completes=not run.answers["mentors_now"]),
    }


def _days(run: Run, later_from: date | None, until: date | None) -> MentoringDays:
    return MentoringDays(words(run)["words"]["mentor"], run.subject.teacher.name, later_from, until)


def handing_over(
    run: Run,
    *,
    started_on: date,
    leaves_on: date | None = None,
    backdate: bool = False,
    chosen: int | None = None,
) -> Context:
    """Return who mentors the ECT now, and the days on which the new mentor will.

    ``started_on`` and ``leaves_on`` are the new mentor's first and last day at the school,
    ``chosen`` their placement if they have one: nobody takes over from themself.
    ``mentoring`` is what is told in sentences. ``giving_way``, ``days`` and ``told_days`` are rows:
    of who mentors now, of the new mentor's days, and of those of them that sentences tell.
    """
    ect, mentors, today = run.subject, run.answers["mentors_now"], clock.today()
    others = [mentor for mentor in mentors if mentor[0] != chosen]
    already = bool(mentors) and mentors[0] not in others
    now_from = mentors[0][2] if mentors and mentors[0][2] > today else None
    first = first_day_of_mentoring(ect, mentor_started_on=started_on, backdate=backdate)
    until = until_when(leaves_on, ect)
    starts = [row("Mentoring starts", govuk_date(first))]
    ends = [row("Mentoring ends", govuk_date(until))] if until else []
    days = _days(run, first if first > today else None, until)
    return {
        "mentoring": days.told_before(
            takes_over_on=first,
            after=mentors[0][1] if mentors and not already else None,
            after_from=now_from,
        ),
        "mentors_already": already,
        "giving_way": _giving_way(others),
        "days": [*starts, *ends],
        "told_days": [*(starts if others or first > today else []), *ends],
    }


def _giving_way(mentors: list[Any]) -> list[Row]:
    """Return the row of who mentors the ECT now or next, and of who then follows."""
    if not mentors:
        return []
    [_id, name, start], *later = mentors
    label = f"Mentor from {govuk_date(start)}" if start > clock.today() else "Mentor now"
    names = [name, *(f"{name} from {govuk_date(day)}" for _id, name, day in later)]
    return [row(label, ", then ".join(names))]
