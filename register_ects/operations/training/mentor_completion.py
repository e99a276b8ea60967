"""What a mentor's ``completed`` declaration does: their funding and their training end.

Mentorships go on: the person may still mentor. Source: spec 03 §6, spec 00.
"""

from datetime import date

from register_ects import clock
from register_ects.models import Declaration, Teacher, TrainingPeriod
from register_ects.operations.base import Author, record_event
from register_ects.rules.enumerations import MentorFundingEndReason, TraineeRole


def complete_mentor_training(declaration: Declaration, *, author: Author) -> None:
    """End a mentor's funding and running training, inside the declaration's transaction.

    Does nothing for an ECT's declaration. The caller holds the lock on the teacher.
    """
    if declaration.trainee_role != TraineeRole.MENTOR:
        return
    day = clock.london_date(declaration.declaration_date)
    _end_funding(declaration, day, author=author)
    teacher = declaration.teacher
    running = teacher.training_periods.filter(trainee_role=TraineeRole.MENTOR)
    running = running.select_related(
        "mentor_at_school_period",
        "school_partnership",
        "expression_of_interest",
        "schedule",
        "school__gias_school",
    )
    for training in running.current_or_future(clock.today()).earliest_first():
        _end_training(training, teacher, day, declaration, author=author)


def _end_funding(declaration: Declaration, day: date, *, author: Author) -> None:
    teacher = declaration.teacher
    fields: dict[str, tuple[object, object]] = {
        "mentor_became_ineligible_for_funding_on": (
            teacher.mentor_became_ineligible_for_funding_on,
            day,
        ),
        "mentor_became_ineligible_for_funding_reason": (
            teacher.mentor_became_ineligible_for_funding_reason,
            MentorFundingEndReason.COMPLETED_DECLARATION_RECEIVED.value,
        ),
    }
    changes = {name: values for name, values in fields.items() if values[0] != values[1]}
    if not changes:
        return
    for name, (_, new) in changes.items():
        setattr(teacher, name, new)
    teacher.save(update_fields=[*changes, "updated_at"])
    record_event(
        "mentor_completion_status_change",
        f"{teacher.name} completed mentor training",
        author=author,
        about=[teacher, declaration.training_period, declaration],
        changes=changes,
    )


def _end_training(
    training: TrainingPeriod,
    teacher: Teacher,
    day: date,
    declaration: Declaration,
    *,
    author: Author,
) -> None:
    """End training on ``day`` or its own first day, whichever is later, but never in the future.

    Training that ends today keeps its end; training that starts later is left as it is.
    """
    last_day = max(day, training.started_on)
    if last_day > clock.today() or training.finished_on == clock.today():
        return
    planned_end, training.finished_on = training.finished_on, last_day
    training.save(update_fields=["finished_on", "updated_at"])
    record_event(
        "teacher_finishes_training_period",
        f"{teacher.name} finishes training as a mentor",
        author=author,
        about=[teacher, training.school, training, training.mentor_at_school_period, declaration],
        happened_on=last_day,
        changes={"finished_on": (planned_end, last_day)},
    )
