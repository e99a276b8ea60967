"""What is said when a request is not answered with 200 (spec 02 §2.8, §2.22.3)."""

from pydantic import BaseModel, Field

from providers.problem_details import ERROR_CATALOGUE


class ErrorItem(BaseModel):
    """One thing that is wrong, and what to do about it."""

    title: str = Field(
        description="For a 422 the name of the attribute to mend; otherwise the kind of error.",
        examples=["declaration_date"],
    )
    detail: str = Field(
        description="What is wrong and what to do next, for people. The wording may change.",
        examples=["The '#/declaration_date' cannot be in the future."],
    )
    code: str = Field(
        description="What is wrong, for programs. A published code never changes.",
        examples=["declaration.in_the_future"],
    )


class ErrorsResponse(BaseModel):
    """Everything that is wrong with the request."""

    errors: list[ErrorItem] = Field(min_length=1)


class UnauthorisedResponse(BaseModel):
    """The token is missing, unknown, revoked or expired."""

    error: str = Field(description="What is wrong, for people.")


class ProblemItem(ErrorItem):
    """One thing that is wrong, with its place in the body."""

    pointer: str = Field(
        default_factory=str,
        description="A JSON pointer to the attribute. Absent when it is not in the body.",
        examples=["#/data/attributes/declaration_date"],
    )


class ProblemDetails(BaseModel):
    """What is wrong, as RFC 9457 has it."""

    type: str = Field(
        description="Where the error is explained.",
        examples=[f"{ERROR_CATALOGUE}#declaration.in_the_future"],
    )
    title: str = Field(
        description="The kind of error, for people.", examples=["The change is not allowed"]
    )
    status: int = Field(description="The HTTP status.", examples=[422])
    detail: str = Field(
        description="What is wrong, for people.",
        examples=["The '#/declaration_date' cannot be in the future."],
    )
    instance: str = Field(
        description="The id of the request.", examples=["0b8f9c1e-4d2a-4f6b-9a7c-5e3d1f0b2a10"]
    )
    errors: list[ProblemItem] = Field(min_length=1, description="Everything that is wrong.")
