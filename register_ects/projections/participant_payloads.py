"""What one participant looks like on the wire: facts in, attributes out. Pure.

Source: spec 02 §2.13.1, spec 03 §2.3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from register_ects.rules import training as rules
from register_ects.rules.enumerations import TraineeRole
from register_ects.rules.instants import LONDON
from register_ects.rules.names import display_name


@dataclass(frozen=True)
class PersonFacts:
    """The teacher: one record, whatever the role. Dates are inclusive; ``_at`` are instants."""

    api_id: UUID
    created_at: datetime
    api_ect_training_record_id: UUID
    api_mentor_training_record_id: UUID
    trn: str | None
    corrected_name: str | None
    trs_first_name: str | None
    trs_last_name: str | None
    trs_induction_start_date: date | None
    trs_induction_completed_date: date | None
    ect_first_became_eligible_for_training_at: datetime | None
    mentor_first_became_eligible_for_training_at: datetime | None
    ect_became_ineligible_for_funding_on: date | None
    mentor_became_ineligible_for_funding_on: date | None
    mentor_became_ineligible_for_funding_reason: str | None
    ect_payments_frozen_year_id: int | None
    mentor_payments_frozen_year_id: int | None


@dataclass(frozen=True)
class EnrolmentFacts:
    """The provider's latest training of one role, with what its school and placement say."""

    trainee_role: str
    started_on: date
    finished_on: date | None
    withdrawn_at: datetime | None
    withdrawal_reason: str | None
    deferred_at: datetime | None
    deferral_reason: str | None
    schedule_identifier: str
    contract_year: int
    delivery_partner_id: UUID
    school_urn: int
    email: str | None
    pupil_premium_uplift: bool
    sparsity_uplift: bool
    first_placed_at: datetime
    working_pattern: str | None = None
    mentor_id: UUID | None = None


@dataclass(frozen=True)
class Induction:
    """One induction period; ``outcome`` is None for an open one and for a release."""

    started_on: date
    finished_on: date | None
    outcome: str | None


@dataclass(frozen=True)
class IdChange:
    """A participant id that was retired when two records were merged."""

    from_participant_id: UUID
    to_participant_id: UUID
    changed_at: datetime


def participant_attributes(
    person: PersonFacts,
    enrolments: Sequence[EnrolmentFacts],
    *,
    inductions: Sequence[Induction],
    id_changes: Sequence[IdChange],
    today: date,
) -> dict[str, Any]:
    """Return a participant's attributes, without ``updated_at``.

    The ECT enrolment comes first; id changes and inductions are given in order of time.
    """
    in_order = sorted(enrolments, key=lambda each: each.trainee_role != TraineeRole.ECT)
    return {
        "full_name": display_name(
            person.corrected_name, person.trs_first_name, person.trs_last_name
        ),
        "teacher_reference_number": person.trn,
        "ecf_enrolments": [_enrolment(person, each, inductions, today=today) for each in in_order],
        "participant_id_changes": [
            {
                "from_participant_id": change.from_participant_id,
                "to_participant_id": change.to_participant_id,
                "changed_at": change.changed_at,
            }
            for change in id_changes
        ],
    }


def _enrolment(
    person: PersonFacts,
    facts: EnrolmentFacts,
    inductions: Sequence[Induction],
    *,
    today: date,
) -> dict[str, Any]:
    is_ect = facts.trainee_role == TraineeRole.ECT
    status = rules.training_status(withdrawn_at=facts.withdrawn_at, deferred_at=facts.deferred_at)
    completed_on = (
        _induction_end(person, inductions)
        if is_ect
        else person.mentor_became_ineligible_for_funding_on
    )
    return {
        "training_record_id": (
            person.api_ect_training_record_id if is_ect else person.api_mentor_training_record_id
        ),
        "email": facts.email,
        "mentor_id": facts.mentor_id if is_ect else None,
        "school_urn": str(facts.school_urn),
        "participant_type": facts.trainee_role,
        "cohort": str(facts.contract_year),
        "training_status": status,
        "participant_status": rules.participant_status(
            status=status,
            started_on=facts.started_on,
            finished_on=facts.finished_on,
            completed_on=completed_on,
            today=today,
        ),
        "eligible_for_funding": _eligible_for_funding(person, is_ect=is_ect),
        "pupil_premium_uplift": facts.pupil_premium_uplift,
        "sparsity_uplift": facts.sparsity_uplift,
        "schedule_identifier": facts.schedule_identifier,
        "delivery_partner_id": facts.delivery_partner_id,
        "withdrawal": (
            _stop(facts.withdrawal_reason, facts.withdrawn_at) if status == "withdrawn" else None
        ),
        "deferral": (
            _stop(facts.deferral_reason, facts.deferred_at) if status == "deferred" else None
        ),
        "created_at": facts.first_placed_at,
        **_what_ends_funding(person, inductions, is_ect=is_ect),
        "working_pattern": facts.working_pattern if is_ect else None,
    }


def _what_ends_funding(
    person: PersonFacts, inductions: Sequence[Induction], *, is_ect: bool
) -> dict[str, Any]:
    """Return the attributes about induction (ECTs) and the end of funding (mentors)."""
    frozen_year = (
        person.ect_payments_frozen_year_id if is_ect else person.mentor_payments_frozen_year_id
    )
    return {
        "induction_end_date": _induction_end(person, inductions) if is_ect else None,
        "most_recent_induction_period_end_date": (
            inductions[-1].finished_on if is_ect and inductions else None
        ),
        "overall_induction_start_date": _induction_start(person, inductions) if is_ect else None,
        "mentor_funding_end_date": (
            None if is_ect else person.mentor_became_ineligible_for_funding_on
        ),
        "cohort_changed_after_payments_frozen": frozen_year is not None,
        "mentor_ineligible_for_funding_reason": (
            None if is_ect else person.mentor_became_ineligible_for_funding_reason
        ),
    }


def _induction_start(person: PersonFacts, inductions: Sequence[Induction]) -> date | None:
    return inductions[0].started_on if inductions else person.trs_induction_start_date


def _induction_end(person: PersonFacts, inductions: Sequence[Induction]) -> date | None:
    """Return the last day of the latest induction with an outcome, else what TRS says."""
    decided = [each.finished_on for each in inductions if each.outcome]
    return decided[-1] if decided else person.trs_induction_completed_date


def _eligible_for_funding(person: PersonFacts, *, is_ect: bool) -> bool | None:
    first_eligible_at = (
        person.ect_first_became_eligible_for_training_at
        if is_ect
        else person.mentor_first_became_eligible_for_training_at
    )
    return rules.eligible_for_funding(
        first_eligible_on=(
            first_eligible_at.astimezone(LONDON).date() if first_eligible_at else None
        ),
        ineligible_on=(
            person.ect_became_ineligible_for_funding_on
            if is_ect
            else person.mentor_became_ineligible_for_funding_on
        ),
    )


def _stop(reason: str | None, moment: datetime | None) -> dict[str, Any]:
    return {"reason": (reason or "").replace("_", "-"), "date": moment}
