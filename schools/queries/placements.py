"""ECT placements with all that decides what a school sees of them, in a few queries.

Every list and page of ECTs is drawn from an ``ECT``: the placement, its status, its mentors, its
training and its appropriate body.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import Exists, F, OuterRef

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.models import (
    ECTAtSchoolPeriod,
    MentorAtSchoolPeriod,
    School,
    Teacher,
)
from register_ects.models.placements import ECTAtSchoolPeriodQuerySet
from register_ects.rules.ect_status import (
    ECTFacts,
    ECTStatus,
    current_or_next,
    ect_status,
    needs_mentor,
)
from register_ects.rules.mentorships import another_needed_from
from register_ects.rules.person_search import PersonSearch
from register_ects.rules.training import present_training
from schools.mentors import addresses
from schools.queries.bodies import Body, body_of, left_without_body_on
from schools.queries.loading import (
    PERSON,
    LoadedMentor,
    induction_status_of,
    mentors_of,
    trainings_of,
)
from schools.queries.training import TrainedBy, Training, trained_by, training_of

_Placement = TypeVar("_Placement", ECTAtSchoolPeriod, MentorAtSchoolPeriod)

_Row = TypeVar("_Row")


@dataclass(frozen=True)
class Mentoring:
    """A mentor of an ECT; both days inclusive. ``placement_id`` is the mentor's page."""

    placement_id: int
    name: str
    started_on: date
    finished_on: date | None


@dataclass(frozen=True)
class ECT:
    """An ECT at a school. ``started_on`` and ``finished_on`` are the placement's days, inclusive.

    ``training`` is the current or next, else the latest; ``trained_by`` says whose it is now.
    ``mentor`` is the current or next; ``later_mentors`` follow. ``may_choose_mentor`` says that
    the school has a mentor to choose. ``mentor_from`` is the mentor's first day, where it is still
    to come; ``mentor_until`` the last, where the ECT stays longer.
    ``needs_mentor`` is False once induction is over; otherwise ``next_mentor_needed_from`` is the
    first day after the last mentor's. ``without_mentor_since`` is the first day here of who has no
    mentor, or the day after the last one's. ``without_body_since`` is the day on which the last
    body stopped being responsible for an induction that goes on here, where none followed.
    ``registered_on`` is when the school registered them.
    """

    id: int
    name: str
    trn: str | None
    email: str | None
    started_on: date
    finished_on: date | None
    status: ECTStatus
    starts_later: bool
    reported_leaving: bool
    body: Body | None
    without_body_since: date | None
    training: Training | None
    trained_by: TrainedBy
    mentor: Mentoring | None
    mentor_from: date | None
    mentor_until: date | None
    later_mentors: tuple[Mentoring, ...]
    needs_mentor: bool
    without_mentor_since: date | None
    next_mentor_needed_from: date | None
    may_choose_mentor: bool
    registered_on: date

    @property
    def has_left(self) -> bool:
        """Whether the placement is over, so that its page can only be read."""
        return self.status is ECTStatus.LEFT_SCHOOL

    @property
    def is_leaving(self) -> bool:
        """Whether their last day here is known, and is today or later."""
        return self.finished_on is not None and not self.has_left

    @property
    def is_being_trained(self) -> bool:
        """Whether somebody trains them now or next: neither paused, stopped nor ended."""
        return self.trained_by in (TrainedBy.PROVIDER, TrainedBy.SCHOOL)

    @property
    def mentored_when(self) -> tuple[str, ...]:
        """The days of the mentor that are not all of the ECT's, in words: "from 2 March 2026"."""
        first, last = self.mentor_from, self.mentor_until
        if first and first == last:
            return (f"on {govuk_date(first)} only",)
        days = (("from", first), ("until", last))
        return tuple(f"{word} {govuk_date(day)}" for word, day in days if day)

    @property
    def last_mentor(self) -> Mentoring | None:
        """Return the last of the mentors now and later; None where there is none."""
        return self.later_mentors[-1] if self.later_mentors else self.mentor

    @property
    def assign_mentor_address(self) -> str:
        """Return where a mentor is chosen, or registered when there is none to choose."""
        return addresses.assigning(self.id, may_choose=self.may_choose_mentor)


def ect_placements(*schools: School) -> ECTAtSchoolPeriodQuerySet:
    """Return the schools' ECT placements; ``load_ects`` loads what ``ect_of`` needs besides."""
    return ects_at([school.pk for school in schools])


def ects_at(schools: list[int]) -> ECTAtSchoolPeriodQuerySet:
    """Return the ECT placements at the schools with these keys."""
    elsewhere_later = ECTAtSchoolPeriod.objects.filter(
        teacher=OuterRef("teacher"), started_on__gt=OuterRef("finished_on")
    ).exclude(school=OuterRef("school"))
    placements: ECTAtSchoolPeriodQuerySet = (
        ECTAtSchoolPeriod.objects.filter(school__any=schools)
        .select_related("teacher")
        .only(
            *("started_on", "finished_on", "school", "email", "working_pattern", "created_at"),
            *("reported_leaving_by_school", "school_reported_appropriate_body"),
            *PERSON,
        )
        .annotate(
            joins_another_school=Exists(elsewhere_later),
            reported_body=F("school_reported_appropriate_body__name"),
        )
        .order_by("started_on", "pk")
    )
    return placements


def ect_of(placement: ECTAtSchoolPeriod, *, mentor_teacher_ids: set[int], today: date) -> ECT:
    """Return what a school sees of a placement of ``ect_placements`` that was loaded. No queries.

    ``mentor_teacher_ids`` are the people who mentor at the school now or later.
    """
    mentorships = mentors_of(placement)
    mentorship = current_or_next(mentorships, today=today)
    later = [m for m in mentorships if mentorship and m.started_on > mentorship.started_on]
    starts_later = mentorship is not None and mentorship.started_on > today
    training_period = present_training(trainings_of(placement), today=today)
    training = training_of(training_period) if training_period else None
    needed = needs_mentor(induction_status_of(placement))
    status = ect_status(_facts(placement, training, mentorship), today=today)
    return ECT(
        id=placement.pk,
        name=placement.teacher.name,
        trn=placement.teacher.trn,
        email=placement.email,
        started_on=placement.started_on,
        finished_on=placement.finished_on,
        status=status,
        starts_later=placement.started_on > today,
        reported_leaving=_reported_leaving(placement),
        body=body_of(placement, status),
        without_body_since=left_without_body_on(placement, status),
        training=training,
        trained_by=trained_by(training, today=today),
        mentor=mentoring_of(mentorship) if mentorship else None,
        mentor_from=mentorship.started_on if mentorship and starts_later else None,
        mentor_until=(
            mentorship.finished_on if mentorship and _stays_after(placement, mentorship) else None
        ),
        later_mentors=tuple(mentoring_of(one) for one in later),
        needs_mentor=needed,
        without_mentor_since=(
            _without_mentor_since(placement, mentorships) if needed and not mentorship else None
        ),
        next_mentor_needed_from=(
            _stays_after(placement, later[-1] if later else mentorship) if needed else None
        ),
        may_choose_mentor=bool(mentor_teacher_ids - {placement.teacher_id}),
        registered_on=clock.london_date(placement.created_at),
    )


def mentoring_of(mentorship: LoadedMentor) -> Mentoring:
    """Return who mentors, from a mentorship that was loaded. No queries."""
    return Mentoring(
        placement_id=mentorship.mentor,
        name=mentorship.name,
        started_on=mentorship.started_on,
        finished_on=mentorship.finished_on,
    )


def one_per_person(placements: Iterable[_Placement]) -> list[_Placement]:
    """Keep each person's first placement, in the order given: who comes back is listed once."""
    first: dict[int, _Placement] = {}
    for placement in placements:
        first.setdefault(placement.teacher_id, placement)
    return list(first.values())


class Rows(Sequence[_Row]):
    """People in the order of their placements, made only of those whom a page asks for."""

    def __init__(
        self,
        placements: Sequence[_Placement],
        make: Callable[[Sequence[_Placement]], list[_Row]],
    ) -> None:
        """Make nobody yet."""
        self._placements: Sequence[Any] = placements
        self._make: Callable[[Sequence[Any]], list[_Row]] = make

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._placements)

    def __getitem__(self, which: Any) -> Any:
        """Return one of them, or a list of some."""
        if isinstance(which, slice):
            return self._make(self._placements[which])
        return self._make([self._placements[which]])[0]

    def __iter__(self) -> Iterator[_Row]:
        """Return all of them, made at once."""
        return iter(self[:])


def latest_left_first(
    placements: Iterable[_Placement], *, key: Callable[[_Placement], tuple[str, ...]]
) -> list[_Placement]:
    """Return placements in the order in which a list shows who left; of one day by ``key``."""
    in_order = sorted(placements, key=lambda placement: (*key(placement), placement.pk))
    return sorted(in_order, key=lambda each: each.finished_on or date.max, reverse=True)


def search_placements(
    placements: Sequence[_Placement], typed: str
) -> tuple[list[_Placement], bool]:
    """Return whose name, TRN, id or email here fits what was typed, and False.

    Where nobody fits, those with names much like it, and True if there are any.
    """
    search = PersonSearch.of(typed)
    fitting = [each for each in placements if _fits(each, search)]
    if fitting:
        return fitting, False
    alike = [each for each in placements if search.likeness(_names_of(each.teacher))]
    return alike, bool(alike)


def _fits(placement: _Placement, search: PersonSearch) -> bool:
    teacher = placement.teacher
    ids = (
        teacher.api_id,
        teacher.api_ect_training_record_id,
        teacher.api_mentor_training_record_id,
    )
    return search.matches(trn=teacher.trn, names=_names_of(teacher), ids=ids, email=placement.email)


def _names_of(teacher: Teacher) -> list[str | None]:
    return [teacher.trs_first_name, teacher.trs_last_name, teacher.corrected_name]


def _facts(
    placement: ECTAtSchoolPeriod,
    training: Training | None,
    mentorship: LoadedMentor | None,
) -> ECTFacts:
    return ECTFacts(
        finished_on=placement.finished_on,
        reported_leaving=_reported_leaving(placement),
        joins_another_school=bool(vars(placement)["joins_another_school"]),
        induction_status=induction_status_of(placement),
        training_status=training.status if training and training.is_provider_led else None,
        has_mentor=mentorship is not None,
    )


def _without_mentor_since(
    placement: ECTAtSchoolPeriod, mentorships: Sequence[LoadedMentor]
) -> date:
    """Return the first day without a mentor of somebody who has had the last of these."""
    ended = [one.finished_on + timedelta(days=1) for one in mentorships if one.finished_on]
    return max([placement.started_on, *ended])


def _stays_after(placement: ECTAtSchoolPeriod, mentorship: LoadedMentor | None) -> date | None:
    """Return the ECT's first day at the school without this mentor; None when there is none."""
    if mentorship is None:
        return None
    return another_needed_from(
        mentored_until=mentorship.finished_on, here_until=placement.finished_on
    )


def _reported_leaving(placement: ECTAtSchoolPeriod) -> bool:
    return placement.reported_leaving_by_school_id == placement.school_id
