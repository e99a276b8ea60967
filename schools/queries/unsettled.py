"""The people of some schools about whom there may be anything to tell: all but the settled.

Most people at a school have all they need: they are not even read for its home page. Who is left
out here has no task there, whatever the day; of the others the filters decide
(``schools/status_filter.py``).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from register_ects import clock
from register_ects.database.compiled import compiled
from register_ects.models import (
    ECTAtSchoolPeriod,
    InductionPeriod,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    OutgoingEmail,
    School,
    TrainingPeriod,
)
from register_ects.rules.enumerations import EmailReceipt, TrainingProgramme
from schools.queries.ect_list import listed_at
from schools.queries.loading import load_ects, load_mentors
from schools.queries.mentors import Mentor, mentor_of, mentors_at
from schools.queries.placements import ECT, ect_of, one_per_person

_Placement = TypeVar("_Placement", ECTAtSchoolPeriod, MentorAtSchoolPeriod)

_STOPPED = Q(withdrawn_at__isnull=False) | Q(deferred_at__isnull=False)
_UNCONFIRMED = Q(training_programme=TrainingProgramme.PROVIDER_LED, school_partnership=None)
_RETURNED = Exists(
    OutgoingEmail.objects.filter(
        recipient=OuterRef("email"), receipt=EmailReceipt.PERMANENT_FAILURE
    )
)


@dataclass(frozen=True)
class Unsettled:
    """The ECTs and mentors of each school, by its key, about whom there may be anything to tell."""

    ects: dict[int, list[ECT]]
    mentors: dict[int, list[Mentor]]

    @property
    def emails(self) -> list[str | None]:
        """Return the addresses of all."""
        ects = [ect.email for here in self.ects.values() for ect in here]
        return ects + [mentor.email for here in self.mentors.values() for mentor in here]


def unsettled_at(schools: Sequence[School]) -> Unsettled:
    """Return who may have to be told of at these schools. Seven queries, however many there are."""
    keys, today = [school.pk for school in schools], clock.today()
    ects, mentors = _by_school(_ects(keys, today)), _by_school(_mentors(keys, today))
    load_ects([ect for here in ects.values() for ect in here])
    load_mentors([mentor for here in mentors.values() for mentor in here])
    return Unsettled(
        {
            school: [ect_of(ect, mentor_teacher_ids=set(), today=today) for ect in here]
            for school, here in ects.items()
        },
        {school: [mentor_of(each, today) for each in here] for school, here in mentors.items()},
    )


@compiled
def _ects(schools: list[int], today: date) -> QuerySet[ECTAtSchoolPeriod]:
    return listed_at(schools, today).exclude(_ect_is_settled(today))


@compiled
def _mentors(schools: list[int], today: date) -> QuerySet[MentorAtSchoolPeriod]:
    return mentors_at(schools).current_or_future(today).exclude(_mentor_is_settled())


def _ect_is_settled(today: date) -> Q:
    """An ECT who stays, whom a mentor, a body and who trains them have, and are to go on having."""
    going_on = Q(ect_at_school_period=OuterRef("pk"), started_on__lte=today, finished_on=None)
    mentored = MentorshipPeriod.objects.filter(going_on)
    trained = TrainingPeriod.objects.filter(going_on).exclude(_STOPPED | _UNCONFIRMED)
    assessed = InductionPeriod.objects.filter(
        teacher=OuterRef("teacher"), started_on__gte=OuterRef("started_on"), finished_on=None
    )
    return Q(
        ~_RETURNED, Exists(mentored), Exists(trained), Exists(assessed), finished_on__isnull=True
    )


def _mentor_is_settled() -> Q:
    """A mentor who stays, with no training that was stopped or is not confirmed."""
    trained = TrainingPeriod.objects.filter(mentor_at_school_period=OuterRef("pk"))
    told_of = trained.filter(_STOPPED | Q(school_partnership=None))
    return Q(~_RETURNED, ~Exists(told_of), finished_on__isnull=True)


def _by_school(placements: Iterable[_Placement]) -> dict[int, list[_Placement]]:
    found: dict[int, list[_Placement]] = defaultdict(list)
    for placement in placements:
        found[placement.school_id].append(placement)
    return {school: one_per_person(each) for school, each in found.items()}
