"""Declarations: a provider's own, and live ones of others for its participants.

Source: spec 02 §2.12 and §2.15, spec 03 §3.11.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, QuerySet

from register_ects import clock
from register_ects.database.compiled import compiled
from register_ects.models import Declaration, TrainingPeriod
from register_ects.projections.shown import Shown
from register_ects.projections.visibility import Pair, resolvable_mentors
from register_ects.rules.declaration_states import is_live, is_within_training, state
from register_ects.rules.declarations import COURSES
from register_ects.rules.enumerations import PaymentStatus

_COURSE_OF_ROLE = {str(role): course for course, role in COURSES.items()}
#: Where the facts come from that are not columns of the declaration itself.
_ELSEWHERE = {
    "participant_id": F("teacher__api_id"),
    "lead_provider_name": F("lead_provider__name"),
    "delivery_partner_id": F("delivery_partner_when_created__api_id"),
    "payment_statement_api_id": F("payment_statement__api_id"),
    "clawback_statement_api_id": F("clawback_statement__api_id"),
    "mentor_key": F("mentorship_period__mentor_teacher"),
    "mentor_api_id": F("mentorship_period__mentor_teacher__api_id"),
}


class _Facts(NamedTuple):
    """A declaration and what is printed of the records it points to; keys end in ``_id``."""

    pk: int
    api_id: UUID
    created_at: datetime
    teacher_id: int
    trainee_role: str
    lead_provider_id: int
    contract_period_id: int
    declaration_type: str
    declaration_date: datetime
    payment_status: str
    clawback_status: str
    pupil_premium_uplift: bool
    sparsity_uplift: bool
    evidence_type: str | None
    participant_id: UUID
    lead_provider_name: str
    delivery_partner_id: UUID
    payment_statement_api_id: UUID | None
    clawback_statement_api_id: UUID | None
    mentor_key: int | None
    mentor_api_id: UUID | None

    @property
    def is_live(self) -> bool:
        """Whether it holds the slot of its type."""
        return is_live(self.payment_status, self.clawback_status)

    @property
    def person_in_role(self) -> tuple[int, str]:
        """Return whose declaration it is."""
        return self.teacher_id, self.trainee_role


def render(record_ids: Collection[int]) -> list[Shown]:
    """Return what each provider is shown of these declarations, in five queries at most."""
    found = _facts(record_ids)
    views = list(_views(found))
    pairs = {(reader, each.mentor_key) for reader, each in views if each.mentor_key is not None}
    resolvable = resolvable_mentors(pairs)
    attributes = {each.pk: _attributes(each) for each in found}
    return [_shown(reader, each, attributes[each.pk], resolvable) for reader, each in views]


def _views(found: Collection[_Facts]) -> Iterator[tuple[int, _Facts]]:
    """Yield each provider that may read a declaration, with it: its own provider first.

    Another provider reads it while it is live, if it trains or trained the person in the role,
    and unless it is dated after the last day of its latest training (spec 03 §3.11).
    """
    last_days = _last_days_of_training({each.teacher_id for each in found if each.is_live})
    for each in found:
        yield each.lead_provider_id, each
        others = last_days.get(each.person_in_role, {}) if each.is_live else {}
        if not others.keys() - {each.lead_provider_id}:
            continue
        declared_on = clock.london_date(each.declaration_date)
        for reader, last_day in others.items():
            if reader != each.lead_provider_id and is_within_training(declared_on, last_day):
                yield reader, each


def _shown(
    reader: int, each: _Facts, attributes: dict[str, Any], resolvable: Collection[Pair]
) -> Shown:
    mentor = each.mentor_key
    if mentor is not None and (reader, mentor) in resolvable:
        attributes = {**attributes, "mentor_id": each.mentor_api_id}
    return Shown(
        lead_provider_id=reader,
        record_id=each.pk,
        api_id=each.api_id,
        created_at=each.created_at,
        attributes=attributes,
        years=(each.contract_period_id,),
        participant_id=each.participant_id,
        delivery_partner_id=each.delivery_partner_id,
    )


def _attributes(each: _Facts) -> dict[str, Any]:
    """Return what every provider that may read a declaration is shown; no mentor as yet."""
    has_uplift = each.pupil_premium_uplift or each.sparsity_uplift
    is_voided = each.payment_status == PaymentStatus.VOIDED
    return {
        "participant_id": each.participant_id,
        "declaration_type": each.declaration_type,
        "course_identifier": _COURSE_OF_ROLE[each.trainee_role],
        "declaration_date": each.declaration_date,
        "mentor_id": None,
        "state": state(each.payment_status, each.clawback_status),
        "created_at": each.created_at,
        "delivery_partner_id": each.delivery_partner_id,
        "statement_id": None if is_voided else each.payment_statement_api_id,
        "clawback_statement_id": each.clawback_statement_api_id,
        "ineligible_for_funding_reason": None,
        "uplift_paid": each.payment_status == PaymentStatus.PAID and has_uplift,
        "evidence_held": each.evidence_type,
        "lead_provider_name": each.lead_provider_name,
    }


# -- Facts -----------------------------------------------------------------------------------


def _facts(record_ids: Collection[int]) -> list[_Facts]:
    return [_Facts._make(row) for row in _rows(list(record_ids))] if record_ids else []


@compiled
def _rows(record_ids: list[int]) -> QuerySet[Declaration, tuple[Any, ...]]:
    return (
        Declaration.objects.filter(pk__any=record_ids)
        .annotate(**_ELSEWHERE)
        .values_list(*_Facts._fields)
        .order_by("pk")
    )


def _last_days_of_training(
    teacher_ids: Collection[int],
) -> Mapping[tuple[int, str], dict[int, date | None]]:
    """Return by person and role the last day of each provider's latest training, None if open."""
    last_days: dict[tuple[int, str], dict[int, date | None]] = defaultdict(dict)
    if not teacher_ids:
        return last_days
    for teacher, role, provider, finished_on in _latest_trainings(list(teacher_ids)):
        last_days[teacher, role][provider] = finished_on
    return last_days


@compiled
def _latest_trainings(
    teacher_ids: list[int],
) -> QuerySet[TrainingPeriod, tuple[int, str, int, date | None]]:
    return TrainingPeriod.objects.latest_with_each_provider(teacher_ids).values_list(
        "teacher_id", "trainee_role", "lead_provider_id", "finished_on"
    )
