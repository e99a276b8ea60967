"""What the pages of both mentor journeys show besides their forms."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from register_ects.operations.mentoring import first_day_of_mentoring, mentorships_ahead
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


def handing_over(
    run: Run, *, started_on: date, backdate: bool = False, chosen: int | None = None
) -> Context:
    """Return who mentors the ECT now, and the day on which the new mentor takes over.

    ``started_on`` is the new mentor's first day at the school, ``chosen`` their placement if they
    have one: nobody takes over from themself. ``mentors_told_of`` comes with a page that refuses:
    the placements of those it tells of.
    """
    ect = run.subject
    ahead = mentorships_ahead(ect)
    now = ahead[0].mentor_at_school_period if ahead else None
    told = ahead if run.request.method == "POST" else []
    return {
        "mentor_now": now.teacher.name if now and now.pk != chosen else None,
        "mentors_already": now is not None and now.pk == chosen,
        "takes_over_on": first_day_of_mentoring(
            ect, mentor_started_on=started_on, backdate=backdate
        ),
        "mentors_told_of": " ".join(str(one.mentor_at_school_period_id) for one in told),
    }
