"""The change feed (spec 02 §2.22.6)."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from providers.schemas import base
from providers.schemas.base import CohortYear, Many
from providers.schemas.enumerations import ChangeKindName, ResourceTypeName


class ChangeAttributes(BaseModel):
    """What happened to which resource."""

    sequence: int = Field(
        ge=1,
        description="The change's place in the feed. Go on with `after` set to the last you have.",
        examples=[48213],
    )
    occurred_at: datetime = Field(
        description="When it happened.", examples=["2026-01-06T09:15:27Z"]
    )
    resource_type: ResourceTypeName
    resource_id: UUID = Field(description="The id of the resource.", examples=[base.PARTICIPANT_ID])
    cohort: CohortYear | None = Field(
        description="The cohort in which a school changed. Null for all cohorts, and for every"
        " other kind of resource."
    )
    change: ChangeKindName
    changed_fields: list[str] = Field(
        description="The attributes that changed. Empty unless `change` is `updated`.",
        examples=[["ecf_enrolments"]],
    )
    replaced_by: UUID | None = Field(
        description="Who took over a participant whose record was merged into another. Otherwise"
        " null.",
        examples=[None],
    )


class Change(BaseModel):
    """One entry of the change feed."""

    id: str = Field(description="The sequence number as text.", examples=["48213"])
    type: Literal["change"]
    attributes: ChangeAttributes


class ChangesResponse(Many[Change]):
    """A page of the change feed."""
