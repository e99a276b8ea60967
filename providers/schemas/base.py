"""What every shape has in common: years, ids, the envelope's parts."""

from datetime import datetime
from functools import cache
from typing import Annotated, Any, Final, Generic, TypeVar, get_args

from pydantic import BaseModel, Field

#: One invented family of resources, so that the examples of all operations fit together.
PARTICIPANT_ID: Final = "7c1f0a52-6f0b-4a3e-9d58-0f6f4b1c2a11"
MENTOR_ID: Final = "b94c6a0e-58b1-4d0b-8a6a-3d1c7e9f5b22"
SCHOOL_ID: Final = "2e7d9c14-0b3f-4f6d-a1c9-8c5b6e4f7d33"
DELIVERY_PARTNER_ID: Final = "d0a3b8f6-91c4-4e27-b5d2-6a7f8c9e0b44"
STATEMENT_ID: Final = "5b6e2f90-c7a8-4b1d-9e3f-1a2b3c4d5e55"
DECLARATION_ID: Final = "f3c8d7e1-2a4b-4c9d-8e6f-7b8a9c0d1e66"
PARTNERSHIP_ID: Final = "91e4a7c2-d3b5-4f8a-a6c7-2d3e4f5a6b77"
TRAINING_RECORD_ID: Final = "a8b7c6d5-e4f3-4a2b-9c1d-0e9f8a7b6c88"
RETIRED_ID: Final = "c5d4e3f2-a1b0-4c9d-8e7f-6a5b4c3d2e99"

CohortYear = Annotated[
    str,
    Field(pattern="^[0-9]{4}$", description="The year the cohort starts in.", examples=["2025"]),
]
SchoolUrn = Annotated[
    str,
    Field(
        pattern="^[0-9]{1,7}$",
        description="The school's unique reference number.",
        examples=["147203"],
    ),
]
TeacherReferenceNumber = Annotated[
    str,
    Field(
        pattern="^[0-9]{7}$",
        description="The seven digits of the teacher reference number (TRN). Null for a few older"
        " records that have none.",
        examples=["4417093"],
    ),
]
CreatedAt = Annotated[
    datetime, Field(description="When the record was created.", examples=["2025-06-16T08:02:40Z"])
]
UpdatedAt = Annotated[
    datetime,
    Field(
        description="When anything that you are shown here last changed, or when you first came to"
        " see it. What `filter[updated_since]` and `sort` go by, where they apply.",
        examples=["2026-01-06T09:15:27Z"],
    ),
]


class Meta(BaseModel):
    """What is said about a list as a whole, with `meta=1` only."""

    total: int = Field(
        ge=0, description="How many items the list has on all pages together.", examples=[2417]
    )


OptionalMeta = Annotated[
    Meta,
    Field(default_factory=lambda: Meta(total=0), description="Present with `meta=1` only."),
]


Shape = TypeVar("Shape", bound=BaseModel)


class One(BaseModel, Generic[Shape]):
    """An envelope with one thing in it."""

    data: Shape


class Many(BaseModel, Generic[Shape]):
    """An envelope with a page of things in it."""

    data: list[Shape]
    meta: OptionalMeta


def type_sent(kind: str) -> Any:
    """Describe the type that what is sent may give."""
    return Field(default=kind, description="Not checked.")


def public_id(of: str, example: str) -> Any:
    """Describe an id: ``of`` says whose, for example "the participant"."""
    return Field(description=f"The id of {of}.", examples=[example])


@cache
def attributes_in(body: type[BaseModel]) -> type[BaseModel]:
    """Return the shape of the attributes that a body has, or each item of its list."""
    data = body.model_fields["data"].annotation
    (envelope,) = get_args(data) or (data,)
    shape: type[BaseModel] = envelope.model_fields["attributes"].annotation
    return shape
