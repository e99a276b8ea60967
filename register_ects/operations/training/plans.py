"""Where a person's training goes: contract period, start, schedule, partnership or interest.

The one resolver of spec 01 §8 (Improve): pages list lead providers with ``contract_period_for_*``
and operations write with ``plan_*``, from the same facts. It reads and decides; it never writes,
but a plan holds the school's partnerships as they are until the training is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from register_ects import clock
from register_ects.models import (
    ActiveLeadProvider,
    ContractPeriod,
    Declaration,
    ECTAtSchoolPeriod,
    LeadProvider,
    MentorshipPeriod,
    Placement,
    Schedule,
    School,
    SchoolPartnership,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.lead_providers.partnerships import lock_partnerships_of
from register_ects.operations.placements.history import ect_placements_of, training_in
from register_ects.rules import contract_periods as rules
from register_ects.rules.contract_periods import ContractPeriodChoice, PreviousTraining
from register_ects.rules.enumerations import PaymentStatus, TraineeRole, TrainingProgramme
from register_ects.rules.problems import refuse
from register_ects.rules.schedules import schedule_identifier


@dataclass(frozen=True)
class TrainingPlan:
    """Everything that a new provider-led training period needs to know.

    ``starts_on`` is its first day. Exactly one of ``partnership`` and ``expression_of_interest``
    is set. ``moved_out_of`` is the frozen year that the person leaves, if any.
    """

    contract_period: ContractPeriod
    starts_on: date
    schedule: Schedule
    partnership: SchoolPartnership | None
    expression_of_interest: ActiveLeadProvider | None
    moved_out_of: int | None = None


def contract_period_for_ect(
    teacher: Teacher | None, *, start: date, periods: Sequence[ContractPeriod] | None = None
) -> ContractPeriodChoice | None:
    """Return the contract period of an ECT's registration (spec 05 §6.5 R2), None to stop.

    ``periods`` are all contract periods, where they were read before.
    """
    return rules.choice_for_ect(
        periods or list(ContractPeriod.objects.all()),
        previous=_previous_ect_training(teacher),
        start=start,
        today=clock.today(),
    )


def contract_period_for_mentor(
    teacher: Teacher | None, *, start: date
) -> ContractPeriodChoice | None:
    """Return the contract period of a mentor's training (spec 05 §6.5 R3), None to stop."""
    return rules.choice_for_mentor(
        list(ContractPeriod.objects.all()),
        previous=_described(_latest_training(teacher, TraineeRole.MENTOR)),
        start=start,
        today=clock.today(),
    )


def contract_period_for_change(
    placement: Placement,
    *,
    present: TrainingPeriod | None,
    starts_on: date,
    periods: Sequence[ContractPeriod] | None = None,
) -> ContractPeriodChoice | None:
    """Return the contract period of training that changes (spec 05 §6.5 R6), None to stop.

    ``present`` is the training there is; what is changed, or follows it, begins on ``starts_on``.
    ``periods`` are all contract periods, where they were read before.
    """
    previous = _trained_before(placement, present, starts_on)
    return _choice_for_change(placement, present, starts_on, previous, periods)


def lead_providers_in(period: ContractPeriodChoice | None) -> list[LeadProvider]:
    """Return the lead providers with a contract for a contract period, by name; none for none."""
    if period is None:
        return []
    under_contract = LeadProvider.objects.filter(active_lead_providers__contract_period=period.year)
    return list(under_contract.order_by("name"))


def first_day_of_training(start: date) -> date:
    """Return when training begins for somebody whose placement starts on ``start``.

    Never before today: no training is back-dated, of ECTs or mentors, but an ECT's who leaves a
    frozen contract period. Source: spec 05 §7.8 and §19 (16), spec 01 §8.1 Improve.
    """
    return max(start, clock.today())


def plan_ect_training(
    teacher: Teacher, *, school: School, lead_provider: LeadProvider, start: date
) -> TrainingPlan:
    """Return where an ECT's provider-led training at a school goes.

    It starts on ``start`` or today, whichever is later; a reassigned ECT's on ``start`` or the
    first day of the new contract period. Raises RuleBroken when registration must stop, or the
    lead provider has no contract for the period. Source: spec 05 §7.8.
    """
    choice = contract_period_for_ect(teacher, start=start)
    if choice is None:
        refuse("started_on", "no_contract_period")
    period = ContractPeriod.objects.get(year=choice.year)
    first_day = first_day_of_training(start)
    return _plan(
        choice,
        period,
        starts_on=max(start, period.started_on) if choice.reassigned else first_day,
        previous=_described(_latest_training(teacher, TraineeRole.ECT, provider_led=True)),
        school=school,
        lead_provider=lead_provider,
        replaces_a_mentor=False,
    )


def plan_mentor_training(
    teacher: Teacher,
    *,
    school: School,
    lead_provider: LeadProvider,
    start: date,
    mentee: ECTAtSchoolPeriod | None,
) -> TrainingPlan:
    """Return where a mentor's training at a school goes; it never starts before today.

    ``mentee`` is the ECT they will mentor, for the replacement schedule. Raises RuleBroken as
    ``plan_ect_training`` does. Source: spec 05 §8.3, spec 01 §8.1 Improve.
    """
    choice = contract_period_for_mentor(teacher, start=start)
    if choice is None:
        refuse("started_on", "no_contract_period")
    return _plan(
        choice,
        ContractPeriod.objects.get(year=choice.year),
        starts_on=first_day_of_training(start),
        previous=_described(_latest_training(teacher, TraineeRole.MENTOR, provider_led=True)),
        school=school,
        lead_provider=lead_provider,
        replaces_a_mentor=mentee is not None and replaces_a_trained_mentor(teacher, mentee),
    )


def plan_change(
    placement: Placement,
    *,
    present: TrainingPeriod | None,
    lead_provider: LeadProvider,
    starts_on: date,
) -> TrainingPlan:
    """Return where training goes that changes to a lead provider, from ``starts_on``.

    Raises RuleBroken when no contract period covers that day, or the provider has no contract for
    the period. Source: spec 05 §9.2 and §9.3.
    """
    previous = _trained_before(placement, present, starts_on)
    choice = _choice_for_change(placement, present, starts_on, previous)
    if choice is None:
        refuse("lead_provider", "no_contract_period")
    return _plan(
        choice,
        ContractPeriod.objects.get(year=choice.year),
        starts_on=starts_on,
        previous=previous,
        school=placement.school,
        lead_provider=lead_provider,
        replaces_a_mentor=False,
    )


def earliest_partnership(
    school: School, *, lead_provider: LeadProvider, year: int
) -> SchoolPartnership | None:
    """Return the school's earliest-created partnership with a provider in a year (R4)."""
    return (
        SchoolPartnership.objects.filter(
            school=school, lead_provider=lead_provider, contract_period=year
        )
        .select_related("lead_provider_delivery_partnership__delivery_partner")
        .order_by("created_at", "pk")
        .first()
    )


def replaces_a_trained_mentor(mentor: Teacher, mentee: ECTAtSchoolPeriod) -> bool:
    """Whether a mentor takes over from one who began training (spec 01 §8.3).

    True when the mentee is on (or next on) provider-led training, the mentor is fundable, and
    another person who mentored the same ECT, at any school, has a declaration that was not
    voided, dated within that mentorship.
    """
    today = clock.today()
    current = mentee.training_periods.current_or_future(today).earliest_first().first()
    if current is None or not current.is_provider_led or not mentor.is_fundable_as_mentor:
        return False
    declared_meanwhile = Declaration.objects.exclude(payment_status=PaymentStatus.VOIDED).filter(
        teacher=OuterRef("mentor_teacher"),
        trainee_role=TraineeRole.MENTOR,
        declaration_date__date__gte=OuterRef("started_on"),
        declaration_date__date__lte=Coalesce(OuterRef("finished_on"), today),
    )
    return (
        MentorshipPeriod.objects.filter(Exists(declared_meanwhile), ect_teacher=mentee.teacher_id)
        .exclude(mentor_teacher=mentor)
        .exists()
    )


def latest_ect_placement(teacher: Teacher) -> ECTAtSchoolPeriod | None:
    """Return a person's latest-started ECT placement at any school. One query."""
    return next(iter(ect_placements_of(teacher)), None)


def _previous_ect_training(teacher: Teacher | None) -> PreviousTraining | None:
    """Describe the latest training of the latest ECT placement (V of spec 05 §6.5 R2)."""
    placement = latest_ect_placement(teacher) if teacher else None
    if placement is None:
        return None
    return _described(next(iter(training_in(placement)), None))


def _trained_before(
    placement: Placement, present: TrainingPeriod | None, starts_on: date
) -> PreviousTraining | None:
    """Describe the latest provider-led training before a change (m of spec 05 §6.5 R6).

    At the same placement when a provider leads the training there; else in the role at any.
    """
    if present is not None and present.is_provider_led:
        led = (each for each in training_in(placement) if each.is_provider_led)
        return _described(next(led, None))
    role = TraineeRole.ECT if _is_ect(placement) else TraineeRole.MENTOR
    training = TrainingPeriod.objects.provider_led().filter(
        teacher=placement.teacher_id, trainee_role=role, started_on__lt=starts_on
    )
    return _described(training.select_related("contract_period", "schedule").latest_first().first())


def _choice_for_change(
    placement: Placement,
    present: TrainingPeriod | None,
    starts_on: date,
    previous: PreviousTraining | None,
    periods: Sequence[ContractPeriod] | None = None,
) -> ContractPeriodChoice | None:
    return rules.choice_for_change(
        periods or list(ContractPeriod.objects.all()),
        previous=previous,
        is_ect=_is_ect(placement),
        is_unconfirmed=present is not None and present.is_provider_led and not present.is_confirmed,
        starts_on=starts_on,
    )


def _is_ect(placement: Placement) -> bool:
    return isinstance(placement, ECTAtSchoolPeriod)


def _latest_training(
    teacher: Teacher | None, role: TraineeRole, *, provider_led: bool = False
) -> TrainingPeriod | None:
    if teacher is None:
        return None
    training = TrainingPeriod.objects.filter(teacher=teacher, trainee_role=role)
    if provider_led:
        training = training.filter(training_programme=TrainingProgramme.PROVIDER_LED)
    return training.select_related("contract_period", "schedule").latest_first().first()


def _described(training: TrainingPeriod | None) -> PreviousTraining | None:
    if training is None:
        return None
    period = training.contract_period
    return PreviousTraining(
        provider_led=training.is_provider_led,
        year=training.contract_period_id,
        schedule_identifier=training.schedule.identifier if training.schedule else None,
        frozen=period is not None and period.is_frozen(clock.now()),
        successor_year=period.successor_id if period else None,
    )


def _plan(
    choice: ContractPeriodChoice,
    period: ContractPeriod,
    *,
    starts_on: date,
    previous: PreviousTraining | None,
    school: School,
    lead_provider: LeadProvider,
    replaces_a_mentor: bool,
) -> TrainingPlan:
    schedules = {schedule.identifier: schedule for schedule in period.schedules.all()}
    identifier = schedule_identifier(
        year=period.year,
        reassigned=choice.reassigned,
        previous=previous,
        identifiers_of_year=schedules.keys(),
        starts_on=starts_on,
        today=clock.today(),
        replaces_a_mentor=replaces_a_mentor,
    )
    if identifier not in schedules:
        refuse("started_on", "no_schedule", schedule=identifier, year=period.year)
    lock_partnerships_of(school)
    partnership = earliest_partnership(school, lead_provider=lead_provider, year=period.year)
    interest = None
    if partnership is None:
        interest = ActiveLeadProvider.objects.filter(
            lead_provider=lead_provider, contract_period=period
        ).first()
        if interest is None:
            refuse("lead_provider", "not_active", year=period.year)
    return TrainingPlan(
        contract_period=period,
        starts_on=starts_on,
        schedule=schedules[identifier],
        partnership=partnership,
        expression_of_interest=interest,
        moved_out_of=choice.moved_out_of,
    )
