"""Moves of participants between schools and providers (spec 02 §2.14)."""

from datetime import date as Day  # noqa: N812 - a field of the same name hides it
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from providers.schemas import base
from providers.schemas.base import Many, One, SchoolUrn, UpdatedAt, public_id
from providers.schemas.enumerations import TransferStatusName, TransferTypeName


class TransferLeaving(BaseModel):
    """The school, and the training, that is left."""

    school_urn: SchoolUrn
    provider: str | None = Field(
        description="The lead provider's name. Null for school-led training.",
        examples=["Harbour Learning"],
    )
    date: Day = Field(description="The last day of training there.", examples=["2026-03-31"])


class TransferJoining(BaseModel):
    """The school, and the training, that is joined."""

    school_urn: SchoolUrn
    provider: str | None = Field(
        description="The lead provider's name. Null for school-led training, and until a"
        " partnership confirms it.",
        examples=["Northgate Teach"],
    )
    date: Day = Field(description="The first day of training there.", examples=["2026-04-20"])


class ParticipantTransfersTransfer(BaseModel):
    """One move."""

    training_record_id: UUID = Field(
        description="The training record of the role that moves.",
        examples=[base.TRAINING_RECORD_ID],
    )
    transfer_type: TransferTypeName
    status: TransferStatusName
    created_at: datetime = Field(
        description="When the training that is left was first recorded.",
        examples=["2025-08-29T11:47:33Z"],
    )
    leaving: TransferLeaving
    joining: TransferJoining | None = Field(description="Null when `transfer_type` is `unknown`.")


class ParticipantTransferAttributes(BaseModel):
    """A participant's moves from or to you."""

    updated_at: UpdatedAt
    transfers: list[ParticipantTransfersTransfer] = Field(
        min_length=1, description="In the order in which the training that is left had started."
    )


class ParticipantTransfer(BaseModel):
    """A participant who has moved, or will move, from or to you."""

    id: UUID = public_id("the participant", base.PARTICIPANT_ID)
    type: Literal["participant-transfer"]
    attributes: ParticipantTransferAttributes


class ParticipantTransfersResponse(One[ParticipantTransfer]):
    """One participant's transfers."""


class ParticipantsTransfersResponse(Many[ParticipantTransfer]):
    """A page of participants with transfers."""
