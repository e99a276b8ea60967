"""What is loaded with the placements of a school, and how it is read: no more than is shown.

A school has some hundred people: a column that nobody reads costs each of them time. What is
loaded is kept as plain lists, which no query set is made for.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar, cast

from django.db.models import QuerySet

from register_ects.database.compiled import compiled
from register_ects.models import (
    ECTAtSchoolPeriod,
    InductionPeriod,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    Placement,
    TrainingPeriod,
)
from register_ects.rules.ect_status import known_status
from schools.queries.training import with_names

_Period = TypeVar("_Period", TrainingPeriod, MentorshipPeriod, InductionPeriod)

_DAYS = ("started_on", "finished_on")
#: What is shown of a person.
PERSON = tuple(
    f"teacher__{field}"
    for field in (
        "api_id",
        "api_ect_training_record_id",
        "api_mentor_training_record_id",
        "trn",
        "corrected_name",
        "trs_first_name",
        "trs_last_name",
        "trs_induction_status",
        "mentor_became_ineligible_for_funding_reason",
        "mentor_became_ineligible_for_funding_on",
    )
)
_NAMES = ("teacher__corrected_name", "teacher__trs_first_name", "teacher__trs_last_name")


def _of(path: str, *fields: str) -> tuple[str, ...]:
    return tuple(f"{path}__{field}" for field in fields)


_TRAINING = (
    *_DAYS,
    *("ect_at_school_period", "mentor_at_school_period", "training_programme"),
    *("school_partnership", "created_at", "withdrawn_at", "withdrawal_reason", "deferred_at"),
)


@compiled
def _trainings_of_ects(ects: list[int]) -> QuerySet[TrainingPeriod]:
    of = with_names(TrainingPeriod.objects.filter(ect_at_school_period__any=ects))
    return of.only(*_TRAINING).earliest_first()


@compiled
def _trainings_of_mentors(mentors: list[int]) -> QuerySet[TrainingPeriod]:
    of = with_names(TrainingPeriod.objects.filter(mentor_at_school_period__any=mentors))
    return of.only(*_TRAINING).earliest_first()


@compiled
def _mentorships_of_ects(ects: list[int]) -> QuerySet[MentorshipPeriod]:
    of = MentorshipPeriod.objects.filter(ect_at_school_period__any=ects).only(
        *_DAYS, "ect_at_school_period", *_of("mentor_at_school_period", "teacher", *_NAMES)
    )
    return of.select_related("mentor_at_school_period__teacher").earliest_first()


@compiled
def _mentorships_of_mentors(mentors: list[int]) -> QuerySet[MentorshipPeriod]:
    of = MentorshipPeriod.objects.filter(mentor_at_school_period__any=mentors).only(
        *_DAYS,
        "mentor_at_school_period",
        *_of("ect_at_school_period", *_DAYS, "teacher", *_NAMES, "teacher__trs_induction_status"),
    )
    return of.select_related("ect_at_school_period__teacher").earliest_first()


@compiled
def _inductions_of(people: list[int]) -> QuerySet[InductionPeriod]:
    of = InductionPeriod.objects.filter(teacher__any=people).select_related("appropriate_body")
    return of.only(*_DAYS, "teacher", "outcome", "appropriate_body__name").earliest_first()


def load_ects(ects: Sequence[ECTAtSchoolPeriod]) -> None:
    """Load training, mentors and inductions of placements. Three queries, for nobody none."""
    if not ects:
        return
    keys = [ect.pk for ect in ects]
    trainings = _by("ect_at_school_period_id", _trainings_of_ects(keys))
    mentorships = _by("ect_at_school_period_id", _mentorships_of_ects(keys))
    inductions = _by("teacher_id", _inductions_of([ect.teacher_id for ect in ects]))
    for ect in ects:
        vars(ect)["loaded_trainings"] = trainings[ect.pk]
        vars(ect)["loaded_mentorships"] = mentorships[ect.pk]
        vars(ect)["loaded_inductions"] = inductions[ect.teacher_id]


def load_mentors(mentors: Sequence[MentorAtSchoolPeriod]) -> None:
    """Load training and mentees of placements. Two queries, for nobody none."""
    if not mentors:
        return
    keys = [mentor.pk for mentor in mentors]
    trainings = _by("mentor_at_school_period_id", _trainings_of_mentors(keys))
    mentorships = _by("mentor_at_school_period_id", _mentorships_of_mentors(keys))
    for mentor in mentors:
        vars(mentor)["loaded_trainings"] = trainings[mentor.pk]
        vars(mentor)["loaded_mentorships"] = mentorships[mentor.pk]


def _by(key: str, periods: Iterable[_Period]) -> dict[int, list[_Period]]:
    """Return the periods of each parent, in their order."""
    found: dict[int, list[_Period]] = defaultdict(list)
    for period in periods:
        found[vars(period)[key]].append(period)
    return found


def trainings_of(placement: Placement) -> list[TrainingPeriod]:
    """Return the training of a placement that was loaded, oldest first."""
    return cast("list[TrainingPeriod]", vars(placement)["loaded_trainings"])


def mentorships_of(placement: Placement) -> list[MentorshipPeriod]:
    """Return the mentorships of a placement that was loaded, oldest first."""
    return cast("list[MentorshipPeriod]", vars(placement)["loaded_mentorships"])


def inductions_of(placement: ECTAtSchoolPeriod) -> list[InductionPeriod]:
    """Return the person's inductions, from a placement that was loaded, oldest first."""
    return cast("list[InductionPeriod]", vars(placement)["loaded_inductions"])


def induction_status_of(placement: ECTAtSchoolPeriod) -> str | None:
    """Return how induction stands (``Teacher.induction_status``), from the same. No queries."""
    outcomes = (induction.outcome for induction in inductions_of(placement))
    return known_status(placement.teacher.trs_induction_status, outcomes)
