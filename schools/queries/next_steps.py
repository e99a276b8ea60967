"""What a school has to do next for an ECT, and whose confirmation is awaited. Pure.

One decision for the list and the page (spec 05 §5.1, §5.3): they only word it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from register_ects.rules.ect_status import ECTStatus
from schools.queries.bodies import Confirmation
from schools.queries.placements import ECT


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
    def in_order(self) -> list[Step]:
        """The steps, what matters most first: somebody to mentor them."""
        return sorted(self.steps, key=lambda step: step not in (Step.ANOTHER_MENTOR, Step.MENTOR))


def next_steps(ect: ECT) -> NextSteps:
    """Return what a school has to do for an ECT."""
    another = [Step.ANOTHER_MENTOR] if ect.next_mentor_needed_from else []
    if ect.status not in _GOING_ON:
        return NextSteps(tuple(another or [Step.NOTHING]))
    body = [Step.BODY] if ect.without_body_since else []
    training = [_OF_TRAINING[ect.status]] if ect.status in _OF_TRAINING else []
    if to_do := [*training, *another, *([] if ect.mentor else [Step.MENTOR])]:
        return NextSteps((*to_do, *body))
    if ect.finished_on:
        quiet = Step.NOTHING
    else:
        quiet = Step.MENTOR_STARTS_LATER if ect.mentor_from else Step.COMPLETE
    return NextSteps(tuple(body or [quiet]), tuple(_awaited(ect)))


def _awaited(ect: ECT) -> Iterator[str]:
    if ect.body and ect.body.confirmation is Confirmation.AWAITED and not ect.without_body_since:
        yield "The appropriate body"
    if ect.training and ect.training.lead_provider and not ect.training.is_confirmed:
        yield ect.training.lead_provider
