"""Declarations: what is sent and what is shown (spec 02 §2.15)."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from providers.schemas import base
from providers.schemas.base import CreatedAt, Many, One, UpdatedAt, public_id, type_sent
from providers.schemas.enumerations import (
    CourseName,
    DeclarationStateName,
    DeclarationTypeName,
    EvidenceName,
)
from providers.schemas.errors import ProblemItem


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


class DeclarationResponse(One[Declaration]):
    """One declaration."""


class DeclarationsResponse(Many[Declaration]):
    """A page of declarations."""


class BulkResult(BaseModel):
    """What became of one item."""

    index: int = Field(ge=0, description="The item's place in the list, from 0.", examples=[0])
    client_reference: str | None = Field(
        description="Your reference of the item, if you sent one.", examples=["row 17"]
    )
    status: int = Field(
        description="The status that the item would have had alone: 200 when it was made, 400 when"
        " it could not be read, 422 when it was refused.",
        examples=[200],
    )
    data: Declaration = Field(
        default_factory=Declaration.model_construct,
        description="The declaration. Only with status 200.",
    )
    errors: list[ProblemItem] = Field(
        default_factory=list, description="Why the item was refused. Never with status 200."
    )


class BulkCounts(BaseModel):
    """How many items were made, and how many were not."""

    succeeded: int = Field(ge=0, description="Items that were made.", examples=[1])
    failed: int = Field(ge=0, description="Items that were not.", examples=[1])


class BulkDeclarationsResponse(BaseModel):
    """What became of each item, in the order in which they were sent."""

    data: list[BulkResult]
    meta: BulkCounts


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

    type: Literal["participant-declaration"] = type_sent("participant-declaration")
    attributes: DeclarationToMakeAttributes


class DeclarationCreateRequest(One[DeclarationToMakeData]):
    """Declare that a participant reached a training point."""


class DeclarationInBulk(DeclarationToMakeData):
    """One declaration of a list."""

    client_reference: str = Field(
        default_factory=str,
        max_length=255,
        description="Any text that tells you which of your own rows this is; it comes back.",
        examples=["row 17"],
    )


class BulkDeclarationsRequest(BaseModel):
    """Make many declarations at once."""

    data: list[DeclarationInBulk] = Field(min_length=1, max_length=500)
