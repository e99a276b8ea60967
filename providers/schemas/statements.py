"""Statements: when declarations are cut off and paid (spec 02 §2.16.1)."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from providers.schemas import base
from providers.schemas.base import CohortYear, CreatedAt, Many, One, UpdatedAt, public_id
from providers.schemas.enumerations import MonthName


class StatementAttributes(BaseModel):
    """What you see of a statement."""

    month: MonthName
    year: str = Field(
        pattern="^[0-9]{4}$", description="The calendar year of the month.", examples=["2025"]
    )
    cohort: CohortYear
    cut_off_date: date = Field(
        description="The last day on which declarations can go on this statement.",
        examples=["2025-10-31"],
    )
    payment_date: date = Field(
        description="The day on which it is planned to be paid.", examples=["2025-11-25"]
    )
    paid: bool = Field(description="Whether the payment has been authorised.", examples=[False])
    created_at: CreatedAt
    updated_at: UpdatedAt


class Statement(BaseModel):
    """A month in which declarations of a cohort are paid."""

    id: UUID = public_id("the statement", base.STATEMENT_ID)
    type: Literal["statement"]
    attributes: StatementAttributes


class StatementResponse(One[Statement]):
    """One statement."""


class StatementsResponse(Many[Statement]):
    """A page of statements."""
