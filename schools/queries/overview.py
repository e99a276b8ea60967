"""What several schools have to do, and who is at them: for people at more than one (spec 05 §20.6).

Whatever is counted or found is what the lists and the home page of each school show.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod, MentorAtSchoolPeriod, School
from register_ects.models.base import PeriodQuerySet
from register_ects.models.placements import (
    ECTAtSchoolPeriodQuerySet,
    MentorAtSchoolPeriodQuerySet,
)
from register_ects.operations.schools.induction_tutors import (
    confirmation_is_due,
    period_to_confirm,
)
from register_ects.rules.person_search import plain
from register_ects.web.school_addresses import addresses_of, reverse
from schools.queries.ect_list import listed_placements
from schools.queries.home import tasks_of
from schools.queries.mentors import mentor_placements
from schools.queries.placements import search_placements

_Placement = TypeVar("_Placement", ECTAtSchoolPeriod, MentorAtSchoolPeriod)


@dataclass(frozen=True)
class SchoolRow:
    """A school: how much it has to do, as its home page lists it, and how many people it has.

    ``tutor_is_due``: it has yet to confirm its induction tutor, one of its actions. ``address`` is
    its home page.
    """

    school: School
    actions: int
    ects: int
    mentors: int
    tutor_is_due: bool
    address: str


@dataclass(frozen=True)
class Found:
    """Somebody at one of the schools: ``role`` is "ECT" or "mentor", ``address`` the record."""

    name: str
    trn: str | None
    role: str
    school: School
    address: str


def rows_of(schools: Sequence[School]) -> list[SchoolRow]:
    """Return a row for each school, in the order given. 11 queries, however many there are."""
    tasks = tasks_of(schools)
    ects = _people_of(_ects_of(schools))
    mentors = _people_of(_mentors_of(schools))
    period = period_to_confirm()
    rows = []
    for school in schools:
        tutor_is_due = confirmation_is_due(school, period)
        with addresses_of(school.urn):
            rows.append(
                SchoolRow(
                    school=school,
                    actions=tutor_is_due + sum(task.count for task in tasks[school.pk].to_do()),
                    ects=ects.get(school.pk, 0),
                    mentors=mentors.get(school.pk, 0),
                    tutor_is_due=tutor_is_due,
                    address=reverse("schools:home"),
                )
            )
    return rows


def search(schools: Sequence[School], typed: str) -> tuple[list[Found], bool]:
    """Return who at these schools fits what was typed, by name, and False. Two queries.

    Where nobody fits, those with names much like it, and True if there are any.
    """
    ects, ects_alike = search_placements(_each_once(_ects_of(schools)), typed)
    mentors, mentors_alike = search_placements(_each_once(_mentors_of(schools)), typed)
    are_alike = (ects_alike or not ects) and (mentors_alike or not mentors)
    by_id = {school.pk: school for school in schools}
    found = [
        *(_found(ect, "ECT", by_id) for ect in ects if are_alike or not ects_alike),
        *(_found(mentor, "mentor", by_id) for mentor in mentors if are_alike or not mentors_alike),
    ]
    found.sort(key=lambda one: (plain(one.name), plain(one.school.name), one.address))
    return found, are_alike and bool(found)


def _ects_of(schools: Sequence[School]) -> ECTAtSchoolPeriodQuerySet:
    """Return the placements that the schools' lists of ECTs show."""
    return listed_placements(*schools)


def _mentors_of(schools: Sequence[School]) -> MentorAtSchoolPeriodQuerySet:
    here: MentorAtSchoolPeriodQuerySet = mentor_placements(*schools).current_or_future(
        clock.today()
    )
    return here


def _people_of(placements: PeriodQuerySet) -> dict[int, int]:
    """Return how many people are at each school, by its key. One query."""
    counted = placements.order_by().values("school").annotate(n=Count("teacher", distinct=True))
    return dict(counted.values_list("school", "n"))


def _each_once(placements: Iterable[_Placement]) -> list[_Placement]:
    """Keep each person's first placement at each school, in the order given. One query."""
    first: dict[tuple[int, int], _Placement] = {}
    for placement in placements:
        first.setdefault((placement.school_id, placement.teacher_id), placement)
    return list(first.values())


def _found(
    placement: ECTAtSchoolPeriod | MentorAtSchoolPeriod, role: str, schools: dict[int, School]
) -> Found:
    school = schools[placement.school_id]
    page = "schools:ect" if role == "ECT" else "schools:mentor"
    with addresses_of(school.urn):
        address = reverse(page, [placement.pk])
    teacher = placement.teacher
    return Found(teacher.name, teacher.trn, role, school, address)
