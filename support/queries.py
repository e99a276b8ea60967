"""What the console reads about people, each in a constant number of SQL queries."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Prefetch, Q, QuerySet, Value

from register_ects import clock
from register_ects.database.compiled import compiled
from register_ects.models import (
    Declaration,
    ECTAtSchoolPeriod,
    Event,
    InductionExtension,
    InductionPeriod,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    Teacher,
    TeacherIdChange,
    TrainingPeriod,
)
from register_ects.rules.identifiers import trns_in, uuids_in
from register_ects.rules.person_search import LONGEST_SEARCH, MOST_WORDS
from register_ects.web.formats import govuk_date

#: People of one search whose pages can be turned; with more words it finds those beyond.
MOST_FOUND = 10_000
#: The order of everybody, newest first: that of an index.
NEWEST_BY = ("created_at", "pk")

_ON_A_ROW = ("api_id", "trn", "corrected_name", "trs_first_name", "trs_last_name")

#: Letters of the shortest word that may have an apostrophe after its first one.
_SHORTEST_PARTED = 3
_WORD = re.compile(r"[^\W_]+")


# -- Search ----------------------------------------------------------------------------------


class TeacherRow(NamedTuple):
    """One line of the search results. ``schools`` are today's and those to come, in words."""

    api_id: UUID
    name: str
    trn: str | None
    roles: str
    schools: list[str]


def all_teachers() -> QuerySet[Teacher]:
    """Find everyone, newest first, as ``teacher_rows`` takes them. One query."""
    newest_first = (f"-{column}" for column in NEWEST_BY)
    return Teacher.objects.only(*_ON_A_ROW).order_by(*newest_first)


def search_teachers(query: str) -> Sequence[Teacher]:
    """Find people, as ``teacher_rows`` takes them. By name only slices are read, each in a query.

    Numbers of seven digits are TRNs, also as ``RP30/00103``, and UUIDs are participant ids (also
    ids that a merge retired); with either, other words are ignored. Else every word must begin a
    word of the name, accents and an apostrophe after the first letter aside. Source: spec 07 §4.1.
    """
    query = query[:LONGEST_SEARCH].replace("\x00", " ")
    trns, ids = sorted(trns_in(query)), uuids_in(query)
    if ids:
        # Their keys are fetched first: with a subquery among them, PostgreSQL tries everybody's.
        return _by_id(trns, ids, _survivors(ids))
    if trns:
        return _by_trn(trns)
    if words := _words(query):
        return _by_name.slices(" & ".join(map(_begins_word, words)))
    return []


@compiled
def _by_trn(trns: list[str]) -> QuerySet[Teacher]:
    return all_teachers().filter(trn__any=trns)


@compiled
def _survivors(ids: list[UUID]) -> QuerySet[TeacherIdChange, int]:
    merged = TeacherIdChange.objects.filter(from_teacher__api_id__any=ids)
    return merged.values_list("teacher_id", flat=True)


@compiled
def _by_id(trns: list[str], ids: list[UUID], survivors: list[int]) -> QuerySet[Teacher]:
    return all_teachers().filter(
        Q(trn__any=trns)
        | Q(api_id__any=ids)
        | Q(api_ect_training_record_id__any=ids)
        | Q(api_mentor_training_record_id__any=ids)
        | Q(pk__any=survivors)
    )


@compiled
def _by_name(words: str) -> QuerySet[Teacher]:
    found = Teacher.objects.filter(search=SearchQuery(words, config="simple", search_type="raw"))
    return found.only(*_ON_A_ROW).order_by("trs_last_name", "trs_first_name", "pk")


def teacher_rows(teachers: Sequence[Teacher]) -> list[TeacherRow]:
    """Make the lines of people of ``search_teachers`` or ``all_teachers``. One query for all."""
    ect, mentoring, inductions = _periods_of([teacher.pk for teacher in teachers])
    return [
        TeacherRow(
            api_id=teacher.api_id,
            name=teacher.name,
            trn=teacher.trn,
            roles=_roles(
                ect[teacher.pk], mentoring[teacher.pk], has_induction=teacher.pk in inductions
            ),
            schools=_schools_today([*ect[teacher.pk], *mentoring[teacher.pk]]),
        )
        for teacher in teachers
    ]


class _Placement(NamedTuple):
    """What of a placement, in either role, a line tells."""

    school: str
    started_on: date
    finished_on: date | None

    @classmethod
    def of(cls, placement: ECTAtSchoolPeriod | MentorAtSchoolPeriod) -> "_Placement":
        return cls(placement.school.name, placement.started_on, placement.finished_on)

    def is_current_or_future(self, today: date) -> bool:
        return self.finished_on is None or self.finished_on >= today


_ByTeacher = dict[int, list[_Placement]]


def _periods_of(teachers: list[int]) -> tuple[_ByTeacher, _ByTeacher, _ByTeacher]:
    """Return people's placements as ECTs and as mentors, and their inductions. One query.

    People are given, and found again, by key.
    """
    found: tuple[_ByTeacher, _ByTeacher, _ByTeacher]
    found = (defaultdict(list), defaultdict(list), defaultdict(list))
    for number, teacher, *period in _periods(teachers) if teachers else ():
        found[number][teacher].append(_Placement(*period))
    return found


@compiled
def _periods(teachers: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    school, days = "school__gias_school__name", ("started_on", "finished_on")
    as_ect = ECTAtSchoolPeriod.objects.filter(teacher__any=teachers)
    as_mentor = MentorAtSchoolPeriod.objects.filter(teacher__any=teachers)
    inductions = InductionPeriod.objects.filter(teacher__any=teachers)
    return as_ect.values_list(Value(0), "teacher", school, *days).union(
        as_mentor.values_list(Value(1), "teacher", school, *days),
        inductions.values_list(Value(2), "teacher", Value(""), *days),
        all=True,
    )


def _schools_today(placements: Iterable[_Placement]) -> list[str]:
    """Name the schools where a person is today or will be, with the day they leave or start.

    Judged by today's date, not by whether a last day is known.
    """
    today = clock.today()
    return sorted(
        {_at_school(period, today) for period in placements if period.is_current_or_future(today)}
    )


def _at_school(placement: _Placement, today: date) -> str:
    if placement.started_on > today:
        return f"{placement.school} (starts {govuk_date(placement.started_on)})"
    if placement.finished_on:
        return f"{placement.school} (leaves {govuk_date(placement.finished_on)})"
    return placement.school


def _begins_word(word: str) -> str:
    """Return the condition that a word begins with this: "osh" begins "o'shaughnessy" too.

    The index parts a word at its apostrophe, so one letter is followed by the rest.
    """
    if len(word) < _SHORTEST_PARTED:
        return f"{word}:*"
    return f"({word}:* | ({word[0]} <-> {word[1:]}:*))"


def _words(query: str) -> list[str]:
    """Split a name as the index does: accents off first, by the database's own rules."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT plain_text(%s)", [query])
        (plain,) = cursor.fetchone()
    return _WORD.findall(plain)[:MOST_WORDS]


def _roles(ect: Sequence[_Placement], mentor: Sequence[_Placement], *, has_induction: bool) -> str:
    """Name the roles that a person has today, will have, or had (spec 07 §4.2)."""
    today = clock.today()
    roles = []
    if ect or has_induction:
        roles.append("ECT" if _any_left(ect, today) else "ECT (Inactive)")
    if mentor:
        roles.append("Mentor" if _any_left(mentor, today) else "Mentor (Inactive)")
    return " & ".join(roles) or "No role"


def _any_left(placements: Iterable[_Placement], today: date) -> bool:
    return any(period.is_current_or_future(today) for period in placements)


# -- One person ------------------------------------------------------------------------------


class Part(StrEnum):
    """The parts of a person's record, each a page: the last piece of its address."""

    SUMMARY = ""
    TRAINING = "training"
    INDUCTION = "induction"
    PAYMENTS = "payments"
    HISTORY = "history"


@dataclass(frozen=True)
class TeacherOverview:
    """What is known of a person; every list newest first, declarations oldest first.

    Trainings, extensions, declarations and earlier ids are empty but on the part that shows them.
    """

    teacher: Teacher
    roles: str
    schools: list[str]
    email: str | None
    today: date
    ect_placements: list[ECTAtSchoolPeriod]
    mentor_placements: list[MentorAtSchoolPeriod]
    trainings: list[TrainingPeriod]
    inductions: list[InductionPeriod]
    extensions: list[InductionExtension]
    declarations: list[Declaration]
    id_changes: list[TeacherIdChange]

    @property
    def extension_terms(self) -> str:
        """The total of all extensions, in terms."""
        total = sum((extension.number_of_terms for extension in self.extensions), Decimal(0))
        return f"{total.normalize():f}"


def load_teacher(api_id: UUID, part: Part) -> TeacherOverview:
    """Load one part of a person's record. Eight queries at most, however long their history.

    Raises Teacher.DoesNotExist.
    """
    teacher = Teacher.objects.get(api_id=api_id)
    ect, mentor = _ect_placements(teacher), _mentor_placements(teacher)
    inductions = list(
        teacher.induction_periods.select_related("appropriate_body").order_by("-started_on", "-pk")
    )
    as_ect, mentoring = ([_Placement.of(each) for each in every] for every in (ect, mentor))
    return TeacherOverview(
        teacher=teacher,
        roles=_roles(as_ect, mentoring, has_induction=bool(inductions)),
        schools=_schools_today([*as_ect, *mentoring]),
        email=_latest_email([*ect, *mentor]),
        today=clock.today(),
        ect_placements=ect,
        mentor_placements=mentor,
        trainings=_trainings(teacher) if part == Part.TRAINING else [],
        inductions=inductions,
        extensions=list(teacher.induction_extensions.all()) if part == Part.INDUCTION else [],
        declarations=_declarations(teacher) if part == Part.PAYMENTS else [],
        id_changes=_id_changes(teacher) if part == Part.SUMMARY else [],
    )


def _latest_email(placements: Sequence[ECTAtSchoolPeriod | MentorAtSchoolPeriod]) -> str | None:
    """Return the address given with the placement that starts last, of either role."""
    latest = max(placements, key=lambda placement: placement.started_on, default=None)
    return latest.email if latest else None


def teacher_events(teacher: Teacher) -> QuerySet[Event]:
    """Find what happened to a person, newest first.

    Authors and what an event leads to come in the same query.
    """
    return (
        Event.objects.filter(teacher=teacher)
        .select_related(
            *("author", "teacher", "school__gias_school", "appropriate_body"),
            "statement__lead_provider",
            *("mentorship_period__ect_teacher", "mentorship_period__mentor_teacher"),
        )
        .order_by("-happened_at", "-pk")
    )


def _ect_placements(teacher: Teacher) -> list[ECTAtSchoolPeriod]:
    mentorships = MentorshipPeriod.objects.select_related("mentor_teacher").latest_first()
    return list(
        ECTAtSchoolPeriod.objects.filter(teacher=teacher)
        .select_related("school__gias_school", "school_reported_appropriate_body")
        .prefetch_related(Prefetch("mentorship_periods", mentorships))
        .latest_first()
    )


def _mentor_placements(teacher: Teacher) -> list[MentorAtSchoolPeriod]:
    mentorships = MentorshipPeriod.objects.select_related("ect_teacher").latest_first()
    return list(
        MentorAtSchoolPeriod.objects.filter(teacher=teacher)
        .select_related("school__gias_school")
        .prefetch_related(Prefetch("mentorship_periods", mentorships))
        .latest_first()
    )


def _id_changes(teacher: Teacher) -> list[TeacherIdChange]:
    return list(teacher.id_changes.order_by("-created_at", "-pk"))


def _trainings(teacher: Teacher) -> list[TrainingPeriod]:
    pairing = "school_partnership__lead_provider_delivery_partnership__delivery_partner"
    periods = TrainingPeriod.objects.filter(teacher=teacher).select_related(
        "lead_provider", "school__gias_school", "schedule", pairing
    )
    return list(periods.order_by("trainee_role", "-started_on", "-pk"))


def _declarations(teacher: Teacher) -> list[Declaration]:
    declarations = Declaration.objects.filter(teacher=teacher).select_related(
        "lead_provider",
        "delivery_partner_when_created",
        "payment_statement",
        "clawback_statement",
        "voided_by_user",
    )
    return list(declarations.order_by("trainee_role", "declaration_date", "created_at", "pk"))
