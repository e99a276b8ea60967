"""Open training periods as planned, with the events that tell of them."""

from datetime import date

from register_ects import clock
from register_ects.models import (
    ContractPeriod,
    ECTAtSchoolPeriod,
    LeadProvider,
    MentorAtSchoolPeriod,
    Placement,
    Schedule,
    SchoolPartnership,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.base import Author, record_event
from register_ects.operations.training.funding import set_funding_eligibility
from register_ects.operations.training.plans import TrainingPlan, plan_mentor_training
from register_ects.rules.enumerations import TraineeRole, TrainingProgramme


def open_provider_led_training(
    placement: Placement, plan: TrainingPlan, *, author: Author
) -> TrainingPeriod:
    """Open training with a lead provider as planned, inside a transaction.

    Sets the frozen-year marker when the person leaves a frozen contract period (spec 01 §8.2).
    A mentor may become fundable by it, whoever opens it (spec 03 §7 Improve). The caller holds
    the lock on the person.
    """
    is_ect = isinstance(placement, ECTAtSchoolPeriod)
    training = TrainingPeriod.objects.create(
        ect_at_school_period=placement if isinstance(placement, ECTAtSchoolPeriod) else None,
        mentor_at_school_period=placement if isinstance(placement, MentorAtSchoolPeriod) else None,
        training_programme=TrainingProgramme.PROVIDER_LED,
        started_on=plan.starts_on,
        finished_on=placement.finished_on,
        school_partnership=plan.partnership,
        expression_of_interest=plan.expression_of_interest,
        schedule=plan.schedule,
    )
    _mark_frozen_year(placement, plan.moved_out_of, is_ect=is_ect)
    _record_schedule(placement.teacher, training, plan.schedule, author)
    if not is_ect:
        set_funding_eligibility(placement.teacher, TraineeRole.MENTOR, author=author)
    return training


def open_mentor_training(
    mentor: MentorAtSchoolPeriod,
    *,
    mentee: ECTAtSchoolPeriod,
    lead_provider: LeadProvider,
    starts_on: date,
    author: Author,
) -> TrainingPeriod:
    """Open a mentor's first training and record its start: from the later of two first days.

    Those are ``starts_on`` and their own at the school; but never before today.
    """
    plan = plan_mentor_training(
        mentor.teacher,
        school=mentor.school,
        lead_provider=lead_provider,
        start=max(starts_on, mentor.started_on),
        mentee=mentee,
    )
    training = open_provider_led_training(mentor, plan, author=author)
    record_training_start(training, author=author)
    return training


def change_training_in_place(
    training: TrainingPeriod, plan: TrainingPlan, *, author: Author
) -> TrainingPeriod:
    """Give training that has not begun, or began today, to the provider of a plan; return it.

    Its days stay, and its schedule too unless the person leaves a frozen contract period. It counts
    as made now: pages tell since when its lead provider has been named.
    """
    placement, before = training.placement, training.schedule_id
    training.school_partnership = plan.partnership
    training.expression_of_interest = plan.expression_of_interest
    training.schedule = plan.schedule
    training.created_at = clock.now()
    changed = ["school_partnership", "expression_of_interest", "schedule"]
    training.save(update_fields=[*changed, "created_at", "updated_at"])
    is_ect = isinstance(placement, ECTAtSchoolPeriod)
    _mark_frozen_year(placement, plan.moved_out_of, is_ect=is_ect)
    if plan.schedule.pk != before:
        _record_schedule(placement.teacher, training, plan.schedule, author)
    return training


def continue_training(
    training: TrainingPeriod,
    *,
    finished_on: date | None,
    schedule: Schedule,
    partnership: SchoolPartnership,
    author: Author,
) -> TrainingPeriod:
    """Open confirmed training that follows finished training in its placement, from today.

    ``finished_on`` is its last day, None for an open end. The caller holds the lock on the person.
    """
    following = TrainingPeriod.objects.create(
        ect_at_school_period=training.ect_at_school_period,
        mentor_at_school_period=training.mentor_at_school_period,
        training_programme=TrainingProgramme.PROVIDER_LED,
        started_on=clock.today(),
        finished_on=finished_on,
        school_partnership=partnership,
        schedule=schedule,
    )
    _record_schedule(training.teacher, following, schedule, author)
    return following


def open_school_led_training(placement: ECTAtSchoolPeriod, *, starts_on: date) -> TrainingPeriod:
    """Open training that the school delivers itself, inside a transaction."""
    return TrainingPeriod.objects.create(
        ect_at_school_period=placement,
        training_programme=TrainingProgramme.SCHOOL_LED,
        started_on=starts_on,
        finished_on=placement.finished_on,
    )


def record_training_start(training: TrainingPeriod, *, author: Author) -> None:
    """Record that training starts on its first day."""
    role = "an ECT" if training.ect_at_school_period_id else "a mentor"
    record_event(
        "teacher_starts_training_period",
        f"{training.teacher.name} starts training as {role}",
        author=author,
        about=[
            training.teacher,
            training.school,
            training,
            training.placement,
        ],
        happened_on=training.started_on,
    )


def _record_schedule(
    teacher: Teacher, training: TrainingPeriod, schedule: Schedule, author: Author
) -> None:
    record_event(
        "teacher_schedule_assigned_to_training_period",
        f"{teacher.name} was put on {schedule.in_words}",
        author=author,
        about=[teacher, training, schedule],
    )


def _mark_frozen_year(placement: Placement, year: int | None, *, is_ect: bool) -> None:
    if year is None:
        return
    field = "ect_payments_frozen_year" if is_ect else "mentor_payments_frozen_year"
    setattr(placement.teacher, field, ContractPeriod.objects.get(year=year))
    placement.teacher.save(update_fields=[field, "updated_at"])
