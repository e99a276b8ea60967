"""What happens to a person's training: it begins, stops, goes on, or moves to another year."""

from datetime import date, datetime, timedelta

from register_ects.population.catalogue import Timetable
from register_ects.population.rows import ECTPlacement, Learner, Training
from register_ects.population.sites import Agreement, Site
from register_ects.population.world import World
from register_ects.rules.enumerations import (
    DeferralReason,
    ScheduleIdentifier,
    TraineeRole,
    TrainingProgramme,
    WithdrawalReason,
)

#: Training periods by reason, as published (data README, withdrawal and deferral reasons).
WITHDRAWALS = {
    WithdrawalReason.OTHER: 3344,
    WithdrawalReason.MOVED_SCHOOL: 1365,
    WithdrawalReason.MENTOR_NO_LONGER_BEING_MENTOR: 652,
    WithdrawalReason.LEFT_TEACHING_PROFESSION: 508,
    WithdrawalReason.SWITCHED_TO_SCHOOL_LED: 154,
}
_DEFERRALS = {
    DeferralReason.OTHER: 6232,
    DeferralReason.PARENTAL_LEAVE: 631,
    DeferralReason.CAREER_BREAK: 290,
    DeferralReason.LONG_TERM_SICKNESS: 222,
    DeferralReason.BEREAVEMENT: 10,
}
ONE_DAY = timedelta(days=1)


def train(
    world: World,
    learner: Learner,
    agreement: Agreement | None,
    timetable: Timetable | None,
    *,
    starts: date,
    recorded_at: datetime,
) -> Training:
    """Begin training in the latest placement, until that ends; school-led without an agreement."""
    placement = learner.placement
    is_ect = isinstance(placement, ECTPlacement)
    training = world.new(
        Training,
        created_at=recorded_at,
        teacher_id=learner.person.id,
        trainee_role=learner.role.value,
        school_id=placement.school_id,
        ect_at_school_period_id=placement.id if is_ect else None,
        mentor_at_school_period_id=None if is_ect else placement.id,
        started_on=starts,
        finished_on=placement.finished_on,
        placement=placement,
    )
    if agreement is not None and timetable is not None:
        _agree(world, training, agreement, timetable)
    learner.trainings.append(training)
    learner.person.touch(recorded_at)
    if not is_ect and learner.person.mentor_first_became_eligible_for_training_at is None:
        learner.person.mentor_first_became_eligible_for_training_at = recorded_at
    return training


def _agree(world: World, training: Training, agreement: Agreement, timetable: Timetable) -> None:
    """Put training under a lead provider: with its partnership, or only named."""
    offer = agreement.offer
    training.agreement, training.timetable = agreement, timetable
    training.training_programme = TrainingProgramme.PROVIDER_LED.value
    training.lead_provider_id = offer.provider
    training.contract_period_year = offer.year.year
    training.schedule_id, training.schedule_kind = timetable.id, timetable.kind
    if agreement.partnerships:
        used = agreement.partnerships[0]
        if len(agreement.partnerships) > 1 and world.chances.happens(0.3):
            used = agreement.partnerships[1]
        training.partnership, training.school_partnership_id = used, used.id
        training.touch(min(used.created_at, world.at(world.last_day)))
    if not agreement.partnerships or training.created_at < agreement.partnerships[0].created_at:
        training.expression_of_interest_id = offer.active_lead_provider


def continue_on(
    world: World,
    learner: Learner,
    day: date,
    *,
    agreement: Agreement | None = None,
    timetable: Timetable | None = None,
) -> Training:
    """Let training follow from a day: as before, or with another agreement or schedule."""
    before = learner.trainings[-1]
    return train(
        world,
        learner,
        agreement or before.agreement,
        timetable or before.timetable,
        starts=day,
        recorded_at=world.at(day),
    )


def defer(world: World, learner: Learner, day: date) -> None:
    """Pause training on a day; a few are withdrawn later."""
    training, moment = learner.trainings[-1], world.at(day)
    training.finish(day, moment)
    training.deferred_at = moment
    training.deferral_reason = world.chances.among(_DEFERRALS).value
    learner.person.touch(moment)
    later = day + world.chances.days(20, 120)
    if world.chances.happens(0.08) and later <= world.last_day:
        withdraw(world, learner, later, WithdrawalReason.OTHER)


def withdraw(world: World, learner: Learner, day: date, reason: WithdrawalReason) -> None:
    """End training on a day, or note on a day why it ended earlier."""
    training, moment = learner.trainings[-1], world.at(day)
    training.finish(day, moment)
    training.withdrawn_at, training.withdrawal_reason = moment, reason.value
    training.touch(moment)
    learner.person.touch(moment)


def withdrawal_reason(world: World, role: TraineeRole) -> WithdrawalReason:
    """Return why a provider withdraws somebody, as often as it happens."""
    for_mentors = WithdrawalReason.MENTOR_NO_LONGER_BEING_MENTOR
    weights = {
        reason: weight
        for reason, weight in WITHDRAWALS.items()
        if role == TraineeRole.MENTOR or reason != for_mentors
    }
    if role == TraineeRole.MENTOR:
        del weights[WithdrawalReason.SWITCHED_TO_SCHOOL_LED]
        weights[for_mentors] *= 6  # published for both roles together
    return world.chances.among(weights)


def change_schedule(world: World, learner: Learner, day: date) -> None:
    """Let the provider put a participant on another schedule of the year from a day on."""
    old = learner.trainings[-1]
    if old.timetable is None:
        return
    wanted = "extended" if learner.role == TraineeRole.MENTOR else "reduced"
    kind = world.chances.choice([wanted, "extended", "standard"])
    month = old.timetable.identifier.rsplit("-", 1)[1]
    new = world.catalogue.timetable(old.timetable.year.year, kind, month)
    if new is not old.timetable:
        old.finish(day - ONE_DAY, world.at(day))
        continue_on(world, learner, day, timetable=new)


def change_provider(world: World, learner: Learner, site: Site, day: date) -> None:
    """Let the school choose another lead provider in the same year, from a day on."""
    old = learner.trainings[-1]
    if old.agreement is None:
        return
    year = old.agreement.offer.year.year
    others = [
        each
        for each in world.catalogue.offers_in(year)
        if each.provider != old.agreement.offer.provider
    ]
    if not others:
        return
    if world.chances.happens(0.5):
        withdraw(world, learner, day - ONE_DAY, WithdrawalReason.CHANGED_LEAD_PROVIDER)
    old.finish(day - ONE_DAY, world.at(day))
    agreement = site.agreement(world, world.chances.choice(others), day)
    continue_on(world, learner, day, agreement=agreement)


def move_out_of_frozen_year(world: World, learner: Learner, site: Site, day: date) -> bool:
    """Move a participant to the year that follows a frozen one; say whether it could be done."""
    old = learner.trainings[-1]
    if old.agreement is None or old.timetable is None:
        return False
    target = successor(world, old)
    if target is None:
        return False
    offer = world.catalogue.offers.get((old.agreement.offer.provider, target.year.year))
    agreement = site.agreement(world, offer or site.offer(world, target.year.year), day)
    old.finish(day - ONE_DAY, world.at(day))
    continue_on(world, learner, day, agreement=agreement, timetable=target)
    remember_frozen_year(learner, old)
    return True


def successor(world: World, training: Training) -> Timetable | None:
    """Return the schedule of those who leave the frozen year of a training."""
    if training.agreement is None or training.agreement.offer.year.successor is None:
        return None
    year = training.agreement.offer.year.successor
    return world.catalogue.timetables.get((year, str(ScheduleIdentifier.EXTENDED_SEPTEMBER)))


def remember_frozen_year(learner: Learner, left: Training) -> None:
    """Note on the person which frozen year they moved out of."""
    person, year = learner.person, left.contract_period_year
    if learner.role == TraineeRole.ECT:
        person.ect_payments_frozen_year_id = year
    else:
        person.mentor_payments_frozen_year_id = year


def leave(world: World, learner: Learner, day: date, recorded_at: datetime) -> None:
    """End the latest placement and the training in it on a day, past or future."""
    placement = learner.placement
    placement.finish(day, recorded_at)
    placement.reported_leaving_by_school_id = placement.school_id
    for training in learner.trainings:
        if training.placement is placement:
            training.finish(day, recorded_at)
    learner.person.touch(recorded_at)
