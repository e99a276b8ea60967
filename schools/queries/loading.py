"""What is loaded with the placements of a school, and how it is read: no more than is shown.

A school has some hundred people: a column that nobody reads costs each of them time, and so does
an instance of a model. What is loaded are plain rows, as the rules need them, oldest first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar, cast

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
from register_ects.models.training import TrainingPeriodQuerySet
from register_ects.rules.ect_status import known_status
from register_ects.rules.enumerations import TrainingProgramme
from register_ects.rules.names import display_name
from register_ects.rules.training import training_status


class LoadedTraining(NamedTuple):
    """A training period; both days inclusive, None means open.

    ``lead_provider`` and ``delivery_partner`` are names.
    """

    started_on: date
    finished_on: date | None
    training_programme: str
    school_partnership: int | None
    created_at: datetime
    withdrawn_at: datetime | None
    withdrawal_reason: str | None
    deferred_at: datetime | None
    lead_provider: str | None
    delivery_partner: str | None

    @property
    def is_provider_led(self) -> bool:
        """Whether a lead provider delivers it."""
        return self.training_programme == TrainingProgramme.PROVIDER_LED

    @property
    def is_confirmed(self) -> bool:
        """Whether a partnership confirms it."""
        return self.school_partnership is not None

    @property
    def training_status(self) -> str:
        """Return active, deferred or withdrawn (spec 01 §9.4)."""
        return training_status(withdrawn_at=self.withdrawn_at, deferred_at=self.deferred_at)


class LoadedMentor(NamedTuple):
    """A mentorship of an ECT; both days inclusive, None means open."""

    started_on: date
    finished_on: date | None
    mentor: int  # their placement
    corrected_name: str | None
    first_name: str | None
    last_name: str | None

    @property
    def name(self) -> str:
        """Return the mentor's name."""
        return display_name(self.corrected_name, self.first_name, self.last_name)


class LoadedMentee(NamedTuple):
    """A mentorship of a mentor, and the ECT's days here; all days inclusive, None means open."""

    started_on: date
    finished_on: date | None
    ect: int  # their placement
    ect_finished_on: date | None
    corrected_name: str | None
    first_name: str | None
    last_name: str | None
    trs_induction_status: str | None

    @property
    def name(self) -> str:
        """Return the ECT's name."""
        return display_name(self.corrected_name, self.first_name, self.last_name)


class LoadedInduction(NamedTuple):
    """An induction of a person; both days inclusive, None means open. ``body_name`` is whose."""

    started_on: date
    finished_on: date | None
    outcome: str | None
    body: int
    body_name: str


_Loaded = TypeVar("_Loaded", LoadedTraining, LoadedMentor, LoadedMentee, LoadedInduction)
_Rows = QuerySet[Any, tuple[Any, ...]]

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


_NAME = ("corrected_name", "trs_first_name", "trs_last_name")


def _names(person: str) -> tuple[str, ...]:
    return tuple(
        f"{person}__{part}" for part in ("corrected_name", "trs_first_name", "trs_last_name")
    )


_DAYS = ("started_on", "finished_on")
_TRAINING = (
    *_DAYS,
    *("training_programme", "school_partnership", "created_at"),
    *("withdrawn_at", "withdrawal_reason", "deferred_at", "lead_provider__name"),
    "school_partnership__lead_provider_delivery_partnership__delivery_partner__name",
)
_MENTOR = (
    *("ect_at_school_period", *_DAYS, "mentor_at_school_period"),
    *_names("mentor_at_school_period__teacher"),
)
_MENTEE = (
    *("mentor_at_school_period", *_DAYS, "ect_at_school_period"),
    *("ect_at_school_period__finished_on", *_names("ect_at_school_period__teacher")),
    "ect_at_school_period__teacher__trs_induction_status",
)
_INDUCTION = ("teacher", *_DAYS, "outcome", "appropriate_body", "appropriate_body__name")


@compiled
def _trainings_of_ects(ects: list[int]) -> _Rows:
    of = TrainingPeriod.objects.filter(ect_at_school_period__any=ects).earliest_first()
    return of.values_list("ect_at_school_period", *_TRAINING)


@compiled
def _trainings_of_mentors(mentors: list[int]) -> _Rows:
    of = TrainingPeriod.objects.filter(mentor_at_school_period__any=mentors).earliest_first()
    return of.values_list("mentor_at_school_period", *_TRAINING)


@compiled
def _mentors_of_ects(ects: list[int]) -> _Rows:
    of = MentorshipPeriod.objects.filter(ect_at_school_period__any=ects)
    return of.earliest_first().values_list(*_MENTOR)


@compiled
def _mentees_of_mentors(mentors: list[int]) -> _Rows:
    of = MentorshipPeriod.objects.filter(mentor_at_school_period__any=mentors)
    return of.earliest_first().values_list(*_MENTEE)


@compiled
def _inductions_of(people: list[int]) -> _Rows:
    of = InductionPeriod.objects.filter(teacher__any=people)
    return of.earliest_first().values_list(*_INDUCTION)


def load_ects(ects: Sequence[ECTAtSchoolPeriod]) -> None:
    """Load training, mentors and inductions of placements. Three queries, for nobody none."""
    if not ects:
        return
    keys = [ect.pk for ect in ects]
    trainings = _by_parent(LoadedTraining, _trainings_of_ects(keys))
    mentors = _by_parent(LoadedMentor, _mentors_of_ects(keys))
    inductions = _by_parent(LoadedInduction, _inductions_of([ect.teacher_id for ect in ects]))
    for ect in ects:
        theirs = inductions[ect.teacher_id]
        vars(ect).update(
            loaded_trainings=trainings[ect.pk],
            loaded_mentors=mentors[ect.pk],
            loaded_inductions=theirs,
            loaded_induction_status=known_status(
                ect.teacher.trs_induction_status, [each.outcome for each in theirs]
            ),
        )


def load_mentors(mentors: Sequence[MentorAtSchoolPeriod]) -> None:
    """Load training and mentees of placements. Two queries, for nobody none."""
    if not mentors:
        return
    keys = [mentor.pk for mentor in mentors]
    trainings = _by_parent(LoadedTraining, _trainings_of_mentors(keys))
    mentees = _by_parent(LoadedMentee, _mentees_of_mentors(keys))
    for mentor in mentors:
        vars(mentor).update(
            loaded_trainings=trainings[mentor.pk], loaded_mentees=mentees[mentor.pk]
        )


def trainings_in(periods: TrainingPeriodQuerySet) -> Iterator[LoadedTraining]:
    """Return some training periods, in their order. One query."""
    return map(LoadedTraining._make, periods.values_list(*_TRAINING))


def _by_parent(kind: type[_Loaded], rows: Iterable[tuple[Any, ...]]) -> dict[int, list[_Loaded]]:
    """Return the rows of each parent, which is the first column, in their order."""
    found: dict[int, list[_Loaded]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(kind._make(row[1:]))
    return found


def trainings_of(placement: Placement) -> list[LoadedTraining]:
    """Return the training of a placement that was loaded, oldest first."""
    return cast("list[LoadedTraining]", vars(placement)["loaded_trainings"])


def mentors_of(placement: ECTAtSchoolPeriod) -> list[LoadedMentor]:
    """Return the mentorships of an ECT's placement that was loaded, oldest first."""
    return cast("list[LoadedMentor]", vars(placement)["loaded_mentors"])


def mentees_of(placement: MentorAtSchoolPeriod) -> list[LoadedMentee]:
    """Return the mentorships of a mentor's placement that was loaded, oldest first."""
    return cast("list[LoadedMentee]", vars(placement)["loaded_mentees"])


def inductions_of(placement: ECTAtSchoolPeriod) -> list[LoadedInduction]:
    """Return the person's inductions, from a placement that was loaded, oldest first."""
    return cast("list[LoadedInduction]", vars(placement)["loaded_inductions"])


def induction_status_of(placement: ECTAtSchoolPeriod) -> str | None:
    """Return how induction stands (``Teacher.induction_status``), from the same. No queries."""
    return cast("str | None", vars(placement)["loaded_induction_status"])
