"""What is loaded with the placements of a school, and how it is read: no more than is shown.

A school has some hundred people: a column that nobody reads costs each of them time. What is
loaded is kept as plain lists, which no query set is made for.
"""

from typing import cast

from django.db.models import Prefetch

from register_ects.models import (
    ECTAtSchoolPeriod,
    InductionPeriod,
    MentorshipPeriod,
    Placement,
    TrainingPeriod,
)
from register_ects.rules.ect_status import known_status
from schools.queries.training import with_names

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


#: Each loads one kind of period, oldest first, for ``trainings_of`` and its like. One query each.
WITH_TRAINING = Prefetch(
    "training_periods",
    with_names(TrainingPeriod.objects.all())
    .only(
        *_DAYS,
        "created_at",
        "ect_at_school_period",
        "mentor_at_school_period",
        "training_programme",
        "school_partnership",
        "withdrawn_at",
        "withdrawal_reason",
        "deferred_at",
    )
    .earliest_first(),
    to_attr="loaded_trainings",
)
WITH_MENTORS = Prefetch(
    "mentorship_periods",
    MentorshipPeriod.objects.select_related("mentor_at_school_period__teacher")
    .only(
        *_DAYS,
        "ect_at_school_period",
        *_of("mentor_at_school_period", "teacher", *_NAMES),
    )
    .earliest_first(),
    to_attr="loaded_mentorships",
)
WITH_MENTEES = Prefetch(
    "mentorship_periods",
    MentorshipPeriod.objects.select_related("ect_at_school_period__teacher")
    .only(
        *_DAYS,
        "mentor_at_school_period",
        *_of("ect_at_school_period", *_DAYS, "teacher", *_NAMES, "teacher__trs_induction_status"),
    )
    .earliest_first(),
    to_attr="loaded_mentorships",
)
WITH_INDUCTIONS = Prefetch(
    "teacher__induction_periods",
    InductionPeriod.objects.select_related("appropriate_body")
    .only(*_DAYS, "teacher", "outcome", "appropriate_body__name")
    .earliest_first(),
    to_attr="loaded_inductions",
)


def trainings_of(placement: Placement) -> list[TrainingPeriod]:
    """Return the training of a placement that was loaded ``WITH_TRAINING``, oldest first."""
    return cast("list[TrainingPeriod]", vars(placement)["loaded_trainings"])


def mentorships_of(placement: Placement) -> list[MentorshipPeriod]:
    """Return the mentorships of a placement ``WITH_MENTORS`` or ``WITH_MENTEES``, oldest first."""
    return cast("list[MentorshipPeriod]", vars(placement)["loaded_mentorships"])


def inductions_of(placement: ECTAtSchoolPeriod) -> list[InductionPeriod]:
    """Return the person's inductions, from a placement ``WITH_INDUCTIONS``, oldest first."""
    return cast("list[InductionPeriod]", vars(placement.teacher)["loaded_inductions"])


def induction_status_of(placement: ECTAtSchoolPeriod) -> str | None:
    """Return how induction stands (``Teacher.induction_status``), from the same. No queries."""
    outcomes = (induction.outcome for induction in inductions_of(placement))
    return known_status(placement.teacher.trs_induction_status, outcomes)
