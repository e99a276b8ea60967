"""Declarations: what is sent and what is shown (spec 02 §2.15)."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from providers.schemas import base
from providers.schemas.base import CreatedAt, OptionalMeta, UpdatedAt, public_id
from providers.schemas.enumerations import (
    CourseName,
    DeclarationStateName,
    DeclarationTypeName,
    EvidenceName,
)


class DeclarationAttributes(BaseModel):
    """What you see of a declaration."""

    participant_id: UUID = public_id("the participant", base.PARTICIPANT_ID)
    declaration_type: DeclarationTypeName
    course_identifier: CourseName
    declaration_date: datetime = Field(
        description="When the training point was reached, in UTC.",
        examples=["2025-10-03T09:30:00Z"],
    )
    mentor_id: UUID | None = Field(
        description="For an ECT, the participant id of the mentor they had at the time; null when"
        " they had none or you cannot look the mentor up. Null for mentors.",
        examples=[base.MENTOR_ID],
    )
    state: DeclarationStateName
    updated_at: UpdatedAt
    created_at: CreatedAt
    delivery_partner_id: UUID = public_id(
        "the delivery partner when the declaration was made, which never changes",
        base.DELIVERY_PARTNER_ID,
    )
    statement_id: UUID | None = Field(
        description="The statement that pays the declaration. Null while it is `submitted` and"
        " once it is `voided`.",
        examples=[base.STATEMENT_ID],
    )
    clawback_statement_id: UUID | None = Field(
        description="The statement that takes the payment back. Null unless there is a clawback.",
        examples=[None],
    )
    ineligible_for_funding_reason: str | None = Field(
        description="Always null; kept for clients that read it.", examples=[None]
    )
    uplift_paid: bool = Field(
        description="Whether an uplift was paid with the declaration. Stays true after a clawback.",
        examples=[False],
    )
    evidence_held: EvidenceName | None = Field(description="Null when no evidence was asked for.")
    lead_provider_name: str = Field(
        description="Who declared: you, or the provider that trained your participant before.",
        examples=["Harbour Learning"],
    )


class Declaration(BaseModel):
    """A claim that a participant reached a training point."""

    id: UUID = public_id("the declaration", base.DECLARATION_ID)
    type: Literal["participant-declaration"]
    attributes: DeclarationAttributes


class DeclarationResponse(BaseModel):
    """One declaration."""

    data: Declaration


class DeclarationsResponse(BaseModel):
    """A page of declarations."""

    data: list[Declaration]
    meta: OptionalMeta


# -- What is sent ----------------------------------------------------------------------------


class DeclarationToMakeAttributes(BaseModel):
    """What is declared."""

    participant_id: UUID = public_id("the participant", base.PARTICIPANT_ID)
    declaration_type: DeclarationTypeName
    declaration_date: str = Field(
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}"
        r"([.,][0-9]+)?([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)?$",
        description="When the training point was reached: an RFC 3339 date and time, not in the"
        " future. Without a zone it is London time. The first and the last day of the milestone"
        " count in full, by London time.",
        examples=["2025-10-03T10:30:00+01:00"],
    )
    course_identifier: CourseName
    evidence_held: EvidenceName = Field(
        default_factory=str,
        description="Required for every type from the 2025 cohort; before that for every type but"
        " `started`, where a value is accepted and not kept.",
    )


class DeclarationToMakeData(BaseModel):
    """The envelope's content."""

    type: Literal["participant-declaration"] = Field(
        default="participant-declaration", description="Not checked."
    )
    attributes: DeclarationToMakeAttributes


class DeclarationRequest(BaseModel):
    """Declare that a participant reached a training point."""

    data: DeclarationToMakeData
