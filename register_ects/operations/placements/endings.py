"""What ending a placement changes, read before it is done: for the page that asks to confirm.

``placements`` does it, by the same rules.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from register_ects.models import Placement, TrainingPeriod
from register_ects.operations.placements.finishing import fate_of_part
from register_ects.operations.placements.history import mentorships_in, training_in
from register_ects.rules.leaving import Fate


@dataclass(frozen=True)
class TrainingEnding:
    """Training that ends with its placement, or goes altogether (``is_removed``).

    ``lead_provider`` is None for training that the school leads.
    """

    started_on: date
    lead_provider: str | None
    is_removed: bool


@dataclass(frozen=True)
class PlacementEnding:
    """A placement that ends sooner than recorded: ``last_day`` is inclusive.

    ``was_to_end_on`` is the last day recorded so far, None for an open end. ``ends_mentoring``
    says that somebody's mentoring there ends with it.
    """

    school_id: int
    school_name: str
    last_day: date
    was_to_end_on: date | None
    training: tuple[TrainingEnding, ...]
    ends_mentoring: bool


def ending_of(placement: Placement, *, last_day: date) -> PlacementEnding | None:
    """Return what ends when a placement is finished on ``last_day``; None if it ends by then.

    The placement comes with its school. Two queries.
    """
    if placement.finished_on is not None and placement.finished_on <= last_day:
        return None
    day_after = last_day + timedelta(days=1)
    return PlacementEnding(
        school_id=placement.school_id,
        school_name=placement.school.name,
        last_day=last_day,
        was_to_end_on=placement.finished_on,
        training=tuple(
            TrainingEnding(
                started_on=one.started_on,
                lead_provider=one.lead_provider.name if one.lead_provider else None,
                is_removed=_is_removed(one, last_day),
            )
            for one in reversed(training_in(placement))
            if one.is_current_or_future(day_after)
        ),
        ends_mentoring=any(
            one.is_current_or_future(day_after) for one in mentorships_in(placement)
        ),
    )


def _is_removed(training: TrainingPeriod, last_day: date) -> bool:
    fate = fate_of_part(training, until=training.finished_on, last_day=last_day)
    return fate is Fate.REMOVED
