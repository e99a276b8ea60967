"""What the console reads about people, each in a constant number of SQL queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Prefetch, QuerySet, Value

from register_ects import clock
from register_ects.database.compiled import compiled
from register_ects.formats import govuk_date
from register_ects.models import (
    Declaration,
    ECTAtSchoolPeriod,
    Event,
    InductionExtension,
    InductionPeriod,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    Placement,
    Teacher,
    TeacherIdChange,
    TrainingPeriod,
)
from register_ects.rules.person_search import PersonSearch

#: The order of everybody, newest first: that of an index.
NEWEST_BY = ("created_at", "pk")

#: What of a person a line of the search results is made of.
ON_A_ROW = ("api_id", "trn", "corrected_name", "trs_first_name", "trs_last_name")


# -- Search ----------------------------------------------------------------------------------


class TeacherRow(NamedTuple):
    """One line of the search results. ``schools`` are today's and those to come, in words.

    ``by_former_name``: what was searched for is in no name that the person has now.
    """

    api_id: UUID
    name: str
    trn: str | None
    roles: str
    schools: list[str]
    by_former_name: bool


def all_teachers() -> QuerySet[Teacher]:
    """Find everyone, newest first, as ``teacher_rows`` takes them. One query."""
    newest_first = (f"-{column}" for column in NEWEST_BY)
    return Teacher.objects.only(*ON_A_ROW).order_by(*newest_first)


def teacher_rows(
    teachers: Sequence[Teacher], by_name: PersonSearch | None = None
) -> list[TeacherRow]:
    """Make the lines of people, who were found ``by_name`` or otherwise. One query for all."""
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
            by_former_name=by_name is not None and not by_name.words_fit(_names(teacher)),
        )
        for teacher in teachers
    ]


def _names(teacher: Teacher) -> list[str | None]:
    return [teacher.trs_first_name, teacher.trs_last_name, teacher.corrected_name]


class _Placement(NamedTuple):
    """What of a placement, in either role, a line tells."""

    school: str
    started_on: date
    finished_on: date | None

    @classmethod
    def of(cls, placement: Placement) -> "_Placement":
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
    """The parts of a person's record, each a page: the last piece of its address.

    The summary tells who they are, where they are today, and their time at schools; payments are
    declarations, their statements, and for what they may be funded.
    """

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


def _latest_email(placements: Sequence[Placement]) -> str | None:
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
