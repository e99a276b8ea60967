"""What the pages of both mentor journeys show besides their forms."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod, MentorshipPeriod
from register_ects.operations.mentoring import first_day_of_mentoring, mentorships_ahead
from register_ects.rules.mentorships import another_needed_from
from register_ects.web.formats import govuk_date
from register_ects.web.journeys import Run, Step
from schools.mentors.forms import EligibilityForm

Context = Mapping[str, Any]


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


def ask_for_provider(slug: str) -> Step:
    """Return the step that asks whether the ECT's provider trains the mentor too."""
    return Step(
        slug,
        EligibilityForm,
        "schools/mentors/eligibility.jinja",
        next=lambda given: "check-answers" if given["use_ect_provider"] else "lead-provider",
        form_options=words,
        context=about,
    )


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


def handing_over(
    run: Run,
    *,
    started_on: date,
    leaves_on: date | None = None,
    backdate: bool = False,
    chosen: int | None = None,
) -> Context:
    """Return who mentors the ECT now, and the day on which the new mentor takes over.

    ``now_from`` is the first day of who mentors the ECT next, while nobody does today.
    ``started_on`` and ``leaves_on`` are the new mentor's first and last day at the school,
    ``chosen`` their placement if they have one: nobody takes over from themself.
    ``mentors_until`` is their last day where the ECT stays longer. ``mentors_told_of`` comes with a
    page that refuses: the placements of those it tells of.
    """
    ect = run.subject
    ahead = mentorships_ahead(ect)
    now = ahead[0].mentor_at_school_period if ahead else None
    takes_over_on = first_day_of_mentoring(ect, mentor_started_on=started_on, backdate=backdate)
    now_from = ahead[0].started_on if ahead and ahead[0].started_on > clock.today() else None
    told = ahead if run.request.method == "POST" else []
    return {
        "mentor_now": now.teacher.name if now and now.pk != chosen else None,
        "now_from": now_from,
        "mentor_now_label": f"Mentor from {govuk_date(now_from)}" if now_from else "Mentor now",
        "mentors_already": now is not None and now.pk == chosen,
        "takes_over_on": takes_over_on,
        "starts_later": takes_over_on > clock.today(),
        "mentors_until": until_when(leaves_on, ect),
        "mentors_told_of": " ".join(str(one.mentor_at_school_period_id) for one in told),
    }
