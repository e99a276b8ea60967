"""What a school has to do next for an ECT, and whose confirmation is awaited. Pure.

One decision for the list and the page (spec 05 §5.1, §5.3): they only word it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from register_ects.rules.ect_status import ECTStatus


class Step(StrEnum):
    """Something to do, or why there is nothing."""

    TRAINING_STOPPED = "training_stopped"
    TRAINING_PAUSED = "training_paused"
    ANOTHER_MENTOR = "another_mentor"  # theirs leaves before they do
    MENTOR = "mentor"
    BODY = "body"  # none is responsible for an induction that goes on
    MENTOR_STARTS_LATER = "mentor_starts_later"
    COMPLETE = "complete"
    NOTHING = "nothing"


#: What the page asks for before anything else.
_MENTORS = (Step.ANOTHER_MENTOR, Step.MENTOR)
_OF_TRAINING = {
    ECTStatus.TRAINING_WITHDRAWN: Step.TRAINING_STOPPED,
    ECTStatus.TRAINING_PAUSED: Step.TRAINING_PAUSED,
}
#: An ECT with another status is leaving, or has nothing more to do with induction.
_GOING_ON = {*_OF_TRAINING, ECTStatus.MENTOR_NEEDED, ECTStatus.REGISTERED}


@dataclass(frozen=True)
class NextSteps:
    """What there is to do for an ECT: one step at least.

    ``awaited`` names who has not confirmed what the school reported, where nothing else is to be
    done at the school.
    """

    steps: tuple[Step, ...]
    awaited: tuple[str, ...] = ()

    @property
    def first(self) -> Step:
        """The step that matters most: somebody to mentor them."""
        return next((step for step in self.steps if step in _MENTORS), self.steps[0])

    @property
    def others(self) -> tuple[Step, ...]:
        """Every step but the first."""
        return tuple(step for step in self.steps if step is not self.first)


def next_steps(
    status: ECTStatus,
    *,
    has_mentor: bool,
    needs_another_mentor: bool = False,
    mentor_starts_later: bool = False,
    is_without_body: bool = False,
    has_last_day: bool = False,
    awaited: Sequence[str] = (),
) -> NextSteps:
    """Return what a school has to do for an ECT of this status.

    ``needs_another_mentor``: their last mentor leaves before they do. ``is_without_body``: nobody
    is responsible for their induction since they were released. ``awaited`` has not confirmed.
    """
    another = [Step.ANOTHER_MENTOR] if needs_another_mentor else []
    if status not in _GOING_ON:
        return NextSteps(tuple(another or [Step.NOTHING]))
    body = [Step.BODY] if is_without_body else []
    training = [_OF_TRAINING[status]] if status in _OF_TRAINING else []
    if to_do := [*training, *another, *([] if has_mentor else [Step.MENTOR])]:
        return NextSteps((*to_do, *body))
    if has_last_day:
        quiet = Step.NOTHING
    else:
        quiet = Step.MENTOR_STARTS_LATER if mentor_starts_later else Step.COMPLETE
    return NextSteps(tuple(body or [quiet]), tuple(awaited))
