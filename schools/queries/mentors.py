"""A school's mentors as lists and one mentor's page show them. Source: spec 05 §5.5, §5.6."""

from dataclasses import dataclass
from datetime import date

from register_ects import clock
from register_ects.models import MentorAtSchoolPeriod, School
from register_ects.models.placements import MentorAtSchoolPeriodQuerySet
from register_ects.rules.ect_status import (
    CONCLUDED_STATUSES,
    current_or_next,
)
from register_ects.rules.mentor_status import (
    LatestTraining,
    MentorTrainingStatus,
    mentor_training_status,
)
from register_ects.rules.periods import goes_on
from register_ects.rules.person_search import plain
from register_ects.rules.training import present_training
from schools.queries.changes import ChangeOf, RecordFacts, changes_of_mentor
from schools.queries.leaving import Leaving, leaving_of
from schools.queries.loading import (
    PERSON,
    LoadedTraining,
    load_mentors,
    mentees_of,
    trainings_of,
)
from schools.queries.training import Training, training_of

#: Training whose last day is today is finished by its status, and goes on until tonight.
_TRAINED = (MentorTrainingStatus.ACTIVE, MentorTrainingStatus.FINISHED)


@dataclass(frozen=True)
class Mentee:
    """An ECT assigned to a mentor. ``started_on`` (inclusive) is the first day of mentoring."""

    id: int
    name: str
    started_on: date
    starts_later: bool


@dataclass(frozen=True)
class Mentor:
    """A mentor at a school. ``started_on`` and ``finished_on`` are inclusive; None means open.

    ``training_status`` says how their own training stands, ``training`` which it is: the current
    or next, else the latest; for withdrawn or paused training, the latest. ``is_trained_now``: a
    provider trains them now or next, neither paused nor withdrawn.
    """

    id: int
    name: str
    trn: str | None
    email: str | None
    started_on: date
    finished_on: date | None
    starts_later: bool
    reported_leaving: bool
    has_left: bool
    mentees: tuple[Mentee, ...]
    training_status: MentorTrainingStatus
    training: Training | None
    is_trained_now: bool

    @property
    def is_leaving(self) -> bool:
        """Return whether their last day here is known, and is today or later."""
        return self.finished_on is not None and not self.has_left


@dataclass(frozen=True)
class MentorPage:
    """All that a mentor's page shows. ``training_ended_on`` is when funding for it ended.

    ``changes`` says of each fact where it is changed, or why not.
    """

    mentor: Mentor
    training_ended_on: date | None
    changes: dict[str, ChangeOf]
    leaving: Leaving


def mentor_page(school: School, placement_id: int) -> MentorPage | None:
    """Return the page of one of the school's mentors, past, current or future.

    Four queries at most. None when the school has no such placement.
    """
    placement = mentor_placements(school).filter(pk=placement_id).first()
    if placement is None:
        return None
    load_mentors([placement])
    mentor = mentor_of(placement, clock.today())
    return MentorPage(
        mentor=mentor,
        training_ended_on=placement.teacher.mentor_became_ineligible_for_funding_on,
        changes=changes_of_mentor(
            placement.pk,
            RecordFacts(has_left=mentor.has_left, has_provider=mentor.training_status.has_provider),
        ),
        leaving=leaving_of(placement),
    )


def mentor_placements(*schools: School) -> MentorAtSchoolPeriodQuerySet:
    """Return the schools' mentor placements; ``load_mentors`` loads what ``mentor_of`` needs."""
    return mentors_at([school.pk for school in schools])


def mentors_at(schools: list[int]) -> MentorAtSchoolPeriodQuerySet:
    """Return the mentor placements at the schools with these keys."""
    placements: MentorAtSchoolPeriodQuerySet = (
        MentorAtSchoolPeriod.objects.filter(school__any=schools)
        .select_related("teacher")
        .only(
            *("started_on", "finished_on", "school", "email", "reported_leaving_by_school"),
            "created_at",
            *PERSON,
        )
        .order_by("started_on", "pk")
    )
    return placements


def mentor_of(placement: MentorAtSchoolPeriod, today: date) -> Mentor:
    """Return what a school sees of a placement of ``mentor_placements`` that was loaded."""
    teacher = placement.teacher
    periods = trainings_of(placement)
    latest = periods[-1] if periods else None
    status = mentor_training_status(
        ineligible_reason=teacher.mentor_became_ineligible_for_funding_reason,
        latest=LatestTraining(latest.finished_on, latest.training_status) if latest else None,
        today=today,
    )
    return Mentor(
        id=placement.pk,
        name=teacher.name,
        trn=teacher.trn,
        email=placement.email,
        started_on=placement.started_on,
        finished_on=placement.finished_on,
        starts_later=placement.started_on > today,
        reported_leaving=placement.reported_leaving_by_school_id == placement.school_id,
        has_left=not placement.is_current_or_future(today),
        mentees=_mentees(placement, today),
        training_status=status,
        training=_training(periods, status, today),
        is_trained_now=status in _TRAINED and current_or_next(periods, today=today) is not None,
    )


def _training(
    periods: list[LoadedTraining], status: MentorTrainingStatus, today: date
) -> Training | None:
    if not periods:
        return None
    if status in (MentorTrainingStatus.WITHDRAWN, MentorTrainingStatus.DEFERRED):
        return training_of(periods[-1])
    shown = present_training(periods, today=today)
    return training_of(shown) if shown else None


def _mentees(placement: MentorAtSchoolPeriod, today: date) -> tuple[Mentee, ...]:
    """Return the ECTs mentored now or later who are here and have not concluded induction."""
    assigned: dict[int, Mentee] = {}
    for mentorship in mentees_of(placement):
        is_assigned = (
            goes_on(mentorship.finished_on, today)
            and goes_on(mentorship.ect_finished_on, today)
            and mentorship.trs_induction_status not in CONCLUDED_STATUSES
        )
        if is_assigned:
            starts_later = mentorship.started_on > today
            mentee = Mentee(mentorship.ect, mentorship.name, mentorship.started_on, starts_later)
            assigned.setdefault(mentorship.ect, mentee)
    return tuple(sorted(assigned.values(), key=lambda mentee: (plain(mentee.name), mentee.id)))
