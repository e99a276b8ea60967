"""What a school is told about a mentor's own training. Pure. Source: spec 05 §5.6, spec 01 §9.7."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from register_ects.rules.enumerations import MentorFundingEndReason


class MentorTrainingStatus(StrEnum):
    """Where a mentor's training stands; ``not_registered`` and ``finished`` show nothing."""

    COMPLETED = "completed"
    CANNOT_TRAIN = "cannot_train"
    NOT_REGISTERED = "not_registered"
    FINISHED = "finished"
    ACTIVE = "active"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"

    @property
    def is_shown(self) -> bool:
        """Whether the mentor's page has a training section."""
        return self not in (MentorTrainingStatus.NOT_REGISTERED, MentorTrainingStatus.FINISHED)

    @property
    def names_provider(self) -> bool:
        """Whether the page names who trains them, or will again."""
        return self in (MentorTrainingStatus.ACTIVE, MentorTrainingStatus.DEFERRED)

    @property
    def has_provider(self) -> bool:
        """Whether a lead provider trains them, or stopped: another may be chosen."""
        return self.names_provider or self is MentorTrainingStatus.WITHDRAWN


@dataclass(frozen=True)
class LatestTraining:
    """The latest-started training at a placement: its last day (inclusive) and its status."""

    finished_on: date | None
    status: str


def mentor_training_status(
    *, ineligible_reason: str | None, latest: LatestTraining | None, today: date
) -> MentorTrainingStatus:
    """Return where a mentor's training stands; the first rule that holds.

    Training that ended today or earlier without a withdrawal or a pause counts as finished.
    """
    if ineligible_reason == MentorFundingEndReason.STARTED_NOT_COMPLETED:
        return MentorTrainingStatus.CANNOT_TRAIN
    if ineligible_reason is not None:
        return MentorTrainingStatus.COMPLETED
    if latest is None:
        return MentorTrainingStatus.NOT_REGISTERED
    has_ended = latest.finished_on is not None and latest.finished_on <= today
    if has_ended and latest.status == MentorTrainingStatus.ACTIVE:
        return MentorTrainingStatus.FINISHED
    return MentorTrainingStatus(latest.status)
