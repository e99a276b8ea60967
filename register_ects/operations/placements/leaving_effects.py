"""What reporting, correcting or cancelling a leaving changes, read before it is done.

For the pages that ask to confirm; ``leaving`` does it, by the same rules (spec 05 §10 Improve).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from register_ects.models import (
    ECTAtSchoolPeriod,
    MentorshipPeriod,
    Placement,
    TrainingPeriod,
)
from register_ects.operations.placements.ended import PartKind
from register_ects.operations.placements.finishing import fate_of_part
from register_ects.operations.placements.restoring import Part, Restoring, report_of
from register_ects.rules.leaving import Fate, Obstacle


class Effect(StrEnum):
    """What becomes of a mentorship or training."""

    ENDS = "ends"  # with the placement
    REMOVED = "removed"  # it would begin on the last day or later
    STARTS_AFTER_ALL = "starts_after_all"  # it had been removed
    GOES_ON = "goes_on"  # it had ended sooner
    STAYS_ENDED = "stays_ended"  # something is in the way of its going on
    STAYS_REMOVED = "stays_removed"


@dataclass(frozen=True)
class PartEffect:
    """What changes of one mentorship, or of one stretch of training.

    ``name`` is the other person or the lead provider, None when the school leads the training;
    ``ect_id`` the ECT's placement, for a mentorship. ``until`` is the last day it has then
    (inclusive, None: open). ``obstacle`` says why it stays as it is.
    """

    kind: PartKind
    name: str | None
    ect_id: int | None
    started_on: date
    effect: Effect
    until: date | None
    obstacle: Obstacle | None = None


def effects_of(placement: Placement, *, last_day: date | None) -> list[PartEffect]:
    """Return what changes when the last day of a placement is this, earliest first.

    None takes a reported leaving back. What stays as it is, is left out, except for what something
    is in the way of.
    """
    report = report_of(placement) if placement.finished_on else None
    restorings = {_key(one.part): one for one in (report.restorings if report else ())}
    parts = [*_parts_of(placement), *(one.part for one in restorings.values() if one.was_removed)]
    found = (_effect(placement, part, restorings.get(_key(part)), last_day) for part in parts)
    return sorted((one for one in found if one), key=lambda one: (one.started_on, one.kind))


def _parts_of(placement: Placement) -> list[Part]:
    both = ("ect_teacher", "mentor_teacher")
    return [
        *placement.mentorship_periods.select_related(*both),
        *placement.training_periods.select_related("lead_provider"),
    ]


def _key(part: Part) -> tuple[type[Part], int]:
    return type(part), part.pk


def _effect(
    placement: Placement, part: Part, restoring: Restoring | None, last_day: date | None
) -> PartEffect | None:
    """Return what becomes of a part: given back first, then ended by the last day, if there is one.

    An obstacle is told of what would else go on beyond its present end.
    """
    is_there = restoring is None or not restoring.was_removed
    obstacle = restoring.obstacle if restoring else None
    will_be, until = is_there, part.finished_on
    if restoring and not obstacle:
        will_be, until = True, restoring.until
    if will_be and last_day is not None:
        will_be, until = _ended(part, until, last_day)
    if will_be != is_there:
        effect = Effect.STARTS_AFTER_ALL if will_be else Effect.REMOVED
    elif will_be and until != part.finished_on:
        effect = Effect.ENDS if last_day and until == last_day else Effect.GOES_ON
    elif obstacle and (last_day is None or last_day > (placement.finished_on or date.min)):
        effect = Effect.STAYS_ENDED if is_there else Effect.STAYS_REMOVED
    else:
        return None
    return _told(placement, part, effect, until, obstacle)


def _ended(part: Part, until: date | None, last_day: date) -> tuple[bool, date | None]:
    """Return whether a part stays that a placement's last day reaches, and its own last day."""
    fate = fate_of_part(part, until=until, last_day=last_day)
    if fate is Fate.REMOVED:
        return False, None
    return True, until if fate is Fate.STAYS else last_day


def _told(
    placement: Placement,
    part: Part,
    effect: Effect,
    until: date | None,
    obstacle: Obstacle | None = None,
) -> PartEffect:
    if isinstance(part, TrainingPeriod):
        name = part.lead_provider.name if part.lead_provider else None
        return PartEffect(PartKind.TRAINING, name, None, part.started_on, effect, until, obstacle)
    return PartEffect(
        PartKind.MENTORSHIP,
        _other_person(placement, part),
        part.ect_at_school_period_id,
        part.started_on,
        effect,
        until,
        obstacle,
    )


def _other_person(placement: Placement, mentorship: MentorshipPeriod) -> str:
    is_ect = isinstance(placement, ECTAtSchoolPeriod)
    return mentorship.mentor_teacher.name if is_ect else mentorship.ect_teacher.name
