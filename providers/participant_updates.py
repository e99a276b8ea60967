"""When what a provider sees of a participant last changed, as far as live rows can tell."""

from typing import Any

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
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

    Derived from the rows themselves: the person, the provider's latest training with its
    placement, partnership and school, ECT placements, inductions, mentorships, uplifts and id
    changes. It therefore also moves for changes of those rows that are not shown, and misses
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
    shown = TrainingPeriod.objects.shown_to(lead_provider).filter(teacher=OuterRef("pk"))
    return Subquery(
        shown.order_by().values("teacher").annotate(last=Max(changed_at)).values("last")
    )


def _uplifts(lead_provider: LeadProvider) -> Subquery:
    eligibility = "school__gias_school__funding_eligibility"
    shown = TrainingPeriod.objects.shown_to(lead_provider).filter(
        teacher=OuterRef("pk"),
        contract_period__uplift_fees_enabled=True,
        **{f"{eligibility}__contract_period": F("contract_period")},
    )
    changed_at = Max(f"{eligibility}__updated_at")
    return Subquery(shown.order_by().values("teacher").annotate(last=changed_at).values("last"))


def _latest(rows: QuerySet[Any], *, by: str) -> Subquery:
    return Subquery(rows.order_by().values(by).annotate(last=Max("updated_at")).values("last"))
