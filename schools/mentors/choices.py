"""Mentors of a school to choose from, each with what tells them from a namesake."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from register_ects import clock
from register_ects.formats import govuk_date_short
from register_ects.models import MentorAtSchoolPeriod
from register_ects.web.choice_fields import Choice


def choices_of(mentors: QuerySet[MentorAtSchoolPeriod], school_id: int) -> list[Choice]:
    """Return mentors of a school, each with what tells them from a namesake.

    Whoever was given an ECT last comes first, the others by name.
    """
    today = clock.today()
    placements = MentorAtSchoolPeriod.objects.select_related("school__gias_school")
    elsewhere = placements.exclude(school=school_id).current_or_future(today).earliest_first()
    found = mentors.prefetch_related(
        "mentorship_periods", Prefetch("teacher__mentor_at_school_periods", elsewhere)
    )
    by_name = sorted(found, key=lambda one: (one.teacher.name.casefold(), one.teacher.trn or ""))
    last = max(
        (each for mentor in by_name for each in mentor.mentorship_periods.all()),
        key=lambda each: each.created_at,
        default=None,
    )
    first = last.mentor_at_school_period_id if last else None
    in_order = sorted(by_name, key=lambda mentor: mentor.pk != first)
    return [
        Choice(
            str(mentor.pk),
            mentor.teacher.name,
            hint=f"{'Chosen last. ' if mentor.pk == first else ''}{_about(mentor, today)}",
        )
        for mentor in in_order
    ]


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
