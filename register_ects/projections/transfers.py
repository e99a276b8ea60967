"""Transfers: who left or joined a school in training with a provider (spec 02 §2.14)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from register_ects import clock
from register_ects.database.compiled import compiled
from register_ects.models import (
    ECTAtSchoolPeriod,
    InductionPeriod,
    LeadProvider,
    MentorAtSchoolPeriod,
    Teacher,
    TrainingPeriod,
)
from register_ects.projections.shown import Shown
from register_ects.rules.enumerations import TraineeRole
from register_ects.rules.transfers import Placement, Training, Transfer, transfers


@dataclass(frozen=True, slots=True)
class _Person:
    """What the transfers of a person need of the teacher's record."""

    api_id: UUID
    created_at: datetime
    record_ids: Mapping[str, UUID]
    has_completed: Mapping[str, bool]


def render(record_ids: Collection[int]) -> list[Shown]:
    """Return what each provider is shown of these people's transfers, in seven queries at most."""
    placements = _placements(record_ids)
    if not placements:
        return []
    people = _people(placements)
    names = dict(LeadProvider.objects.values_list("pk", "name"))
    today = clock.today()
    return [
        Shown(
            lead_provider_id=provider,
            record_id=teacher,
            api_id=people[teacher].api_id,
            created_at=people[teacher].created_at,
            attributes={
                "transfers": [
                    _item(people[teacher].record_ids[role], each, names, today)
                    for role, each in in_order
                ]
            },
        )
        for teacher, by_role in placements.items()
        for provider, in_order in _by_provider(people[teacher], by_role)
    ]


#: A person's placements by role.
_ByRole = Mapping[str, list[Placement]]


def _by_provider(
    person: _Person, by_role: _ByRole
) -> Iterator[tuple[int, list[tuple[str, Transfer]]]]:
    """Yield each provider that sees a transfer, with those it sees by the training left."""
    seen: dict[int, list[tuple[str, Transfer]]] = defaultdict(list)
    for role, placements in by_role.items():
        for each in transfers(placements, has_completed=person.has_completed[role]):
            for provider in each.seen_by:
                seen[provider].append((role, each))
    for provider, found in seen.items():
        yield provider, sorted(found, key=_by_training_left)


def _by_training_left(found: tuple[str, Transfer]) -> tuple[date, int]:
    _, transfer = found
    return transfer.leaving.started_on, transfer.leaving.key


def _item(
    training_record_id: UUID, transfer: Transfer, names: Mapping[int, str], today: date
) -> dict[str, Any]:
    leaving, joining = transfer.leaving, transfer.joining
    return {
        "training_record_id": training_record_id,
        "transfer_type": transfer.transfer_type.value,
        "status": transfer.status(today).value,
        "created_at": leaving.created_at,
        "leaving": _end(transfer.leaving_school_urn, leaving, transfer.left_on, names),
        "joining": joining
        and _end(transfer.joining_school_urn, joining, joining.started_on, names),
    }


def _end(
    school_urn: int | None, training: Training, day: date, names: Mapping[int, str]
) -> dict[str, Any]:
    provider = training.provider_id
    return {
        "school_urn": str(school_urn),
        "provider": None if provider is None else names[provider],
        "date": day,
    }


# -- Facts -----------------------------------------------------------------------------------


def _placements(teacher_ids: Collection[int]) -> dict[int, dict[str, list[Placement]]]:
    """Return by teacher and role the placements of those who have finished training somewhere."""
    candidates = _who_left(teacher_ids)
    if not candidates:
        return {}
    trainings = _trainings(candidates)
    placements: dict[int, dict[str, list[Placement]]] = defaultdict(lambda: defaultdict(list))
    of_role = (
        (TraineeRole.ECT, _ect_placements(list(candidates))),
        (TraineeRole.MENTOR, _mentor_placements(list(candidates))),
    )
    for role, rows in of_role:
        for teacher, key, urn, started_on, finished_on in rows:
            had = trainings.get((role, key), [])
            placements[teacher][role].append(Placement(key, urn, started_on, finished_on, had))
    return placements


_PLACEMENT = ("teacher_id", "pk", "school__gias_school_id", "started_on", "finished_on")


@compiled
def _ect_placements(teachers: list[int]) -> QuerySet[ECTAtSchoolPeriod, tuple[Any, ...]]:
    return ECTAtSchoolPeriod.objects.filter(teacher__any=teachers).values_list(*_PLACEMENT)


@compiled
def _mentor_placements(teachers: list[int]) -> QuerySet[MentorAtSchoolPeriod, tuple[Any, ...]]:
    return MentorAtSchoolPeriod.objects.filter(teacher__any=teachers).values_list(*_PLACEMENT)


def _who_left(teacher_ids: Collection[int]) -> set[int]:
    """Return who has a placement with an end, in which they finished training: one query."""
    return {teacher for (teacher,) in _leavers(list(teacher_ids))}


@compiled
def _leavers(teacher_ids: list[int]) -> QuerySet[TrainingPeriod, tuple[int]]:
    finished = TrainingPeriod.objects.finished().filter(teacher__any=teacher_ids)
    left = finished.filter(
        Q(ect_at_school_period__finished_on__isnull=False)
        | Q(mentor_at_school_period__finished_on__isnull=False)
    )
    return left.values_list("teacher_id")


def _trainings(teacher_ids: Collection[int]) -> dict[tuple[str, int], list[Training]]:
    """Return these people's training by role and the key of the placement."""
    trainings: dict[tuple[str, int], list[Training]] = defaultdict(list)
    rows = _training_rows(list(teacher_ids))
    for role, as_ect, as_mentor, partnership, key, provider, *when in rows:
        confirmed = None if partnership is None else provider
        trainings[role, as_ect or as_mentor].append(Training(key, confirmed, provider, *when))
    return trainings


@compiled
def _training_rows(teacher_ids: list[int]) -> QuerySet[TrainingPeriod, tuple[Any, ...]]:
    return TrainingPeriod.objects.filter(teacher__any=teacher_ids).values_list(
        "trainee_role",
        "ect_at_school_period_id",
        "mentor_at_school_period_id",
        "school_partnership_id",
        "pk",
        "lead_provider_id",
        "started_on",
        "finished_on",
        "created_at",
    )


def _people(teacher_ids: Collection[int]) -> dict[int, _Person]:
    with_outcome = set(
        InductionPeriod.objects.filter(teacher__in=teacher_ids, outcome__isnull=False).values_list(
            "teacher_id", flat=True
        )
    )
    rows = Teacher.objects.filter(pk__in=teacher_ids).values_list(
        "pk",
        "api_id",
        "created_at",
        "api_ect_training_record_id",
        "api_mentor_training_record_id",
        "trs_induction_completed_date",
        "mentor_became_ineligible_for_funding_on",
    )
    return {
        key: _Person(
            api_id,
            created_at,
            record_ids={TraineeRole.ECT: ect_record, TraineeRole.MENTOR: mentor_record},
            has_completed={
                TraineeRole.ECT: key in with_outcome or trs_completed_on is not None,
                TraineeRole.MENTOR: mentor_funding_ended_on is not None,
            },
        )
        for (
            key,
            api_id,
            created_at,
            ect_record,
            mentor_record,
            trs_completed_on,
            mentor_funding_ended_on,
        ) in rows
    }
