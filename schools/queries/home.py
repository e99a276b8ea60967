"""What a school's home page says is to be done, and what others are to do. Source: spec 05 §20.8.

Every number is that of the list to which it leads: both ask the same filter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from register_ects import clock
from register_ects.models import School
from register_ects.operations.messages.email_delivery import returned_addresses
from register_ects.operations.schools.induction_tutors import (
    confirmation_is_due,
    period_to_confirm,
    tutor_of,
)
from register_ects.rules.induction_tutors import InductionTutor
from register_ects.web.school_addresses import reverse
from schools.queries.mentors import Mentor
from schools.queries.placements import ECT
from schools.queries.unsettled import unsettled_at
from schools.status_filter import Day, MentorFilter, StatusFilter

_OfECT = Callable[[ECT], date | None]
_OfMentor = Callable[[Mentor], date | None]


@dataclass(frozen=True)
class Task:
    """Something about ``count`` people. ``name`` is that of its words in the template.

    ``day`` is the earliest of the days that matter: since when the first waits, or the first last
    day. ``address`` is the list of just these people.
    """

    name: str
    count: int
    day: date | None
    address: str

    @property
    def is_ahead(self) -> bool:
        """Whether the day is still to come."""
        return self.day is not None and self.day > clock.today()


@dataclass(frozen=True)
class Home:
    """What is to be done at the school, most urgent first, and what is only worth knowing."""

    to_do: list[Task]
    to_know: list[Task]
    tutor_is_due: bool


def home_of_school(school: School) -> Home:
    """Return the school's tasks. Nine queries at most, however many people are there."""
    tasks = tasks_of([school])[school.pk]
    return Home(
        to_do=tasks.to_do(),
        to_know=tasks.to_know(),
        tutor_is_due=confirmation_is_due(school, period_to_confirm()),
    )


def tasks_of(schools: Sequence[School]) -> dict[int, "Tasks"]:
    """Return the tasks of each of some schools, by its key. Eight queries, however many."""
    people = unsettled_at(schools)
    tutors = {school.pk: tutor_of(school) for school in schools}
    emails = [*people.emails, *(tutor.email for tutor in tutors.values())]
    day = Day(clock.today(), returned_addresses(emails))
    return {
        school: Tasks(people.ects.get(school, []), people.mentors.get(school, []), tutor, day)
        for school, tutor in tutors.items()
    }


@dataclass(frozen=True)
class Tasks:
    """The tasks about the people of a school's lists, and its induction tutor.

    ``ects`` and ``mentors`` are all about whom there may be anything to tell.
    """

    ects: list[ECT]
    mentors: list[Mentor]
    tutor: InductionTutor
    day: Day

    def to_do(self) -> list[Task]:
        """Return what the school has to do, most urgent first."""
        of_tutor = [None] if self.day.is_returned(self.tutor.email) else []
        return [
            *self._ects(StatusFilter.NO_MENTOR, lambda ect: ect.without_mentor_since),
            *self._ects(StatusFilter.ANOTHER_MENTOR, lambda ect: ect.next_mentor_needed_from),
            *self._ects(
                StatusFilter.TRAINING_STOPPED,
                lambda ect: ect.training.withdrawn_on if ect.training else None,
            ),
            *self._mentors(MentorFilter.ACTION_REQUIRED, _withdrawn_on),
            *self._ects(StatusFilter.NO_BODY, lambda ect: ect.without_body_since),
            *self._ects(StatusFilter.RETURNED, _unknown),
            *self._mentors(MentorFilter.RETURNED, _unknown),
            *_task("tutor-returned-emails", of_tutor, reverse("schools:induction_tutor")),
        ]

    def to_know(self) -> list[Task]:
        """Return what others are to do, or what is only worth knowing."""
        return [
            *self._ects(
                StatusFilter.PAUSED,
                lambda ect: ect.training.deferred_on if ect.training else None,
            ),
            *self._mentors(
                MentorFilter.PAUSED,
                lambda mentor: mentor.training.deferred_on if mentor.training else None,
            ),
            *self._ects(StatusFilter.LEAVING_SOON, lambda ect: ect.finished_on),
            *self._mentors(MentorFilter.LEAVING_SOON, lambda mentor: mentor.finished_on),
            *self._ects(StatusFilter.JOINING, lambda ect: ect.finished_on),
            *self._ects(
                StatusFilter.PROVIDER_AWAITED,
                lambda ect: ect.training.reported_on if ect.training else None,
            ),
            *self._mentors(
                MentorFilter.PROVIDER_AWAITED,
                lambda mentor: mentor.training.reported_on if mentor.training else None,
            ),
            *self._ects(StatusFilter.BODY_AWAITED, lambda ect: ect.registered_on),
        ]

    def _ects(self, status: StatusFilter, on: _OfECT) -> list[Task]:
        days = [on(ect) for ect in self.ects if status.keeps(ect, self.day)]
        return _task(f"ects-{status.key}", days, f"{reverse('schools:ects')}?status={status.key}")

    def _mentors(self, status: MentorFilter, on: _OfMentor) -> list[Task]:
        days = [on(mentor) for mentor in self.mentors if status.keeps(mentor, self.day)]
        address = f"{reverse('schools:mentors')}?status={status.key}"
        return _task(f"mentors-{status.key}", days, address)


def _task(name: str, days: Sequence[date | None], address: str) -> list[Task]:
    """Return the task of as many people as there are days; none for nobody."""
    known = [day for day in days if day]
    return [Task(name, len(days), min(known, default=None), address)] if days else []


def _withdrawn_on(mentor: Mentor) -> date | None:
    return mentor.training.withdrawn_on if mentor.training else None


def _unknown(_person: ECT | Mentor) -> None:
    """Return nothing: since when emails are returned is not told."""
