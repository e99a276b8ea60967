"""What the rules of registrations and changes ask of somebody's time at schools.

It is read when it is asked for; of many people, who are to be checked together, at once before.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects

from register_ects.models import (
    Declaration,
    ECTAtSchoolPeriod,
    MentorshipPeriod,
    Placement,
    Teacher,
    TrainingPeriod,
)

#: Where what was read of many is kept, on the person and on the placement.
_PLACEMENTS, _TRAINING, _MENTORSHIPS = "known_placements", "known_training", "known_mentorships"


def read_together(teachers: Iterable[Teacher]) -> None:
    """Read of many people what this module returns of each, as ECTs, and of their inductions.

    Five queries. What is asked of them later is as it was now.
    """
    placements = _with_schools(ECTAtSchoolPeriod.objects.all()).prefetch_related(*parts())
    prefetch_related_objects(
        list(teachers),
        "induction_periods",
        Prefetch("ect_at_school_periods", placements, to_attr=_PLACEMENTS),
    )


def parts() -> "list[Prefetch[Any]]":
    """Return what to prefetch of placements, for ``training_in`` and ``mentorships_in``."""
    training, mentorships = TrainingPeriod.objects.all(), MentorshipPeriod.objects.all()
    return [
        Prefetch("training_periods", _described(training), to_attr=_TRAINING),
        Prefetch("mentorship_periods", _with_mentors(mentorships), to_attr=_MENTORSHIPS),
    ]


def forget(placement: Placement) -> None:
    """Let the parts of a placement be read anew, for who is about to change them."""
    for kept in (_TRAINING, _MENTORSHIPS):
        vars(placement).pop(kept, None)


def ect_placements_of(teacher: Teacher) -> list[ECTAtSchoolPeriod]:
    """Return a person's ECT placements at any school, latest first, with the schools."""
    return _read(teacher, _PLACEMENTS, "ect_at_school_periods", _with_schools)


def training_in(placement: Placement) -> list[TrainingPeriod]:
    """Return the training in a placement, latest first, with its lead provider, year and schedule.

    Each knows whether declarations refer to it (``is_declared``).
    """
    return _read(placement, _TRAINING, "training_periods", _described)


def mentorships_in(placement: Placement) -> list[MentorshipPeriod]:
    """Return the mentorships in a placement, latest first, with who mentors.

    Each knows whether declarations refer to it (``is_declared``).
    """
    return _read(placement, _MENTORSHIPS, "mentorship_periods", _with_mentors)


def is_declared(period: TrainingPeriod | MentorshipPeriod) -> bool:
    """Whether declarations refer to training or mentoring."""
    known: bool | None = getattr(period, "is_declared", None)
    return period.declarations.exists() if known is None else known


def _read(owner: Any, kept: str, related: str, described: Callable[[Any], Any]) -> list[Any]:
    """Return what was read of many, else what is related now."""
    known: list[Any] | None = getattr(owner, kept, None)
    return list(described(getattr(owner, related).all())) if known is None else known


def _with_schools(placements: Any) -> Any:
    return placements.select_related("school__gias_school").latest_first()


def _described(training: Any) -> Any:
    of = Declaration.objects.filter(training_period=OuterRef("pk"))
    parts = training.select_related("lead_provider", "contract_period", "schedule")
    return parts.annotate(is_declared=Exists(of)).latest_first()


def _with_mentors(mentorships: Any) -> Any:
    of = Declaration.objects.filter(mentorship_period=OuterRef("pk"))
    whole = mentorships.select_related("mentor_at_school_period__teacher")
    return whole.annotate(is_declared=Exists(of)).latest_first()
