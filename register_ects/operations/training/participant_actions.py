"""A lead provider defers, withdraws or resumes a participant's training.

What is allowed: rules/participant_actions.py. No declaration, mentorship or placement is touched.
Changing the schedule is in ``schedule_changes``. Source: spec 03 §9, spec 02 §2.13.3.
"""

from datetime import date
from typing import Any, cast

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.models import (
    LeadProvider,
    Schedule,
    School,
    SchoolPartnership,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.messages.emails import record_path, tell_induction_tutor
from register_ects.operations.training.periods import continue_training
from register_ects.rules import participant_actions as rules
from register_ects.rules.enumerations import EmailTemplate, TraineeRole
from register_ects.rules.participant_actions import ActionRequest, OtherTraining, Training
from register_ects.rules.problems import refuse_if


@operation
def defer_participant(
    lead_provider: LeadProvider, teacher_id: int, request: ActionRequest, *, author: Author
) -> TrainingPeriod:
    """Pause the provider's latest training of a participant in the role, and return it.

    It ends today, or on the earlier day that it was to end. Raises RuleBroken with the problems
    of rules/participant_actions.py. Source: spec 03 §9.3.
    """
    found = locked_training(lead_provider, teacher_id, request.role)
    refuse_if(rules.problems_with_deferring(request, _facts(found), today=clock.today()))
    training = cast("TrainingPeriod", found)
    reason = rules.DEFERRAL_REASONS[cast("str", request.reason)]
    changes = _stop(training, {"deferred_at": clock.now(), "deferral_reason": reason})
    record_event(
        "teacher_defers_training_period",
        f"{lead_provider.name} deferred {training.teacher.name}’s training",
        author=author,
        about=[training.teacher, training, lead_provider],
        changes=changes,
    )
    _tell_school(training, EmailTemplate.TRAINING_DEFERRED, lead_provider)
    return training


@operation
def withdraw_participant(
    lead_provider: LeadProvider, teacher_id: int, request: ActionRequest, *, author: Author
) -> TrainingPeriod:
    """End the provider's latest training of a participant in the role, and return it.

    It ends today, or on the earlier day that it was to end. Raises RuleBroken with the problems
    of rules/participant_actions.py. Source: spec 03 §9.4.
    """
    found = locked_training(lead_provider, teacher_id, request.role)
    refuse_if(rules.problems_with_withdrawing(request, _facts(found), today=clock.today()))
    training = cast("TrainingPeriod", found)
    reason = rules.WITHDRAWAL_REASONS[cast("str", request.reason)]
    changes = _stop(training, {"withdrawn_at": clock.now(), "withdrawal_reason": reason})
    record_event(
        "teacher_withdraws_training_period",
        f"{lead_provider.name} withdrew {training.teacher.name} from training",
        author=author,
        about=[training.teacher, training, lead_provider],
        changes=changes,
    )
    _tell_school(training, EmailTemplate.TRAINING_WITHDRAWN, lead_provider)
    return training


@operation
def resume_participant(
    lead_provider: LeadProvider, teacher_id: int, request: ActionRequest, *, author: Author
) -> TrainingPeriod:
    """Take deferred or withdrawn training up again from today, and return the new training.

    It is in the same placement, partnership and on the same schedule, until the placement ends.
    The old training keeps how it was stopped. Raises RuleBroken with the problems of
    rules/participant_actions.py. Source: spec 03 §9.5.
    """
    found = locked_training(lead_provider, teacher_id, request.role)
    placement_end = found.placement.finished_on if found else None
    refuse_if(
        rules.problems_with_resuming(
            request,
            _facts(found),
            placement_finished_on=placement_end,
            others=_other_training(found) if found else (),
            today=clock.today(),
        )
    )
    training = cast("TrainingPeriod", found)
    resumed = continue_training(
        training,
        finished_on=placement_end,
        schedule=cast("Schedule", training.schedule),
        partnership=cast("SchoolPartnership", training.school_partnership),
        author=author,
    )
    record_event(
        "teacher_resumes_training_period",
        f"{lead_provider.name} resumed {training.teacher.name}’s training",
        author=author,
        about=[training.teacher, training, lead_provider],
        metadata={"new_training_period_id": resumed.pk},
    )
    return resumed


def locked_training(
    lead_provider: LeadProvider, teacher_id: int, role: TraineeRole | None
) -> TrainingPeriod | None:
    """Lock a person and return the provider's latest training of theirs in the role, locked too.

    None when there is none, or no role was named. Requests about one person must decide one after
    the other, so the training is looked up under the lock. Source: spec 03 §2.4.
    """
    teacher = Teacher.objects.locked(teacher_id)
    training = (
        TrainingPeriod.objects.of_person(lead_provider, teacher)
        .filter(trainee_role=role)
        .select_related(
            "ect_at_school_period",
            "mentor_at_school_period",
            "schedule__contract_period",
            "school_partnership__lead_provider_delivery_partnership",
            "expression_of_interest",
        )
        .select_for_update(of=("self",))
        .first()
    )
    if training is not None:
        training.teacher = teacher
    return training


def _tell_school(
    training: TrainingPeriod, template: EmailTemplate, lead_provider: LeadProvider
) -> None:
    """Write to the school at which the participant is; a school that they have left, to nobody."""
    placement, today = training.placement, clock.today()
    if not placement.is_current_or_future(today):
        return
    is_ect = training.trainee_role == TraineeRole.ECT
    tell_induction_tutor(
        School.objects.with_register_record().get(pk=placement.school_id),
        template,
        person_name=training.teacher.name,
        role="an early career teacher (ECT)" if is_ect else "a mentor",
        lead_provider_name=lead_provider.name,
        reported_on=govuk_date(today),
        record_path=record_path(placement),
    )


def _facts(training: TrainingPeriod | None) -> Training | None:
    if training is None:
        return None
    return Training(
        role=TraineeRole(training.trainee_role),
        started_on=training.started_on,
        finished_on=training.finished_on,
        status=training.training_status,
    )


def _other_training(training: TrainingPeriod) -> list[OtherTraining]:
    """Return the person's other training in the role that reaches today or begins later."""
    others = training.teacher.training_periods.filter(trainee_role=training.trainee_role)
    return [
        OtherTraining(
            is_here=other.placement == training.placement,
            is_provider_led=other.is_provider_led,
            started_on=other.started_on,
            finished_on=other.finished_on,
        )
        for other in others.exclude(pk=training.pk)
        .current_or_future(clock.today())
        .select_related("ect_at_school_period", "mentor_at_school_period")
    ]


def _stop(training: TrainingPeriod, stamp: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Stamp training, end it today at the latest, and return what changed."""
    today: date = clock.today()
    values = {**stamp, "finished_on": min(training.finished_on or today, today)}
    changes = {
        name: (getattr(training, name), value)
        for name, value in values.items()
        if getattr(training, name) != value
    }
    for name, value in values.items():
        setattr(training, name, value)
    training.save(update_fields=[*values, "updated_at"])
    return changes
