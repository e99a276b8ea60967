"""Mentors of a provider's ECTs whom it does not train (spec 02 §2.16.5)."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from providers.schemas import base
from providers.schemas.base import (
    CreatedAt,
    Many,
    One,
    TeacherReferenceNumber,
    UpdatedAt,
    public_id,
)


class UnfundedMentorAttributes(BaseModel):
    """What you see of a mentor whom you do not train."""

    full_name: str = Field(
        description="The name the school corrected, or else the one teaching records hold;"
        " `Unknown` when there is none.",
        examples=["Gareth Mallory"],
    )
    email: str | None = Field(
        description="The email address at the school where they mentor your ECT. Null when the"
        " school gave none.",
        examples=["g.mallory@larkhill.example"],
    )
    teacher_reference_number: TeacherReferenceNumber | None
    created_at: CreatedAt
    updated_at: UpdatedAt


class UnfundedMentor(BaseModel):
    """A mentor of one of your ECTs who has never trained as a mentor with you."""

    id: UUID = public_id("the mentor: the `mentor_id` of the ECT's enrolment", base.MENTOR_ID)
    type: Literal["unfunded-mentor"]
    attributes: UnfundedMentorAttributes


class UnfundedMentorResponse(One[UnfundedMentor]):
    """One unfunded mentor."""


class UnfundedMentorsResponse(Many[UnfundedMentor]):
    """A page of unfunded mentors."""
