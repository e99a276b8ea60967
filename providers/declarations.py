"""Declarations as lead providers see them (spec 02 §2.15)."""

from collections.abc import Sequence
from typing import Any

from providers.visibility import resolvable_mentors
from register_ects.models import Declaration, LeadProvider
from register_ects.rules.declarations import COURSES
from register_ects.rules.enumerations import PaymentStatus

COURSE_OF_ROLE: dict[str, str] = {role: course for course, role in COURSES.items()}
#: Everything that a payload is built from, fetched with the declarations.
RELATED = (
    "teacher",
    "lead_provider",
    "delivery_partner_when_created",
    "payment_statement",
    "clawback_statement",
    "mentorship_period__mentor_teacher",
)


def render_declarations(
    lead_provider: LeadProvider, declarations: Sequence[Declaration]
) -> list[dict[str, Any]]:
    """Return the payloads of declarations fetched with RELATED, in two more queries."""
    mentors = {
        each.mentorship_period.mentor_teacher_id for each in declarations if each.mentorship_period
    }
    resolvable = resolvable_mentors(lead_provider, mentors)
    return [_payload(each, resolvable) for each in declarations]


def _payload(declaration: Declaration, resolvable_mentors: set[int]) -> dict[str, Any]:
    is_voided = declaration.payment_status == PaymentStatus.VOIDED
    payment = None if is_voided else declaration.payment_statement
    clawback = declaration.clawback_statement
    is_paid = declaration.payment_status == PaymentStatus.PAID
    return {
        "id": declaration.api_id,
        "type": "participant-declaration",
        "attributes": {
            "participant_id": declaration.teacher.api_id,
            "declaration_type": declaration.declaration_type,
            "course_identifier": COURSE_OF_ROLE[declaration.trainee_role],
            "declaration_date": declaration.declaration_date,
            "mentor_id": _mentor_id(declaration, resolvable_mentors),
            "state": declaration.state,
            "updated_at": declaration.updated_at,
            "created_at": declaration.created_at,
            "delivery_partner_id": declaration.delivery_partner_when_created.api_id,
            "statement_id": payment.api_id if payment else None,
            "clawback_statement_id": clawback.api_id if clawback else None,
            "ineligible_for_funding_reason": None,
            "uplift_paid": is_paid and declaration.has_uplift,
            "evidence_held": declaration.evidence_type,
            "lead_provider_name": declaration.lead_provider.name,
        },
    }


def _mentor_id(declaration: Declaration, resolvable_mentors: set[int]) -> object:
    mentorship = declaration.mentorship_period
    if mentorship is None or mentorship.mentor_teacher_id not in resolvable_mentors:
        return None
    return mentorship.mentor_teacher.api_id
