"""Participants as lead providers see them: which ones, in what order, and their payloads.

A page costs a constant number of queries: one finds its people, the rest fetch what their
payloads are built from. Source: spec 02 §2.12 and §2.13.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from providers.parameters import Page, Value, single, years
from providers.participant_payloads import (
    EnrolmentFacts,
    IdChange,
    Induction,
    PersonFacts,
    participant_payload,
)
from providers.participant_updates import with_shown_updated_at
from providers.visibility import (
    current_or_next_mentorships,
    resolvable_mentors,
    visible_participants,
)
from register_ects import clock
from register_ects.models import (
    ECTAtSchoolPeriod,
    InductionPeriod,
    LeadProvider,
    MentorAtSchoolPeriod,
    SchoolFundingEligibility,
    Teacher,
    TeacherIdChange,
    TrainingPeriod,
)
from register_ects.rules.enumerations import TraineeRole
from register_ects.rules.identifiers import uuid_text

#: What ``training_status`` means in stored terms: the later stop wins, withdrawn on a tie.
_WITH_STATUS = {
    "active": Q(withdrawn_at=None, deferred_at=None),
    "withdrawn": Q(withdrawn_at__isnull=False)
    & (Q(deferred_at=None) | Q(withdrawn_at__gte=F("deferred_at"))),
    "deferred": Q(deferred_at__isnull=False)
    & (Q(withdrawn_at=None) | Q(withdrawn_at__lt=F("deferred_at"))),
}
_PERSON = [field.name for field in fields(PersonFacts)]


def participants_page(
    lead_provider: LeadProvider,
    *,
    filters: Mapping[str, Value],
    updated_since: datetime | None,
    ordering: Sequence[str],
    page: Page,
) -> list[int]:
    """Return the keys of the people on one page, in order. One query.

    ``updated_since`` is inclusive; ``ordering`` may use ``created_at`` and ``shown_updated_at``.
    """
    people = visible_participants(lead_provider)
    for condition in _conditions(lead_provider, filters):
        people = people.filter(condition)
    if updated_since is not None or any("shown_updated_at" in key for key in ordering):
        people = with_shown_updated_at(people, lead_provider)
    if updated_since is not None:
        people = people.filter(Q(shown_updated_at__gte=updated_since))
    rows = people.order_by(*ordering).values_list("pk", flat=True)
    return list(rows[page.offset : page.offset + page.size])


def visible_participant(lead_provider: LeadProvider, api_id: str | None) -> int | None:
    """Return the key of one participant that the provider may see, else None."""
    if api_id is None:
        return None
    found = visible_participants(lead_provider).filter(api_id=api_id)
    return found.values_list("pk", flat=True).first()


def render_participants(
    lead_provider: LeadProvider, teacher_ids: Sequence[int]
) -> list[dict[str, Any]]:
    """Return the payloads of people that the provider sees, in the order of their keys.

    The number of queries does not depend on how many people there are.
    """
    if not teacher_ids:
        return []
    facts = _Facts.gather(lead_provider, teacher_ids)
    today = clock.today()
    return [
        participant_payload(
            facts.people[key],
            facts.enrolments[key],
            inductions=facts.inductions[key],
            id_changes=facts.id_changes[key],
            today=today,
        )
        for key in teacher_ids
    ]


def _conditions(lead_provider: LeadProvider, filters: Mapping[str, Value]) -> list[Q]:
    """Return what the filters ask of a person; either enrolment shown may match each."""
    conditions = []
    shown = TrainingPeriod.objects.shown_to(lead_provider)
    cohorts, status = years(filters), single(filters, "training_status")
    retired_id = single(filters, "from_participant_id")
    if cohorts is not None:
        conditions.append(_trained(shown.filter(contract_period__in=cohorts)))
    if status is not None:
        wanted = _WITH_STATUS.get(status)
        conditions.append(_trained(shown.filter(wanted) if wanted else shown.none()))
    if retired_id is not None:
        conditions.append(_replaced(uuid_text(retired_id)))
    return conditions


def _replaced(retired_id: str | None) -> Q:
    if retired_id is None:
        return Q(pk__in=[])
    changes = TeacherIdChange.objects.filter(from_teacher__api_id=retired_id)
    return Q(pk__in=changes.values("teacher"))


def _trained(training: QuerySet[TrainingPeriod]) -> Q:
    return Q(pk__in=training.values("teacher"))


@dataclass(frozen=True)
class _Facts:
    """Everything that a page of payloads is built from, by the person's key."""

    people: Mapping[int, PersonFacts]
    enrolments: Mapping[int, list[EnrolmentFacts]]
    inductions: Mapping[int, list[Induction]]
    id_changes: Mapping[int, list[IdChange]]

    @classmethod
    def gather(cls, lead_provider: LeadProvider, teacher_ids: Collection[int]) -> "_Facts":
        """Fetch the facts about these people, a query for each kind."""
        return cls(
            people=_people(lead_provider, teacher_ids),
            enrolments=_enrolments(lead_provider, teacher_ids),
            inductions=_inductions(teacher_ids),
            id_changes=_id_changes(teacher_ids),
        )


def _people(lead_provider: LeadProvider, teacher_ids: Collection[int]) -> dict[int, PersonFacts]:
    people = with_shown_updated_at(Teacher.objects.filter(pk__in=teacher_ids), lead_provider)
    rows: Iterable[Any] = people.values_list("pk", *_PERSON)
    return {key: PersonFacts(*row) for key, *row in rows}


def _enrolments(
    lead_provider: LeadProvider, teacher_ids: Collection[int]
) -> dict[int, list[EnrolmentFacts]]:
    trainings = list(_training_rows(lead_provider, teacher_ids))
    mentors = _mentor_ids(lead_provider, [row["ect_at_school_period_id"] for row in trainings])
    uplifts = _uplifts({(row["school_urn"], row["contract_year"]) for row in trainings})
    placements: Mapping[str, Mapping[int, tuple[datetime, str | None]]] = {
        TraineeRole.ECT: _ect_placements(teacher_ids),
        TraineeRole.MENTOR: _mentor_placements(teacher_ids),
    }
    enrolments = defaultdict(list)
    for row in trainings:
        teacher, placement = row.pop("teacher_id"), row.pop("ect_at_school_period_id")
        uplift = uplifts.get((row["school_urn"], row["contract_year"]), (False, False))
        has_uplifts = row.pop("uplift_fees_enabled")
        first_placed_at, working_pattern = placements[row["trainee_role"]][teacher]
        enrolments[teacher].append(
            EnrolmentFacts(
                **row,
                pupil_premium_uplift=has_uplifts and uplift[0],
                sparsity_uplift=has_uplifts and uplift[1],
                first_placed_at=first_placed_at,
                working_pattern=working_pattern,
                mentor_id=mentors.get(placement),
            )
        )
    return enrolments


def _training_rows(
    lead_provider: LeadProvider, teacher_ids: Collection[int]
) -> "Iterable[dict[str, Any]]":
    pairing = "school_partnership__lead_provider_delivery_partnership"
    return TrainingPeriod.objects.shown_to(lead_provider, teachers=teacher_ids).values(
        "teacher_id",
        "ect_at_school_period_id",
        "trainee_role",
        "started_on",
        "finished_on",
        "withdrawn_at",
        "withdrawal_reason",
        "deferred_at",
        "deferral_reason",
        schedule_identifier=F("schedule__identifier"),
        contract_year=F("contract_period_id"),
        uplift_fees_enabled=F("contract_period__uplift_fees_enabled"),
        delivery_partner_id=F(f"{pairing}__delivery_partner__api_id"),
        school_urn=F("school__gias_school_id"),
        email=Coalesce("ect_at_school_period__email", "mentor_at_school_period__email"),
    )


def _mentor_ids(lead_provider: LeadProvider, placements: Collection[int | None]) -> dict[int, UUID]:
    """Return the mentor's public id, now or next, for each ECT placement that shows one."""
    mentorships = list(
        current_or_next_mentorships()
        .filter(ect_at_school_period__in=[key for key in placements if key is not None])
        .values_list("ect_at_school_period", "mentor_teacher", "mentor_teacher__api_id")
    )
    shown = resolvable_mentors(lead_provider, {mentor for _, mentor, _ in mentorships})
    return {placement: api_id for placement, mentor, api_id in mentorships if mentor in shown}


def _uplifts(
    schools_and_years: Collection[tuple[int, int]],
) -> dict[tuple[int, int], tuple[bool, bool]]:
    """Return pupil premium and sparsity uplift by school URN and contract year."""
    rows = SchoolFundingEligibility.objects.filter(
        gias_school__in={urn for urn, _ in schools_and_years},
        contract_period__in={year for _, year in schools_and_years},
    ).values_list("gias_school_id", "contract_period_id", "pupil_premium_uplift", "sparsity_uplift")
    return {(urn, year): (premium, sparsity) for urn, year, premium, sparsity in rows}


def _ect_placements(teacher_ids: Collection[int]) -> dict[int, tuple[datetime, str | None]]:
    """Return when the earliest ECT placement was recorded, and the latest's working pattern."""
    rows = ECTAtSchoolPeriod.objects.filter(teacher__in=teacher_ids).earliest_first()
    first_at: dict[int, datetime] = {}
    placements: dict[int, tuple[datetime, str | None]] = {}
    for teacher, created_at, pattern in rows.values_list(
        "teacher_id", "created_at", "working_pattern"
    ):
        placements[teacher] = (first_at.setdefault(teacher, created_at), pattern)
    return placements


def _mentor_placements(teacher_ids: Collection[int]) -> dict[int, tuple[datetime, None]]:
    """Return when the earliest mentor placement was recorded."""
    rows = MentorAtSchoolPeriod.objects.filter(teacher__in=teacher_ids).order_by(
        "teacher", "started_on", "pk"
    )
    earliest = rows.distinct("teacher").values_list("teacher_id", "created_at")
    return {teacher: (created_at, None) for teacher, created_at in earliest}


def _inductions(teacher_ids: Collection[int]) -> dict[int, list[Induction]]:
    inductions = defaultdict(list)
    rows = InductionPeriod.objects.filter(teacher__in=teacher_ids).earliest_first()
    for teacher, *row in rows.values_list("teacher_id", "started_on", "finished_on", "outcome"):
        inductions[teacher].append(Induction(*row))
    return inductions


def _id_changes(teacher_ids: Collection[int]) -> dict[int, list[IdChange]]:
    changes = defaultdict(list)
    in_order = TeacherIdChange.objects.order_by("created_at", "pk")
    rows: Iterable[Any] = in_order.filter(teacher__in=teacher_ids).values_list(
        "teacher_id", "from_teacher_id", "to_teacher_id", "created_at"
    )
    for teacher, *row in rows:
        changes[teacher].append(IdChange(*row))
    return changes
