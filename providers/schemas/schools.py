"""Schools as one cohort and one provider see them (spec 02 §2.16.4)."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from providers.schemas import base
from providers.schemas.base import CohortYear, CreatedAt, Many, One, SchoolUrn, UpdatedAt, public_id
from providers.schemas.enumerations import ProgrammeChoiceName


class SchoolAttributes(BaseModel):
    """What you see of a school in the cohort that you asked for."""

    name: str = Field(
        description="Its name in the register of schools.", examples=["Larkhill Academy"]
    )
    urn: SchoolUrn
    cohort: CohortYear
    in_partnership: bool = Field(
        description="Whether any lead provider has a partnership with the school in the cohort.",
        examples=[True],
    )
    induction_programme_choice: ProgrammeChoiceName
    expression_of_interest: bool = Field(
        description="Whether the school has ever registered anyone to train with you in the"
        " cohort, confirmed by a partnership or not.",
        examples=[True],
    )
    induction_tutor_name: str | None = Field(
        description="The school's induction tutor. Null unless `expression_of_interest` is true.",
        examples=["Priya Natarajan"],
    )
    induction_tutor_email: str | None = Field(
        description="The induction tutor's email address, or else the school's contact in the"
        " register of schools. Null unless `expression_of_interest` is true.",
        examples=["p.natarajan@larkhill.example"],
    )
    created_at: CreatedAt
    updated_at: UpdatedAt


class School(BaseModel):
    """A school that can have funded training in the cohort, or has a partnership in it."""

    id: UUID = public_id("the school", base.SCHOOL_ID)
    type: Literal["school"]
    attributes: SchoolAttributes


class SchoolResponse(One[School]):
    """One school."""


class SchoolsResponse(Many[School]):
    """A page of schools."""
