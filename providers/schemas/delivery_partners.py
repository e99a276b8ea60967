"""Delivery partners that a provider works with (spec 02 §2.16.2)."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from providers.schemas import base
from providers.schemas.base import CohortYear, CreatedAt, Many, One, UpdatedAt, public_id


class DeliveryPartnerAttributes(BaseModel):
    """What you see of a delivery partner."""

    name: str = Field(description="Its name.", examples=["Tidewater Teaching School Hub"])
    cohort: list[CohortYear] = Field(
        description="Every cohort in which you have an agreement with it, earliest first.",
        examples=[["2024", "2025", "2026"]],
    )
    created_at: CreatedAt
    updated_at: UpdatedAt


class DeliveryPartner(BaseModel):
    """An organisation that delivers training for you."""

    id: UUID = public_id("the delivery partner", base.DELIVERY_PARTNER_ID)
    type: Literal["delivery-partner"]
    attributes: DeliveryPartnerAttributes


class DeliveryPartnerResponse(One[DeliveryPartner]):
    """One delivery partner."""


class DeliveryPartnersResponse(Many[DeliveryPartner]):
    """A page of delivery partners."""
