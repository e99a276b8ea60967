"""Which schools may not use the service, and why (spec 05 §3.3)."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from register_ects.models import GIASSchool, School, TrainingPeriod
from register_ects.web.identity import DFE_SIGN_IN, SchoolIdentity


class Block(StrEnum):
    """Why a school may not use the service."""

    NOT_SET_UP = "not_set_up"
    NOT_OPEN = "not_open"
    NOT_FUNDED = "not_funded"


def block_of(identity: SchoolIdentity) -> Block | None:
    """Return why a person's school may not use the service, or None.

    Only DfE Sign-in is checked, except that nobody gets in without a school of ours.
    One query, for an independent school without section 41 approval; otherwise none.
    """
    if identity.school is None:
        return Block.NOT_SET_UP
    return _block_at(identity.school, identity, is_training=_unfinished(identity.school).exists)


def schools_with_blocks(identity: SchoolIdentity) -> list[tuple[GIASSchool, Block | None]]:
    """Return a person's schools by name, each with why it may not use the service. One query."""
    registers = (
        GIASSchool.objects.filter(urn__in=identity.schools)
        .select_related("school")
        .annotate(is_training=Exists(_unfinished(OuterRef("school"))))
        .order_by("name", "urn")
    )
    return [(register, _block_of_register(register, identity)) for register in registers]


def schools_admitted(identity: SchoolIdentity) -> list[School]:
    """Return those of a person's schools that may use the service, by name. One query."""
    return [register.school for register, block in schools_with_blocks(identity) if not block]


def is_winding_down(school: School) -> bool:
    """Whether funding has ended, so that people here are managed but no ECTs registered."""
    register = school.gias_school
    return register.is_independent and not register.section_41_approved


def _block_of_register(register: GIASSchool, identity: SchoolIdentity) -> Block | None:
    school: School | None = getattr(register, "school", None)
    if school is None:
        return Block.NOT_SET_UP
    return _block_at(school, identity, is_training=lambda: vars(register)["is_training"])


def _block_at(
    school: School, identity: SchoolIdentity, *, is_training: Callable[[], bool]
) -> Block | None:
    if identity.provider != DFE_SIGN_IN:
        return None
    if not school.gias_school.is_open:
        return Block.NOT_OPEN
    return Block.NOT_FUNDED if is_winding_down(school) and not is_training() else None


def _unfinished(school: Any) -> QuerySet[TrainingPeriod]:
    """Return the training with no end at a school."""
    return TrainingPeriod.objects.filter(school=school, finished_on=None)
