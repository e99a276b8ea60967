"""What becomes of mentoring and training, as rows of check pages and confirmations."""

from datetime import date

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.models import ECTAtSchoolPeriod, Placement
from register_ects.operations.placements.ended import PartKind
from register_ects.operations.placements.leaving_effects import Effect, PartEffect
from register_ects.rules.leaving import Obstacle
from register_ects.web.summaries import Row, row


def effect_rows(
    effects: list[PartEffect], placement: Placement, *, last_day: date | None
) -> list[Row]:
    """Return a row for each mentorship and training that a leaving, or its end, changes."""
    is_ect = isinstance(placement, ECTAtSchoolPeriod)
    return [row(_label(one, is_ect=is_ect), _text(one, is_ect, last_day)) for one in effects]


def ects_without_mentor(effects: list[PartEffect], placement: Placement) -> list[tuple[int, str]]:
    """Return the ECTs whose mentor leaves sooner than was known: placement and name.

    None where it is an ECT who leaves: they need no other mentor.
    """
    if isinstance(placement, ECTAtSchoolPeriod):
        return []
    going = (Effect.ENDS, Effect.REMOVED)
    lost = {one.ect_id: one.name for one in effects if one.effect in going and one.ect_id}
    return [(key, str(name)) for key, name in lost.items()]


def _label(effect: PartEffect, *, is_ect: bool) -> str:
    if effect.kind is PartKind.TRAINING:
        return f"Training with {effect.name}" if effect.name else "School-led training"
    return f"Mentoring by {effect.name}" if is_ect else f"Mentoring of {effect.name}"


def _text(effect: PartEffect, is_ect: bool, last_day: date | None) -> str:
    until, start = effect.until, govuk_date(effect.started_on)
    why = _why(effect, is_ect)
    match effect.effect:
        case Effect.ENDS:
            past = until is not None and until < clock.today()
            return f"{'Ended' if past else 'Ends'} on {govuk_date(until)}"
        case Effect.REMOVED:
            on_it = effect.started_on == last_day
            when = "which is their last day" if on_it else "after their last day"
            return f"Removed, because it starts on {start}, {when}"
        case Effect.STARTS_AFTER_ALL:
            ends = f", and ends on {govuk_date(until)}" if until else ""
            return f"Starts on {start} after all{ends}"
        case Effect.GOES_ON:
            return f"Goes on until {govuk_date(until)}" if until else "Goes on"
        case Effect.STAYS_ENDED:
            return f"Does not go on: it still ends on {govuk_date(until)}, because {why}"
        case Effect.STAYS_REMOVED:
            return f"Does not start on {start} after all, because {why}"


def _why(effect: PartEffect, is_ect: bool) -> str:
    is_training = effect.kind is PartKind.TRAINING
    match effect.obstacle:
        case Obstacle.TAKEN if is_training:
            return "other training has taken its place"
        case Obstacle.TAKEN:
            return f"{'they have' if is_ect else f'{effect.name} has'} another mentor then"
        case Obstacle.COMPLETED:
            return "they have completed mentor training"
        case Obstacle.OTHER_LEAVES:
            return f"{effect.name} is not at your school then"
        case _:
            return "it has been changed since you reported that they are leaving"
