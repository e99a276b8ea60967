"""Whose id a lead provider may see: for many providers and people at once.

A mentor's id is printed only while the provider can look it up, as a participant or as an
unfunded mentor. Source: spec 00 "mentor_id", spec 02 §2.12 with its Improves, spec 03 §14.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from register_ects import clock
from register_ects.database.compiled import compiled
from register_ects.models import MentorshipPeriod, TrainingPeriod
from register_ects.rules.enumerations import TraineeRole

#: A lead provider's key and a teacher's.
Pair = tuple[int, int]


class Mentoring(NamedTuple):
    """A mentor, now or next, of an ECT in training with a lead provider; all are keys."""

    lead_provider_id: int
    mentor_teacher_id: int
    mentor_at_school_period_id: int


def current_or_next_mentorships(today: date) -> QuerySet[MentorshipPeriod]:
    """Return for each ECT placement the mentorship that covers today, else the earliest to come."""
    ahead = MentorshipPeriod.objects.current_or_future(today)
    earlier = ahead.filter(
        ect_at_school_period=OuterRef("ect_at_school_period"),
        started_on__lt=OuterRef("started_on"),
    )
    return ahead.exclude(Exists(earlier))


def mentoring_for_providers(mentors: Collection[int]) -> list[Mentoring]:
    """Return for which lead providers these people mentor, and at which of their placements.

    An ECT counts while their latest ECT training with the provider has not ended, at the school
    of that training only. ``mentors`` are teachers' keys. Two queries.
    """
    if not mentors:
        return []
    mentorships = _mentorships_of(list(mentors), clock.today())
    providers = _providers_of_placements({ect for ect, *_ in mentorships})
    return [
        Mentoring(provider, mentor, mentor_placement)
        for _, ect_placement, mentor, mentor_placement in mentorships
        for provider in providers[ect_placement]
    ]


@compiled
def _mentorships_of(
    mentors: list[int], today: date
) -> QuerySet[MentorshipPeriod, tuple[int, int, int, int]]:
    return (
        current_or_next_mentorships(today)
        .filter(mentor_teacher__any=mentors)
        .values_list(
            "ect_teacher_id",
            "ect_at_school_period_id",
            "mentor_teacher_id",
            "mentor_at_school_period_id",
        )
    )


def trained_by(people: Collection[int], *, role: TraineeRole | None = None) -> set[Pair]:
    """Return who has or had confirmed training with whom, in ``role`` or in any. One query."""
    return {
        (provider, person)
        for provider, person, trained_as in _trainings_of(list(people))
        if role is None or trained_as == role
    }


@compiled
def _trainings_of(people: list[int]) -> QuerySet[TrainingPeriod, tuple[int, int, str]]:
    return (
        TrainingPeriod.objects.confirmed()
        .filter(teacher__any=people)
        .values_list("lead_provider_id", "teacher_id", "trainee_role")
    )


def resolvable_mentors(pairs: Collection[Pair]) -> set[Pair]:
    """Return the pairs in which the lead provider can look the mentor up; three queries at most.

    As a participant of the provider (any confirmed training), or as one of its unfunded mentors.
    """
    asked = set(pairs)
    if not asked:
        return asked
    trained = asked & trained_by({mentor for _, mentor in asked})
    mentoring = mentoring_for_providers({mentor for _, mentor in asked - trained})
    unfunded = {(each.lead_provider_id, each.mentor_teacher_id) for each in mentoring}
    return trained | (asked & unfunded)


def _providers_of_placements(ects: Collection[int]) -> dict[int, list[int]]:
    """Return, by ECT placement, the providers whose latest training of its ECT runs there."""
    providers: dict[int, list[int]] = defaultdict(list)
    if not ects:
        return providers
    today = clock.today()
    for placement, provider, finished_on in _latest_ect_trainings(list(ects)):
        if finished_on is None or finished_on >= today:
            providers[placement].append(provider)
    return providers


@compiled
def _latest_ect_trainings(
    ects: list[int],
) -> QuerySet[TrainingPeriod, tuple[int, int, date | None]]:
    training = TrainingPeriod.objects.filter(trainee_role=TraineeRole.ECT)
    return training.latest_with_each_provider(ects).values_list(
        "ect_at_school_period_id", "lead_provider_id", "finished_on"
    )
