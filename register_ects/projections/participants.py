"""Participants: everyone with confirmed training under a provider (spec 02 §2.12 and §2.13)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from register_ects import clock
from register_ects.database.compiled import compiled
from register_ects.models import (
    ECTAtSchoolPeriod,
    InductionPeriod,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    SchoolFundingEligibility,
    Teacher,
    TeacherIdChange,
    TrainingPeriod,
)
from register_ects.projections.participant_payloads import (
    EnrolmentFacts,
    IdChange,
    Induction,
    PersonFacts,
    participant_attributes,
)
from register_ects.projections.shown import Shown
from register_ects.projections.visibility import current_or_next_mentorships, resolvable_mentors
from register_ects.rules.enumerations import TraineeRole

_PERSON = [field.name for field in fields(PersonFacts)]
#: A provider's and a person's key.
Pair = tuple[int, int]


def render(record_ids: Collection[int]) -> list[Shown]:
    """Return what each provider is shown of these people, by the teacher's key, in 11 queries."""
    enrolments = _enrolments(record_ids)
    if not enrolments:
        return []
    facts = _Facts.gather({teacher for _, teacher in enrolments})
    today = clock.today()
    return [
        facts.shown(provider, teacher, trainings, today=today)
        for (provider, teacher), trainings in enrolments.items()
    ]


@dataclass(frozen=True)
class _Facts:
    """What every provider sees alike, by the person's key."""

    people: Mapping[int, PersonFacts]
    inductions: Mapping[int, list[Induction]]
    id_changes: Mapping[int, list[IdChange]]

    @classmethod
    def gather(cls, teacher_ids: Collection[int]) -> "_Facts":
        """Fetch the facts about these people, a query for each kind."""
        return cls(_people(teacher_ids), _inductions(teacher_ids), _id_changes(teacher_ids))

    def shown(
        self, provider: int, teacher: int, trainings: list[EnrolmentFacts], *, today: date
    ) -> Shown:
        """Return one person as one provider sees them."""
        person, id_changes = self.people[teacher], self.id_changes.get(teacher, [])
        attributes = participant_attributes(
            person,
            trainings,
            inductions=self.inductions.get(teacher, []),
            id_changes=id_changes,
            today=today,
        )
        statuses = {each["training_status"] for each in attributes["ecf_enrolments"]}
        return Shown(
            lead_provider_id=provider,
            record_id=teacher,
            api_id=person.api_id,
            created_at=person.created_at,
            attributes=attributes,
            years=tuple(sorted({each.contract_year for each in trainings})),
            training_statuses=tuple(sorted(statuses)),
            retired_ids=tuple(each.from_participant_id for each in id_changes),
        )


def _enrolments(teacher_ids: Collection[int]) -> dict[Pair, list[EnrolmentFacts]]:
    """Return each provider's latest training of these people, one in each role."""
    trainings = [
        dict(zip(_OF_TRAINING, row, strict=True)) for row in _latest_trainings(list(teacher_ids))
    ]
    if not trainings:
        return {}
    mentors = _Mentors.gather(trainings)
    uplifts = _uplifts(
        {
            (row["school_urn"], row["contract_year"])
            for row in trainings
            if row["uplift_fees_enabled"]
        }
    )
    people: Mapping[str, set[int]] = {TraineeRole.ECT: set(), TraineeRole.MENTOR: set()}
    for row in trainings:
        people[row["trainee_role"]].add(row["teacher_id"])
    placements: Mapping[str, Mapping[int, tuple[datetime, str | None]]] = {
        TraineeRole.ECT: _ect_placements(people[TraineeRole.ECT]),
        TraineeRole.MENTOR: _mentor_placements(people[TraineeRole.MENTOR]),
    }
    enrolments: dict[Pair, list[EnrolmentFacts]] = defaultdict(list)
    for row in trainings:
        provider, teacher = row.pop("lead_provider_id"), row.pop("teacher_id")
        placement = row.pop("ect_at_school_period_id")
        uplift = uplifts.get((row["school_urn"], row["contract_year"]), (False, False))
        has_uplifts = row.pop("uplift_fees_enabled")
        first_placed_at, working_pattern = placements[row["trainee_role"]][teacher]
        enrolments[provider, teacher].append(
            EnrolmentFacts(
                **row,
                pupil_premium_uplift=has_uplifts and uplift[0],
                sparsity_uplift=has_uplifts and uplift[1],
                first_placed_at=first_placed_at,
                working_pattern=working_pattern,
                mentor_id=mentors.shown_to(provider, placement),
            )
        )
    return enrolments


_PAIRING = "school_partnership__lead_provider_delivery_partnership"
#: Where the facts of a training come from that are not columns of its own of that name.
_ELSEWHERE = {
    "schedule_identifier": F("schedule__identifier"),
    "contract_year": F("contract_period_id"),
    "uplift_fees_enabled": F("contract_period__uplift_fees_enabled"),
    "delivery_partner_id": F(f"{_PAIRING}__delivery_partner__api_id"),
    "school_urn": F("school__gias_school_id"),
    "email": Coalesce("ect_at_school_period__email", "mentor_at_school_period__email"),
}
_OF_TRAINING = (
    "lead_provider_id",
    "teacher_id",
    "ect_at_school_period_id",
    "trainee_role",
    "started_on",
    "finished_on",
    "withdrawn_at",
    "withdrawal_reason",
    "deferred_at",
    "deferral_reason",
    *_ELSEWHERE,
)


@compiled
def _latest_trainings(teacher_ids: list[int]) -> QuerySet[TrainingPeriod, tuple[Any, ...]]:
    trainings = TrainingPeriod.objects.latest_with_each_provider(teacher_ids)
    rows: QuerySet[TrainingPeriod, tuple[Any, ...]]
    rows = trainings.annotate(**_ELSEWHERE).values_list(*_OF_TRAINING)
    return rows


@dataclass(frozen=True)
class _Mentors:
    """The mentor, now or next, of each ECT placement, and which providers may know the id."""

    of_placement: Mapping[int, tuple[int, UUID]]
    resolvable: set[Pair]

    @classmethod
    def gather(cls, trainings: Iterable[Mapping[str, Any]]) -> "_Mentors":
        providers = defaultdict(set)
        for row in trainings:
            if row["ect_at_school_period_id"] is not None:
                providers[row["ect_at_school_period_id"]].add(row["lead_provider_id"])
        found = _mentors_of(list(providers), clock.today()) if providers else []
        mentors = {placement: (mentor, api_id) for placement, mentor, api_id in found}
        pairs = {
            (provider, mentor)
            for placement, (mentor, _) in mentors.items()
            for provider in providers[placement]
        }
        return cls(mentors, resolvable_mentors(pairs))

    def shown_to(self, provider: int, placement: int | None) -> UUID | None:
        """Return the public id of the placement's mentor, if the provider can look it up."""
        if placement is None or placement not in self.of_placement:
            return None
        mentor, api_id = self.of_placement[placement]
        return api_id if (provider, mentor) in self.resolvable else None


@compiled
def _mentors_of(
    placements: list[int], today: date
) -> QuerySet[MentorshipPeriod, tuple[int, int, UUID]]:
    mentorships = current_or_next_mentorships(today).filter(ect_at_school_period__any=placements)
    return mentorships.values_list(
        "ect_at_school_period_id", "mentor_teacher_id", "mentor_teacher__api_id"
    )


def _people(teacher_ids: Collection[int]) -> dict[int, PersonFacts]:
    return {key: PersonFacts(*row) for key, *row in _person_rows(list(teacher_ids))}


@compiled
def _person_rows(teacher_ids: list[int]) -> QuerySet[Teacher, tuple[Any, ...]]:
    return Teacher.objects.filter(pk__any=teacher_ids).values_list("pk", *_PERSON)


def _uplifts(
    schools_and_years: Collection[tuple[int, int]],
) -> dict[tuple[int, int], tuple[bool, bool]]:
    """Return pupil premium and sparsity uplift by school URN and contract year."""
    if not schools_and_years:
        return {}
    rows = _uplift_rows(
        [urn for urn, _ in schools_and_years], [year for _, year in schools_and_years]
    )
    return {(urn, year): (premium, sparsity) for urn, year, premium, sparsity in rows}


@compiled
def _uplift_rows(
    urns: list[int], years: list[int]
) -> QuerySet[SchoolFundingEligibility, tuple[int, int, bool, bool]]:
    return SchoolFundingEligibility.objects.filter(
        gias_school__any=urns, contract_period__any=years
    ).values_list("gias_school_id", "contract_period_id", "pupil_premium_uplift", "sparsity_uplift")


def _ect_placements(teacher_ids: Collection[int]) -> dict[int, tuple[datetime, str | None]]:
    """Return when the earliest ECT placement was recorded, and the latest's working pattern."""
    first_at: dict[int, datetime] = {}
    placements: dict[int, tuple[datetime, str | None]] = {}
    for teacher, created_at, pattern in _placed_ects(list(teacher_ids)) if teacher_ids else ():
        placements[teacher] = (first_at.setdefault(teacher, created_at), pattern)
    return placements


@compiled
def _placed_ects(
    teacher_ids: list[int],
) -> QuerySet[ECTAtSchoolPeriod, tuple[int, datetime, str | None]]:
    rows = ECTAtSchoolPeriod.objects.filter(teacher__any=teacher_ids).earliest_first()
    return rows.values_list("teacher_id", "created_at", "working_pattern")


def _mentor_placements(teacher_ids: Collection[int]) -> dict[int, tuple[datetime, None]]:
    """Return when the earliest mentor placement was recorded."""
    earliest = _placed_mentors(list(teacher_ids)) if teacher_ids else ()
    return {teacher: (created_at, None) for teacher, created_at in earliest}


@compiled
def _placed_mentors(
    teacher_ids: list[int],
) -> QuerySet[MentorAtSchoolPeriod, tuple[int, datetime]]:
    rows = MentorAtSchoolPeriod.objects.filter(teacher__any=teacher_ids)
    in_order = rows.order_by("teacher_id", "started_on", "pk").distinct("teacher_id")
    return in_order.values_list("teacher_id", "created_at")


def _inductions(teacher_ids: Collection[int]) -> dict[int, list[Induction]]:
    inductions = defaultdict(list)
    for teacher, *row in _induction_rows(list(teacher_ids)):
        inductions[teacher].append(Induction(*row))
    return inductions


@compiled
def _induction_rows(teacher_ids: list[int]) -> QuerySet[InductionPeriod, tuple[Any, ...]]:
    rows = InductionPeriod.objects.filter(teacher__any=teacher_ids).earliest_first()
    return rows.values_list("teacher_id", "started_on", "finished_on", "outcome")


def _id_changes(teacher_ids: Collection[int]) -> dict[int, list[IdChange]]:
    changes = defaultdict(list)
    for teacher, *row in _id_change_rows(list(teacher_ids)):
        changes[teacher].append(IdChange(*row))
    return changes


@compiled
def _id_change_rows(teacher_ids: list[int]) -> QuerySet[TeacherIdChange, tuple[Any, ...]]:
    in_order = TeacherIdChange.objects.order_by("created_at", "pk")
    return in_order.filter(teacher__any=teacher_ids).values_list(
        "teacher_id", "from_teacher_id", "to_teacher_id", "created_at"
    )
