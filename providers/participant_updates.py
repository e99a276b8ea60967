"""When what a provider sees of a participant last changed, as far as live rows can tell."""

from typing import Any

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest

from register_ects.models import (
    ECTAtSchoolPeriod,
    InductionPeriod,
    LeadProvider,
    MentorshipPeriod,
    Teacher,
    TeacherIdChange,
    TrainingPeriod,
)


def with_shown_updated_at(
    people: QuerySet[Teacher], lead_provider: LeadProvider
) -> QuerySet[Teacher]:
    """Add ``shown_updated_at``: the latest change of any row that a payload is built from.

    Derived from the rows themselves: the person, the training with the provider with its
    placements, partnerships and schools, ECT placements, inductions, mentorships, uplifts and
    id changes. It therefore also moves for changes of those rows that are not shown, and misses
    deletions and what only the calendar changes. The stored projection of payloads, which moves
    if and only if the payload does, replaces it (spec 00 "updated_at").
    """
    return people.annotate(
        shown_updated_at=Greatest(
            F("updated_at"),
            _training(lead_provider),
            _latest(ECTAtSchoolPeriod.objects.filter(teacher=OuterRef("pk")), by="teacher"),
            _latest(InductionPeriod.objects.filter(teacher=OuterRef("pk")), by="teacher"),
            _latest(MentorshipPeriod.objects.filter(ect_teacher=OuterRef("pk")), by="ect_teacher"),
            _latest(TeacherIdChange.objects.filter(teacher=OuterRef("pk")), by="teacher"),
            _uplifts(lead_provider),
        )
    )


def _training(lead_provider: LeadProvider) -> Subquery:
    changed_at = Greatest(
        "updated_at",
        "ect_at_school_period__updated_at",
        "mentor_at_school_period__updated_at",
        "school_partnership__updated_at",
        "school__updated_at",
    )
    return _latest(_confirmed(lead_provider), by="teacher", changed_at=changed_at)


def _uplifts(lead_provider: LeadProvider) -> Subquery:
    eligibility = "school__gias_school__funding_eligibility"
    paying = _confirmed(lead_provider).filter(
        contract_period__uplift_fees_enabled=True,
        **{f"{eligibility}__contract_period": F("contract_period")},
    )
    return _latest(paying, by="teacher", changed_at=F(f"{eligibility}__updated_at"))


def _confirmed(lead_provider: LeadProvider) -> QuerySet[TrainingPeriod]:
    return TrainingPeriod.objects.confirmed().filter(
        lead_provider=lead_provider, teacher=OuterRef("pk")
    )


def _latest(rows: QuerySet[Any], *, by: str, changed_at: Combinable | None = None) -> Subquery:
    last = Max(changed_at if changed_at is not None else F("updated_at"))
    return Subquery(rows.order_by().values(by).annotate(last=last).values("last"))
