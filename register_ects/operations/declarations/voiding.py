"""Void a declaration, or begin to claw it back once it has been paid (spec 03 §5)."""

from datetime import date
from typing import cast

from register_ects import clock
from register_ects.models import Declaration, Event, StaffUser, TrainingPeriod
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.statements.choosing import next_output_statement
from register_ects.operations.teachers.locking import lock_people, owner_of
from register_ects.operations.training.funding import set_funding_eligibility
from register_ects.rules.enumerations import (
    ClawbackStatus,
    DeclarationType,
    MentorFundingEndReason,
    PaymentStatus,
    TraineeRole,
)
from register_ects.rules.problems import refuse

_END_OF_FUNDING = (
    "mentor_became_ineligible_for_funding_on",
    "mentor_became_ineligible_for_funding_reason",
)
_COMPLETED = MentorFundingEndReason.COMPLETED_DECLARATION_RECEIVED


@operation
def void_declaration(
    declaration: Declaration, *, author: Author, by_user: StaffUser | None = None
) -> Declaration:
    """Void a declaration that was not paid, or start clawing back one that was.

    The slot for its type is free again at once. ``by_user`` is the member of staff who did it;
    None for the lead provider itself. Raises RuleBroken (field ``participant_declaration_id``)
    when it is voided or being clawed back already, or no statement is left to recover it from.
    """
    lock_people(owner_of(declaration))
    locked = (
        Declaration.objects.select_for_update(of=("self",))
        .select_related("teacher", "training_period")
        .get(pk=declaration.pk)
    )
    if locked.payment_status == PaymentStatus.VOIDED:
        refuse("participant_declaration_id", "already_voided")
    if locked.clawback_status != ClawbackStatus.NO_CLAWBACK:
        refuse("participant_declaration_id", "already_clawed_back")
    if locked.payment_status == PaymentStatus.PAID:
        _start_clawback(locked)
    else:
        locked.payment_status = PaymentStatus.VOIDED
    if by_user is not None:
        locked.voided_by_user, locked.voided_by_user_at = by_user, clock.now()
    locked.save()
    if locked.declaration_type == DeclarationType.COMPLETED:
        _undo_mentor_completion(locked, author=author)
    _record(locked, author)
    return locked


def _start_clawback(declaration: Declaration) -> None:
    statement = next_output_statement(
        declaration.lead_provider_id, declaration.contract_period_id, clock.today()
    )
    if statement is None:
        refuse(
            "participant_declaration_id",
            "no_statement_for_clawback",
            year=declaration.contract_period_id,
        )
    declaration.clawback_status = ClawbackStatus.AWAITING_CLAWBACK
    declaration.clawback_statement = statement


def _record(declaration: Declaration, author: Author) -> None:
    clawed_back = declaration.clawback_status != ClawbackStatus.NO_CLAWBACK
    what = "will be clawed back" if clawed_back else "was voided"
    record_event(
        "teacher_declaration_awaiting_clawback" if clawed_back else "teacher_declaration_voided",
        f"The {declaration.type_in_words} declaration for {declaration.teacher.name} {what}",
        author=author,
        about=[declaration.teacher, declaration.training_period, declaration],
    )


def _undo_mentor_completion(declaration: Declaration, *, author: Author) -> None:
    """Give back what a voided ``completed`` declaration took.

    Takes back the end of funding that it set, unless another live one stands, and reopens exactly
    the training that it closed, if nothing has taken its place. Source: spec 00, spec 03 §6.
    """
    if declaration.trainee_role != TraineeRole.MENTOR or _completed_otherwise(declaration):
        return
    teacher = declaration.teacher
    if teacher.mentor_became_ineligible_for_funding_reason == _COMPLETED:
        before = _end_of_funding_before(declaration)
        changes = {name: (getattr(teacher, name), value) for name, value in before.items()}
        for name, value in before.items():
            setattr(teacher, name, value)
        teacher.save(update_fields=[*_END_OF_FUNDING, "updated_at"])
        record_event(
            "mentor_completion_status_change",
            f"{teacher.name} has not completed mentor training after all",
            author=author,
            about=[teacher, declaration.training_period, declaration],
            changes=changes,
        )
    for training, planned_end in _closed_by(declaration):
        _reopen(training, planned_end)
    set_funding_eligibility(teacher, TraineeRole.MENTOR, author=author)


def _completed_otherwise(declaration: Declaration) -> bool:
    return (
        Declaration.objects.live()
        .filter(
            teacher=declaration.teacher_id,
            trainee_role=TraineeRole.MENTOR,
            declaration_type=DeclarationType.COMPLETED,
        )
        .exclude(pk=declaration.pk)
        .exists()
    )


def _end_of_funding_before(declaration: Declaration) -> dict[str, date | str | None]:
    """Return the day and reason that this declaration replaced, None for each if there were none.

    An early roll-out mentor, whose funding had ended for another reason, is one again.
    """
    ended = declaration.events.filter(event_type="mentor_completion_status_change").last()
    day, reason = (
        (ended.metadata if ended else {}).get(name, (None,))[0] for name in _END_OF_FUNDING
    )
    if day is None or reason is None or reason == _COMPLETED:
        return dict.fromkeys(_END_OF_FUNDING)
    return dict(zip(_END_OF_FUNDING, (date.fromisoformat(day), reason), strict=True))


def _closed_by(declaration: Declaration) -> list[tuple[TrainingPeriod, date | None]]:
    """Return the training whose end was recorded as this declaration's doing.

    With the last day it was to have before, None for none. Training that was withdrawn or
    deferred since is left as it is.
    """
    endings = declaration.events.filter(
        event_type="teacher_finishes_training_period",
        training_period__isnull=False,
        training_period__withdrawn_at=None,
        training_period__deferred_at=None,
    )
    return [
        (cast("TrainingPeriod", ending.training_period), _planned_end(ending))
        for ending in endings.select_related("training_period__mentor_at_school_period")
    ]


def _planned_end(ending: Event) -> date | None:
    before, _ = ending.metadata.get("finished_on", (None, None))
    return date.fromisoformat(before) if before else None


def _reopen(training: TrainingPeriod, planned_end: date | None) -> None:
    """Give training its planned end back, within its placement, unless other training is there.

    Training that was to follow the planned end already does not stand in the way.
    """
    placement = training.mentor_at_school_period
    if placement is None:
        return
    ends = [day for day in (planned_end, placement.finished_on) if day is not None]
    last_day = min(ends, default=None)
    others = TrainingPeriod.objects.filter(
        teacher=training.teacher_id, trainee_role=TraineeRole.MENTOR
    ).exclude(pk=training.pk)
    in_its_place = others.current_or_future(training.started_on)
    if in_its_place.filter(started_on__lte=last_day or date.max).exists():
        return
    training.finished_on = last_day
    training.save(update_fields=["finished_on", "updated_at"])
