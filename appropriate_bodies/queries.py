"""What the pages of an appropriate body show, each in a constant number of queries.

Everything starts from the body's own periods (spec 06 §6.3.4).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from register_ects import clock
from register_ects.database.compiled import compiled
from register_ects.models import (
    AppropriateBody,
    ECTAtSchoolPeriod,
    InductionPeriod,
    MentorshipPeriod,
    Teacher,
    TrainingPeriod,
)
from register_ects.person_search import Condition, alike, fitting, of_schools
from register_ects.rules.inductions import (
    InductionState,
    induction_state,
    terms_needed,
    terms_served,
)
from register_ects.rules.names import display_name
from register_ects.rules.person_search import PersonSearch
from register_ects.web.trs_view import TRSView, trs_view

STATUSES = ("open", "closed", "released")


class Person(NamedTuple):
    """What is read of somebody on a list."""

    pk: int
    corrected_name: str | None
    trs_first_name: str | None
    trs_last_name: str | None
    trn: str | None
    trs_induction_status: str | None

    @property
    def name(self) -> str:
        """The display name."""
        return display_name(self.corrected_name, self.trs_first_name, self.trs_last_name)


class ListedECT(NamedTuple):
    """One row of a list. ``started_on`` is the first day with any body."""

    teacher_id: int
    name: str
    trn: str | None
    started_on: date | None
    status: InductionState


@dataclass(frozen=True)
class School:
    """What an ECT's school says: a current placement, else the next one."""

    placement: ECTAtSchoolPeriod
    training: TrainingPeriod | None
    mentor: str | None


@dataclass(frozen=True)
class ECTPage:
    """Everything on an ECT's page. Terms are full-time equivalent.

    ``own_period`` is this body's open period, if it has one. ``trs`` is what TRS is known to say
    and what it has yet to hear.
    """

    teacher: Teacher
    status: InductionState
    trs: TRSView
    own_period: InductionPeriod | None
    open_period: InductionPeriod | None
    past_periods: Sequence[InductionPeriod]
    started_on: date | None
    extension_terms: Decimal
    terms_served: Decimal
    terms_needed: Decimal
    school: School | None


_ON_LIST = {
    "open": "is_open",
    "closed": "has_outcome",
    "released": "NOT is_open AND NOT has_outcome",
}

#: Everybody who was ever with the body, each once: how many are on each of its lists (in the
#: order of STATUSES), and some of those on one list, in order. One row at least. People are found
#: by an array of keys, in one walk along the index: a join looks for each from its root.
_LISTED = """
    WITH person AS MATERIALIZED (
        SELECT teacher_id, bool_or(finished_on IS NULL) AS is_open,
            bool_or(outcome IS NOT NULL) AS has_outcome
        FROM induction_period
        WHERE appropriate_body_id = %(body)s {and_sought}
        GROUP BY teacher_id
    ), counted AS (
        SELECT count(*) FILTER (WHERE is_open), count(*) FILTER (WHERE has_outcome),
            count(*) FILTER (WHERE NOT is_open AND NOT has_outcome)
        FROM person
    ), listed AS (
        SELECT id, corrected_name, trs_first_name, trs_last_name, trn, trs_induction_status
        FROM teacher
        WHERE id = ANY (ARRAY(SELECT teacher_id FROM person WHERE {on_list}))
        ORDER BY trs_last_name NULLS LAST, trs_first_name NULLS LAST, id
        LIMIT %(limit)s OFFSET %(offset)s
    )
    SELECT * FROM counted LEFT JOIN listed ON true
    ORDER BY trs_last_name NULLS LAST, trs_first_name NULLS LAST, id"""
_WAS_HERE = "id IN (SELECT teacher_id FROM induction_period WHERE appropriate_body_id = %(body)s)"
#: Where somebody is today is told only to a body that holds them, or recorded their outcome.
_TOLD_OF = """({condition}) AND id IN (
    SELECT teacher_id FROM induction_period
    WHERE appropriate_body_id = %(body)s AND (finished_on IS NULL OR outcome IS NOT NULL))"""
_AND_SOUGHT = "AND teacher_id IN (SELECT id FROM teacher WHERE {condition})"


class ListOfECTs(Sequence[Person]):
    """The people on one of a body's lists, in order, as ``as_rows`` takes them.

    ``open``: an open period here. ``closed``: an outcome here. ``released``: earlier periods
    here, and neither of these. ``counts`` says how many are on each list. Where the search finds
    nobody on any list, these are the people at schools that have it as their name or URN; and
    where these are none, the people with names much like it, and ``are_alike``. One query for the
    ``expected`` slice and all counts (two more for schools, and three for those alike), and one for
    every other slice.
    """

    def __init__(self, body: AppropriateBody, status: str, text: str, expected: slice) -> None:
        """Count everybody, and read the expected slice."""
        self._body, self._status, self._expected = body, status, expected
        search = PersonSearch.of(text)
        self._sought = fitting(search)
        self.are_alike = False
        self.counts, self._found = self._read(expected)
        if (search.words or search.parts) and not any(self.counts.values()):
            self._sought = _told_of(of_schools(search))
            self.counts, self._found = self._read(expected)
        if search.is_of_names and not any(self.counts.values()):
            self._sought = alike(search, _WAS_HERE, body=body.pk)
            self.counts, self._found = self._read(expected)
            self.are_alike = any(self.counts.values())
        self._total = self.counts[status]

    def __len__(self) -> int:
        """Say how many are on this list."""
        return self._total

    def __getitem__(self, index: Any) -> Any:
        """Return a slice. A place counts from the beginning."""
        if isinstance(index, int):
            return self[index : index + 1][0]
        first, last, _ = index.indices(self._total)
        if (first, last) == self._expected.indices(self._total)[:2]:
            return self._found
        return self._read(slice(first, last))[1] if first < last else []

    def _read(self, wanted: slice) -> tuple[dict[str, int], list[Person]]:
        rows = self._sought.rows(
            _listed(self._sought, self._status),
            body=self._body.pk,
            limit=wanted.stop - wanted.start,
            offset=wanted.start,
        )
        counts = dict(zip(STATUSES, rows[0], strict=False))
        people = [Person._make(row[len(STATUSES) :]) for row in rows]
        return counts, [person for person in people if person.pk is not None]


def _told_of(sought: Condition) -> Condition:
    return replace(sought, sql=_TOLD_OF.format(condition=sought.sql))


def _listed(sought: Condition, status: str) -> str:
    condition = "" if sought.is_everybody else _AND_SOUGHT.format(condition=sought.sql)
    return _LISTED.format(and_sought=condition, on_list=_ON_LIST[status])


class _Period(NamedTuple):
    """What of an induction period a row of a list tells."""

    body_id: int
    started_on: date
    finished_on: date | None
    outcome: str | None


def as_released_rows(people: Sequence[Person], body: AppropriateBody) -> list[ListedECT]:
    """Return list rows that tell of the body's own periods alone, not of what came later.

    One query.
    """
    periods = _periods_of(people)
    own = {
        key: [each for each in theirs if each.body_id == body.pk] for key, theirs in periods.items()
    }
    return [_row(person, own[person.pk], InductionState.RELEASED) for person in people]


def as_rows(people: Sequence[Person]) -> list[ListedECT]:
    """Return list rows of people of a list. One query."""
    periods = _periods_of(people)
    return [
        _row(
            person,
            periods[person.pk],
            induction_state(periods[person.pk], trs_status=person.trs_induction_status),
        )
        for person in people
    ]


def _row(person: Person, periods: Sequence[Any], status: InductionState) -> ListedECT:
    return ListedECT(
        teacher_id=person.pk,
        name=person.name,
        trn=person.trn,
        started_on=_first_day(periods),
        status=status,
    )


@compiled
def _rows_of_periods(people: list[int]) -> QuerySet[InductionPeriod, tuple[Any, ...]]:
    return InductionPeriod.objects.filter(teacher__any=people).values_list(
        "teacher_id", "appropriate_body_id", "started_on", "finished_on", "outcome"
    )


def _periods_of(people: Sequence[Person]) -> dict[int, list[Any]]:
    """Return everybody's induction periods, with any body, by the person's key."""
    periods: dict[int, list[Any]] = {person.pk: [] for person in people}
    if people:
        for teacher_id, *period in _rows_of_periods(list(periods)):
            periods[teacher_id].append(_Period(*period))
    return periods


def visible_teachers(body: AppropriateBody) -> QuerySet[Teacher]:
    """Return the people whose page a body may open: an open period or an outcome with it."""
    here = InductionPeriod.objects.held_by(body).filter(teacher=OuterRef("pk"))
    return Teacher.objects.filter(
        Exists(here.filter(finished_on=None)) | Exists(here.filter(outcome__isnull=False))
    )


@dataclass(frozen=True)
class ReleasedECT:
    """What a body may still see of an ECT whom it released: its own part, latest first."""

    teacher: Teacher
    own_periods: Sequence[InductionPeriod]


def released_ect(body: AppropriateBody, teacher_id: int) -> ReleasedECT | None:
    """Return the body's own periods of someone it once held; None for anybody else. One query."""
    periods = (
        InductionPeriod.objects.held_by(body)
        .filter(teacher=teacher_id, finished_on__isnull=False)
        .select_related("teacher", "appropriate_body")
        .latest_first()
    )
    own = list(periods)
    return ReleasedECT(own[0].teacher, own) if own else None


def ect_page(body: AppropriateBody, teacher: Teacher) -> ECTPage:
    """Return what an ECT's page shows to a body that may open it. Seven queries at most."""
    periods = list(teacher.induction_periods.select_related("appropriate_body").latest_first())
    open_period = next((period for period in periods if period.is_open), None)
    own = open_period if open_period and open_period.appropriate_body_id == body.pk else None
    extensions = [extension.number_of_terms for extension in teacher.induction_extensions.all()]
    return ECTPage(
        teacher=teacher,
        status=induction_state(periods, trs_status=teacher.trs_induction_status),
        trs=trs_view(teacher, periods),
        own_period=own,
        open_period=open_period,
        past_periods=[period for period in periods if not period.is_open],
        started_on=_first_day(periods),
        extension_terms=sum(extensions, Decimal(0)),
        terms_served=terms_served(periods),
        terms_needed=terms_needed(extensions),
        school=_school(teacher),
    )


def _first_day(periods: Sequence[InductionPeriod]) -> date | None:
    return min((period.started_on for period in periods), default=None)


def _school(teacher: Teacher) -> School | None:
    today = clock.today()
    training = TrainingPeriod.objects.current_or_future(today).earliest_first()
    mentorships = MentorshipPeriod.objects.current_or_future(today).earliest_first()
    placement = (
        teacher.ect_at_school_periods.current_or_future(today)
        .select_related("school__gias_school", "school_reported_appropriate_body")
        .prefetch_related(
            Prefetch("training_periods", training.select_related("lead_provider")),
            Prefetch("mentorship_periods", mentorships.select_related("mentor_teacher")),
        )
        .earliest_first()
        .first()
    )
    if placement is None:
        return None
    mentorship = next(iter(placement.mentorship_periods.all()), None)
    return School(
        placement=placement,
        training=next(iter(placement.training_periods.all()), None),
        mentor=mentorship.mentor_teacher.name if mentorship else None,
    )
