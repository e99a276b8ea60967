"""The list of a school's ECTs: who is on it, in what order, narrowed by search and status.

A school has a few dozen ECTs at a time: all are read in a fixed number of queries, then
searched, sorted and counted here. Source: spec 05 §5.1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from register_ects import clock
from register_ects.database.compiled import compiled
from register_ects.models import ECTAtSchoolPeriod, MentorAtSchoolPeriod, School
from register_ects.models.placements import ECTAtSchoolPeriodQuerySet
from register_ects.operations.messages.email_delivery import returned_addresses
from register_ects.rules.ect_status import CONCLUDED_STATUSES
from register_ects.rules.person_search import plain
from schools.queries.loading import load_ects
from schools.queries.placements import (
    ECT,
    Rows,
    ect_of,
    ect_placements,
    ects_at,
    latest_left_first,
    one_per_person,
    search_placements,
)
from schools.queries.training import TrainedBy, tally
from schools.status_filter import Day, StatusFilter


@dataclass(frozen=True)
class ECTList:
    """A school's ECTs that fit a search and a status, in order.

    ``counts`` says how many the search found under each status filter that is offered; of those
    who left only while they are listed. ``bodies`` and ``lead_providers`` name who supports those
    in ``rows`` and how many, most first, so that a list need not repeat long names; ``school_led``
    says how many the school trains itself. ``are_alike``:
    nobody fits the search, and these have names much like it. ``is_empty`` says that the school
    has nobody to list, whatever was searched for.
    """

    rows: Sequence[ECT]
    counts: dict[StatusFilter, int]
    bodies: list[tuple[str, int]]
    lead_providers: list[tuple[str, int]]
    school_led: int
    are_alike: bool
    is_empty: bool


def list_ects(school: School, *, search: str = "", status: StatusFilter) -> ECTList:
    """List a school's current and future ECTs who have not concluded induction. Five queries.

    Those who left or concluded it are listed by ``LEFT``, for four queries more.
    ``search`` is a name or TRNs, within the list only. Those without a mentor come first, then
    the newest at the school, then whose mentor has been with them longest.
    """
    placements = one_per_person(_listed([school.pk], clock.today()))
    here = _found(school, placements, search)
    if status is StatusFilter.LEFT:
        counts = StatusFilter.counts(here.ects, Day(clock.today()))
        return _those_who_left(school, search, placements, counts)
    returned = (
        returned_addresses(ect.email for ect in here.ects)
        if status is StatusFilter.RETURNED
        else frozenset[str]()
    )
    day = Day(clock.today(), returned)
    rows = [ect for ect in here.ects if status.keeps(ect, day)]
    return ECTList(
        rows=sorted(rows, key=_order),
        counts={**StatusFilter.counts(here.ects, day), status: len(rows)},
        bodies=tally(ect.body.name for ect in rows if ect.body),
        lead_providers=tally(name for ect in rows if (name := _trained_by(ect))),
        school_led=sum(ect.trained_by is TrainedBy.SCHOOL for ect in rows),
        are_alike=here.are_alike,
        is_empty=not placements,
    )


def listed_placements(*schools: School) -> ECTAtSchoolPeriodQuerySet:
    """Return the placements that the schools' lists of ECTs are made of."""
    return listed_at([school.pk for school in schools], clock.today())


def listed_at(schools: list[int], today: date) -> ECTAtSchoolPeriodQuerySet:
    """Return the placements that the lists of the schools with these keys are made of that day."""
    here = ects_at(schools).current_or_future(today)
    return here.exclude(teacher__trs_induction_status__in=CONCLUDED_STATUSES)


@compiled
def _listed(school: list[int], today: date) -> QuerySet[ECTAtSchoolPeriod]:
    return listed_at(school, today)


def _those_who_left(
    school: School,
    search: str,
    here: list[ECTAtSchoolPeriod],
    counts: dict[StatusFilter, int],
) -> ECTList:
    """List who was an ECT here and is not on the list any more, who left last first."""
    gone = ect_placements(school).exclude(teacher__in={each.teacher_id for each in here})
    placements = one_per_person(gone.order_by("-started_on", "-pk"))
    found, are_alike = search_placements(placements, search)
    rows = latest_left_first(found, key=lambda placement: (plain(placement.teacher.name),))
    return ECTList(
        rows=Rows(rows, lambda shown: _ects(school, shown)),
        counts={**counts, StatusFilter.LEFT: len(rows)},
        bodies=[],
        lead_providers=[],
        school_led=0,
        are_alike=are_alike,
        is_empty=not placements,
    )


@dataclass(frozen=True)
class _Found:
    ects: list[ECT]
    are_alike: bool


def _found(school: School, placements: list[ECTAtSchoolPeriod], search: str) -> _Found:
    """Return those of some placements whom a search finds. Four queries where there are any."""
    fitting, are_alike = search_placements(placements, search)
    return _Found(_ects(school, fitting), are_alike)


def _ects(school: School, placements: Sequence[ECTAtSchoolPeriod]) -> list[ECT]:
    load_ects(placements)
    mentors = mentor_teacher_ids(school) if placements else set()
    today = clock.today()
    return [ect_of(placement, mentor_teacher_ids=mentors, today=today) for placement in placements]


def mentor_teacher_ids(school: School) -> set[int]:
    """Return the people who mentor at a school now or later. One query."""
    return {teacher for (teacher,) in _mentor_teachers(school.pk, clock.today())}


@compiled
def _mentor_teachers(school: int, today: date) -> QuerySet[MentorAtSchoolPeriod, tuple[int]]:
    here = MentorAtSchoolPeriod.objects.filter(school=school).current_or_future(today)
    return here.values_list("teacher_id")


def _order(ect: ECT) -> tuple[bool, int, int, str, int]:
    mentored_since = ect.mentor.started_on.toordinal() if ect.mentor else 0
    newest_first = -ect.started_on.toordinal()
    return (ect.mentor is not None, newest_first, mentored_since, plain(ect.name), ect.id)


def _trained_by(ect: ECT) -> str | None:
    """Return the lead provider who trains the ECT, or is meant to; nobody after a withdrawal."""
    if ect.training is None or ect.training.status == "withdrawn":
        return None
    return ect.training.lead_provider
