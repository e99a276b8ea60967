"""Who trains a person, and how training stops, pauses and changes."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from register_ects.invented.population.chance import moment, one_of
from register_ects.invented.population.neighbourhoods import (
    Neighbourhood,
    another_provider,
    is_confirmed,
    partnership,
)
from register_ects.invented.population.plans import Placement, Training
from register_ects.invented.population.school_days import school_day
from register_ects.invented.population.world import Provider, ScheduleFacts
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

    Without funding, at most independent schools, it is school-led whatever was wanted. With the
    provider's partnership if it has confirmed one with the school, else as an
    expression of interest.
    """
    if not placement.school.is_funded:
        provider = schedule = None
    training = Training(created_at, created_at, placement, day, None, provider, schedule)
    if provider and schedule:
        if is_confirmed(place, placement.school, provider, schedule.year):
            training.partnership = partnership(
                place, placement.school, provider, schedule.year, by=min(day, created_at.date())
            )
            training.is_expressed = place.rng.random() < _ALSO_EXPRESSED
        else:
            training.is_expressed = True
    return _added(place, training)


def _added(place: Neighbourhood, training: Training) -> Training:
    training.placement.trainings.append(training)
    place.facts.trainings.append(training)
    return training


def finish(period: Training | Placement, last_day: date, at: datetime) -> None:
    """End training or a placement on a day, unless it ends earlier as it is."""
    if period.finished_on is None or period.finished_on > last_day:
        period.finished_on = last_day
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


def take_up_again(
    place: Neighbourhood, training: Training, day: date, schedule: ScheduleFacts | None = None
) -> Training:
    """Go on with training from a day as it was, or on another schedule of the same year."""
    at = moment(place.rng, day, place.world)
    return _added(
        place,
        Training(
            at,
            at,
            training.placement,
            day,
            None,
            training.provider,
            schedule or training.schedule,
            training.partnership,
        ),
    )


def change_schedule(
    place: Neighbourhood, training: Training, day: date, schedule: ScheduleFacts
) -> Training:
    """Put training on another schedule from a day."""
    finish(training, day - timedelta(days=1), moment(place.rng, day, place.world))
    return take_up_again(place, training, day, schedule)


def train_elsewhere(
    place: Neighbourhood,
    before: Training,
    placement: Placement,
    day: date,
    provider: Provider | None = None,
    *,
    told_at: datetime,
) -> Training:
    """Register training anew: at another school, with another provider, or in another year.

    It begins on ``day``, or when the service is told if that is later. Whoever is registered
    when payments of their contract period are frozen leaves it.
    """
    day = school_day(max(day, told_at.date()))
    schedule, provider = before.schedule, provider or before.provider
    if schedule and provider:
        provider, schedule = _out_of_frozen_year(place, placement, provider, schedule, day)
    return start_training(
        place, placement, day, provider=provider, schedule=schedule, created_at=told_at
    )


def _out_of_frozen_year(
    place: Neighbourhood,
    placement: Placement,
    provider: Provider,
    schedule: ScheduleFacts,
    day: date,
) -> tuple[Provider, ScheduleFacts]:
    """Return the provider and schedule to go on with, and note the frozen year if it is left.

    ECTs go to the year's successor, on its extended schedule; mentors to the year that it is by
    then, on the schedule of the same name.
    """
    frozen, now = place.world.years[schedule.year], place.world.year_of(day)
    is_ect = placement.role == TraineeRole.ECT
    year = frozen.successor_id if is_ect else now.year if now else None
    frozen_on = frozen.payments_frozen_on
    if frozen_on is None or day < frozen_on or year is None:
        return provider, schedule
    there = place.world.provider(provider.id, year) or another_provider(place, provider, year)
    if there is None:
        return provider, schedule
    if is_ect:
        placement.person.ect_payments_frozen_year_id = frozen.year
        return there, place.world.schedules[year, REASSIGNED_SCHEDULE]
    placement.person.mentor_payments_frozen_year_id = frozen.year
    return there, place.world.schedules[year, schedule.identifier]
