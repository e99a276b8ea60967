"""Partnerships with schools: what is sent and what is shown (spec 02 §2.16.3)."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from providers.schemas import base
from providers.schemas.base import (
    CohortYear,
    CreatedAt,
    Many,
    One,
    SchoolUrn,
    UpdatedAt,
    public_id,
    type_sent,
)


class PartnershipAttributes(BaseModel):
    """What you see of a partnership."""

    cohort: CohortYear
    urn: SchoolUrn
    school_id: UUID = public_id("the school", base.SCHOOL_ID)
    delivery_partner_id: UUID = public_id("the delivery partner", base.DELIVERY_PARTNER_ID)
    delivery_partner_name: str = Field(
        description="The delivery partner's name.", examples=["Tidewater Teaching School Hub"]
    )
    induction_tutor_name: str | None = Field(
        description="The school's induction tutor. Null when it has named none.",
        examples=["Priya Natarajan"],
    )
    induction_tutor_email: str | None = Field(
        description="The induction tutor's email address, or else the school's contact in the"
        " register of schools. Null when neither is known.",
        examples=["p.natarajan@larkhill.example"],
    )
    participants_currently_training: int = Field(
        ge=0,
        description="How many ECTs and mentors train in this partnership today. Someone whose"
        " training ends today counts until tomorrow.",
        examples=[3],
    )
    created_at: CreatedAt
    updated_at: UpdatedAt


class Partnership(BaseModel):
    """Your agreement with a school to train its ECTs and mentors in a cohort."""

    id: UUID = public_id("the partnership", base.PARTNERSHIP_ID)
    type: Literal["partnership"]
    attributes: PartnershipAttributes


class PartnershipResponse(One[Partnership]):
    """One partnership."""


class PartnershipsResponse(Many[Partnership]):
    """A page of partnerships."""


# -- What is sent ----------------------------------------------------------------------------


class PartnershipToCreateAttributes(BaseModel):
    """With whom, in which cohort."""

    cohort: CohortYear
    school_id: UUID = public_id("the school", base.SCHOOL_ID)
    delivery_partner_id: UUID = public_id(
        "the delivery partner, with which you have an agreement for the cohort",
        base.DELIVERY_PARTNER_ID,
    )


class PartnershipToCreateData(BaseModel):
    """The envelope's content."""

    type: Literal["partnership"] = type_sent("partnership")
    attributes: PartnershipToCreateAttributes


class PartnershipCreateRequest(One[PartnershipToCreateData]):
    """Begin a partnership with a school."""


class PartnershipToUpdateAttributes(BaseModel):
    """The delivery partner that it should have been."""

    delivery_partner_id: UUID = public_id(
        "the delivery partner, with which you have an agreement for the partnership's cohort",
        base.DELIVERY_PARTNER_ID,
    )


class PartnershipToUpdateData(BaseModel):
    """The envelope's content."""

    type: Literal["partnership"] = type_sent("partnership")
    attributes: PartnershipToUpdateAttributes


class PartnershipUpdateRequest(One[PartnershipToUpdateData]):
    """Correct a partnership's delivery partner."""
