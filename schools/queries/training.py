"""Training as a school sees it: who leads it, whether they confirmed it, and how it stands."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from register_ects import clock
from register_ects.rules.enumerations import TrainingProgramme, WithdrawalReason
from register_ects.rules.person_search import plain
from schools.queries.loading import LoadedTraining


class TrainedBy(StrEnum):
    """Who trains somebody now, or why nobody does."""

    NOT_REPORTED = "not_reported"
    SCHOOL = "school"
    PROVIDER = "provider"
    PAUSED = "paused"  # by the provider
    STOPPED = "stopped"  # by the provider, before the training was to end
    ENDED = "ended"


@dataclass(frozen=True)
class Training:
    """One training period. ``started_on`` and ``finished_on`` are inclusive; None means open.

    ``status`` is active, deferred or withdrawn; school-led training is always active.
    ``is_confirmed`` says that the lead provider confirmed it; until then the school has only
    named them, on ``reported_on``. ``delivery_partner`` is None until the lead provider reports
    one.
    """

    programme: str
    status: str
    started_on: date
    finished_on: date | None
    lead_provider: str | None = None
    is_confirmed: bool = False
    delivery_partner: str | None = None
    withdrawn_on: date | None = None
    withdrawal_reason: WithdrawalReason | None = None
    deferred_on: date | None = None
    reported_on: date | None = None

    @property
    def is_provider_led(self) -> bool:
        """Whether a lead provider delivers it."""
        return self.programme == TrainingProgramme.PROVIDER_LED

    @property
    def programme_name(self) -> str:
        """Return the programme in words."""
        return str(TrainingProgramme(self.programme).label)


def trained_by(training: Training | None, *, today: date) -> TrainedBy:
    """Return who trains somebody now; ``training`` is the current or next, else the latest."""
    if training is None:
        return TrainedBy.NOT_REPORTED
    if training.status == "withdrawn":
        return TrainedBy.STOPPED
    if training.status == "deferred":
        return TrainedBy.PAUSED
    if training.finished_on is not None and training.finished_on < today:
        return TrainedBy.ENDED
    return TrainedBy.PROVIDER if training.is_provider_led else TrainedBy.SCHOOL


def training_of(period: LoadedTraining) -> Training:
    """Return what a school sees of a period that was loaded."""
    if not period.is_provider_led:
        return Training(
            programme=period.training_programme,
            status="active",
            started_on=period.started_on,
            finished_on=period.finished_on,
        )
    return Training(
        programme=period.training_programme,
        status=period.training_status,
        started_on=period.started_on,
        finished_on=period.finished_on,
        lead_provider=period.lead_provider,
        is_confirmed=period.is_confirmed,
        delivery_partner=period.delivery_partner,
        withdrawn_on=clock.london_date(period.withdrawn_at) if period.withdrawn_at else None,
        withdrawal_reason=(
            WithdrawalReason(period.withdrawal_reason) if period.withdrawal_reason else None
        ),
        deferred_on=clock.london_date(period.deferred_at) if period.deferred_at else None,
        reported_on=clock.london_date(period.created_at),
    )


def tally(names: Iterable[str]) -> list[tuple[str, int]]:
    """Return each name with how often it comes, most first, then by name."""
    return sorted(Counter(names).items(), key=lambda one: (-one[1], plain(one[0])))
