"""What a sandbox was seeded with (spec 02 §2.17.3)."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from providers.schemas import base


class SandboxScenarioAttributes(BaseModel):
    """A situation and the ids of what plays in it."""

    group: Literal["schools", "participants", "special"] = Field(
        description="What the situation is about.", examples=["participants"]
    )
    title: str = Field(description="The situation in words.", examples=["Deferred, may resume"])
    shared: bool = Field(
        description="True when every lead provider sees it, and a reset leaves it alone.",
        examples=[False],
    )
    participant_ids: list[UUID] = Field(
        description="The participants, mentors whom you do not train included.",
        examples=[[base.PARTICIPANT_ID]],
    )
    school_ids: list[UUID] = Field(description="The schools.", examples=[[base.SCHOOL_ID]])
    partnership_ids: list[UUID] = Field(
        description="The partnerships, those of other lead providers included.",
        examples=[[base.PARTNERSHIP_ID]],
    )


class SandboxScenario(BaseModel):
    """One situation that a sandbox was seeded with."""

    id: str = Field(description="The situation's name, the same always.", examples=["resumable"])
    type: Literal["sandbox-scenario"]
    attributes: SandboxScenarioAttributes


class SandboxScenariosResponse(BaseModel):
    """What your sandbox was seeded with."""

    data: list[SandboxScenario]
