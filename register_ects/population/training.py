"""Who trains a person, and how training stops, pauses and changes."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from register_ects.population.chance import after, moment, one_of
from register_ects.population.neighbourhoods import (
    Neighbourhood,
    another_provider,
    is_confirmed,
    partnership,
)
from register_ects.population.plans import Placement, Training
from register_ects.population.world import Provider, ScheduleFacts
from register_ects.rules.enumerations import DeferralReason, TraineeRole, WithdrawalReason
from register_ects.rules.schedules import REASSIGNED_SCHEDULE, start_month

#: How often each reason is given, in per mille of all that the service has published.
_WITHDRAWALS: Mapping[WithdrawalReason, int] = {
    WithdrawalReason.OTHER: 555,
    WithdrawalReason.MOVED_SCHOOL: 227,
    WithdrawalReason.MENTOR_NO_LONGER_BEING_MENTOR: 108,
    WithdrawalReason.LEFT_TEACHING_PROFESSION: 84,
    WithdrawalReason.SWITCHED_TO_SCHOOL_LED: 26,
}
_DEFERRALS: Mapping[DeferralReason, int] = {
    DeferralReason.OTHER: 844,
    DeferralReason.PARENTAL_LEAVE: 85,
    DeferralReason.CAREER_BREAK: 39,
    DeferralReason.LONG_TERM_SICKNESS: 30,
    DeferralReason.BEREAVEMENT: 2,
}
_ALSO_EXPRESSED = 0.5


def standard_schedule(place: Neighbourhood, year: int, day: date) -> ScheduleFacts:
    """Return the schedule for somebody who starts on a day."""
    return place.world.schedules[year, f"ecf-standard-{start_month(day)}"]


def start_training(
    place: Neighbourhood,
    placement: Placement,
    day: date,
    *,
    provider: Provider | None,
    schedule: ScheduleFacts | None = None,
    created_at: datetime,
) -> Training:
    """Add training from a day; school-led without a provider.

    With the provider's partnership if it has confirmed one with the school, else as an
    expression of interest.
    """
    training = Training(created_at, created_at, placement, day, None, provider, schedule)
    if provider and schedule:
        if is_confirmed(place, placement.school, provider, schedule.year):
            training.partnership = partnership(
                place, placement.school, provider, schedule.year, by=min(day, created_at.date())
            )
            training.is_expressed = place.rng.random() < _ALSO_EXPRESSED
        else:
            training.is_expressed = True
    placement.trainings.append(training)
    place.facts.trainings.append(training)
    return training


def finish(period: Training | Placement, last_day: date, at: datetime) -> None:
    """End training or a placement on a day; training never lasts longer than was planned."""
    period.finished_on = min(filter(None, [period.finished_on, last_day]))
    period.touch(at)


def defer(place: Neighbourhood, training: Training, day: date) -> None:
    """Pause training on a day."""
    at = moment(place.rng, day, place.world)
    finish(training, day, at)
    training.deferred_at, training.deferral_reason = at, one_of(place.rng, _DEFERRALS)


def withdraw(
    place: Neighbourhood, training: Training, day: date, reason: WithdrawalReason | None = None
) -> WithdrawalReason:
    """End training on a day, for a reason drawn if none is given; return the reason."""
    reason = reason or _reason(place, training.placement.role)
    at = moment(place.rng, day, place.world)
    finish(training, day, at)
    training.withdrawn_at, training.withdrawal_reason = at, reason
    return reason


def _reason(place: Neighbourhood, role: TraineeRole) -> WithdrawalReason:
    only_mentors = WithdrawalReason.MENTOR_NO_LONGER_BEING_MENTOR
    # Those who switch to school-led training have a story of their own.
    left_out = {WithdrawalReason.SWITCHED_TO_SCHOOL_LED}
    if role == TraineeRole.ECT:
        left_out.add(only_mentors)
    return one_of(
        place.rng, {reason: n for reason, n in _WITHDRAWALS.items() if reason not in left_out}
    )


def take_up_again(place: Neighbourhood, training: Training, day: date) -> Training:
    """Resume stopped training from a day, as it was."""
    return start_training(
        place,
        training.placement,
        day,
        provider=training.provider,
        schedule=training.schedule,
        created_at=moment(place.rng, day, place.world),
    )


def change_schedule(
    place: Neighbourhood, training: Training, day: date, schedule: ScheduleFacts
) -> Training:
    """Put training on another schedule from a day."""
    at = moment(place.rng, day, place.world)
    finish(training, day - timedelta(days=1), at)
    return start_training(
        place,
        training.placement,
        day,
        provider=training.provider,
        schedule=schedule,
        created_at=at,
    )


def train_elsewhere(
    place: Neighbourhood,
    before: Training,
    placement: Placement,
    day: date,
    provider: Provider | None = None,
) -> Training:
    """Go on with training at another school, with another provider if one is given.

    An ECT whose contract period's payments are frozen by then goes to its successor.
    """
    schedule, provider = before.schedule, provider or before.provider
    created_at = after(place.rng, min(day, place.world.today), 20, place.world)
    if schedule and provider and placement.role == TraineeRole.ECT:
        provider, schedule = out_of_frozen_year(place, placement, provider, schedule, day)
    return start_training(
        place, placement, day, provider=provider, schedule=schedule, created_at=created_at
    )


def out_of_frozen_year(
    place: Neighbourhood,
    placement: Placement,
    provider: Provider,
    schedule: ScheduleFacts,
    day: date,
) -> tuple[Provider, ScheduleFacts]:
    """Return the provider and schedule to go on with, and note the frozen year if it is left."""
    frozen = place.world.years[schedule.year]
    if frozen.frozen_on is None or day < frozen.frozen_on or frozen.successor is None:
        return provider, schedule
    there = place.world.provider(provider.id, frozen.successor) or another_provider(
        place, provider, frozen.successor
    )
    if there is None:
        return provider, schedule
    placement.person.ect_frozen_year = frozen.year
    return there, place.world.schedules[frozen.successor, REASSIGNED_SCHEDULE]
