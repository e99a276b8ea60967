"""Mentors of a school to choose from, each with what tells them from a namesake."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from register_ects import clock
from register_ects.database.compiled import compiled
from register_ects.formats import govuk_date_short
from register_ects.models import MentorAtSchoolPeriod, MentorshipPeriod
from register_ects.rules.periods import goes_on
from register_ects.web.choice_fields import Choice


class _Mentorship(NamedTuple):
    mentor: int  # their placement
    finished_on: date | None
    created_at: datetime
    key: int


def choices_of(mentors: QuerySet[MentorAtSchoolPeriod], school_id: int) -> list[Choice]:
    """Return mentors of a school, each with what tells them from a namesake. Three queries.

    Whoever was given an ECT last comes first, the others by name.
    """
    today = clock.today()
    by_name = sorted(mentors, key=lambda one: (one.teacher.name.casefold(), one.teacher.trn or ""))
    mentorships = list(map(_Mentorship._make, _mentorships_of([each.pk for each in by_name])))
    mentees = Counter(each.mentor for each in mentorships if goes_on(each.finished_on, today))
    elsewhere = defaultdict(list)
    for teacher, school in _also_at([each.teacher_id for each in by_name], school_id, today):
        elsewhere[teacher].append(school)
    last = max(mentorships, key=lambda each: (each.created_at, each.key), default=None)
    first = last.mentor if last else None
    return [
        Choice(
            str(mentor.pk),
            mentor.teacher.name,
            hint=("Chosen last. " if mentor.pk == first else "")
            + _about(mentor, mentees[mentor.pk], elsewhere[mentor.teacher_id], today),
        )
        for mentor in sorted(by_name, key=lambda mentor: mentor.pk != first)
    ]


@compiled
def _mentorships_of(mentors: list[int]) -> QuerySet[MentorshipPeriod, tuple[Any, ...]]:
    of = MentorshipPeriod.objects.filter(mentor_at_school_period__any=mentors)
    return of.values_list("mentor_at_school_period", "finished_on", "created_at", "pk")


@compiled
def _also_at(
    teachers: list[int], school: int, today: date
) -> QuerySet[MentorAtSchoolPeriod, tuple[int, str]]:
    of = MentorAtSchoolPeriod.objects.filter(teacher__any=teachers).exclude(school=school)
    at = of.current_or_future(today).earliest_first()
    return at.values_list("teacher", "school__gias_school__name")


def _about(
    mentor: MentorAtSchoolPeriod, mentees: int, elsewhere: Sequence[str], today: date
) -> str:
    """Return the TRN, how many ECTs they have here, other schools, and first and last day."""
    said = [
        f"TRN {mentor.teacher.trn}" if mentor.teacher.trn else "No TRN on record",
        "Mentors no one here yet"
        if not mentees
        else f"Mentors {mentees} ECT{'s' if mentees > 1 else ''} here",
    ]
    if elsewhere:
        said.append(f"Also a mentor at {' and '.join(dict.fromkeys(elsewhere))}")
    if mentor.started_on > today:
        said.append(f"Starts on {govuk_date_short(mentor.started_on)}")
    if mentor.finished_on:
        said.append(f"Leaves on {govuk_date_short(mentor.finished_on)}")
    return ". ".join(said)
