"""What several schools have to do, and who is at them: for people at more than one (spec 05 §20.6).

Whatever is counted or found is what the lists and the home page of each school show.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from register_ects import clock
from register_ects.models import ECTAtSchoolPeriod, MentorAtSchoolPeriod, School
from register_ects.operations.messages.email_delivery import returned_addresses
from register_ects.operations.schools.induction_tutors import (
    confirmation_is_due,
    period_to_confirm,
    tutor_of,
)
from register_ects.rules.person_search import plain
from register_ects.web.school_addresses import addresses_of, reverse
from schools.queries.ect_list import listed_placements
from schools.queries.home import Tasks
from schools.queries.mentors import mentor_of, mentor_placements
from schools.queries.placements import ect_of, one_per_person, search_placements
from schools.status_filter import Day


@dataclass(frozen=True)
class SchoolRow:
    """A school: how much it has to do, as its home page counts it, and how many people it lists.

    ``tutor_is_due``: it has yet to confirm its induction tutor. ``address`` is its home page.
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
    """Return a row for each school, in the order given. Ten queries, however many there are."""
    people = _People.at(schools)
    emails = [
        *(ect.email for ect in people.every_ect),
        *(mentor.email for mentor in people.every_mentor),
        *(tutor_of(school).email for school in schools),
    ]
    day = Day(clock.today(), returned_addresses(emails))
    period = period_to_confirm()
    rows = []
    for school in schools:
        with addresses_of(school.urn):
            tasks = people.tasks_of(school, day)
            rows.append(
                SchoolRow(
                    school=school,
                    actions=sum(task.count for task in tasks.to_do()),
                    ects=len(tasks.ects),
                    mentors=len(tasks.mentors),
                    tutor_is_due=confirmation_is_due(school, period),
                    address=reverse("schools:home"),
                )
            )
    return rows


def search(schools: Sequence[School], typed: str) -> tuple[list[Found], bool]:
    """Return who at these schools fits what was typed, by name, and False. Seven queries.

    Where nobody fits, those with names much like it, and True if there are any.
    """
    people = _People.at(schools)
    ects, ects_alike = search_placements(people.every_ect, typed)
    mentors, mentors_alike = search_placements(people.every_mentor, typed)
    are_alike = (ects_alike or not ects) and (mentors_alike or not mentors)
    by_id = {school.pk: school for school in schools}
    found = [
        *(_found(ect, "ECT", by_id) for ect in ects if are_alike or not ects_alike),
        *(_found(mentor, "mentor", by_id) for mentor in mentors if are_alike or not mentors_alike),
    ]
    found.sort(key=lambda one: (plain(one.name), plain(one.school.name), one.address))
    return found, are_alike and bool(found)


@dataclass(frozen=True)
class _People:
    """The placements that the lists of some schools show, by school."""

    ects: dict[int, list[ECTAtSchoolPeriod]]
    mentors: dict[int, list[MentorAtSchoolPeriod]]

    @classmethod
    def at(cls, schools: Sequence[School]) -> "_People":
        ects: dict[int, list[ECTAtSchoolPeriod]] = defaultdict(list)
        mentors: dict[int, list[MentorAtSchoolPeriod]] = defaultdict(list)
        for ect in listed_placements(*schools):
            ects[ect.school_id].append(ect)
        for mentor in mentor_placements(*schools).current_or_future(clock.today()):
            mentors[mentor.school_id].append(mentor)
        return cls(
            {school: one_per_person(each) for school, each in ects.items()},
            {school: one_per_person(each) for school, each in mentors.items()},
        )

    @property
    def every_ect(self) -> list[ECTAtSchoolPeriod]:
        return [ect for each in self.ects.values() for ect in each]

    @property
    def every_mentor(self) -> list[MentorAtSchoolPeriod]:
        return [mentor for each in self.mentors.values() for mentor in each]

    def tasks_of(self, school: School, day: Day) -> Tasks:
        mentors = self.mentors.get(school.pk, [])
        ids = {mentor.teacher_id for mentor in mentors}
        ects: Iterable[ECTAtSchoolPeriod] = self.ects.get(school.pk, [])
        return Tasks(
            [ect_of(ect, mentor_teacher_ids=ids, today=day.today) for ect in ects],
            [mentor_of(mentor, day.today) for mentor in mentors],
            tutor_of(school),
            day,
        )


def _found(
    placement: ECTAtSchoolPeriod | MentorAtSchoolPeriod, role: str, schools: dict[int, School]
) -> Found:
    school = schools[placement.school_id]
    page = "schools:ect" if role == "ECT" else "schools:mentor"
    with addresses_of(school.urn):
        address = reverse(page, [placement.pk])
    teacher = placement.teacher
    return Found(teacher.name, teacher.trn, role, school, address)
