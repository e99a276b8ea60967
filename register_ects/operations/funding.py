"""Decide once when a person's training became fundable, and let their declarations be paid.

Source: spec 01 §8.4, spec 06 §6.15, spec 04 §4.3 (Improve).
"""

from register_ects import clock
from register_ects.models import Declaration, Teacher
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.statements import next_output_statement
from register_ects.rules.enumerations import PaymentStatus, TraineeRole

_SET_AT = {
    TraineeRole.ECT: "ect_first_became_eligible_for_training_at",
    TraineeRole.MENTOR: "mentor_first_became_eligible_for_training_at",
}
_ROLE_NAME = {TraineeRole.ECT: "an ECT", TraineeRole.MENTOR: "a mentor"}


@operation
def set_funding_eligibility(teacher: Teacher, role: TraineeRole, *, author: Author) -> None:
    """Mark a person as fundable in a role if they have become so; call it after any change.

    An ECT needs an induction period that covers today and any placement; a mentor needs any
    training as a mentor and no end of funding. The time is set once and never unset. Their
    ``no_payment`` declarations then become eligible. The caller holds the lock on ``teacher``.
    """
    field = _SET_AT[role]
    if getattr(teacher, field) is None and _is_fundable(teacher, role):
        setattr(teacher, field, clock.now())
        teacher.save(update_fields=[field, "updated_at"])
        record_event(
            "teacher_funding_eligibility_set",
            f"{teacher.name} became eligible for funding as {_ROLE_NAME[role]}",
            author=author,
            about=[teacher],
            changes={field: (None, getattr(teacher, field))},
        )
        make_waiting_declarations_eligible(teacher, role, author=author)


@operation
def make_waiting_declarations_eligible(
    teacher: Teacher, role: TraineeRole, *, author: Author
) -> None:
    """Put a fundable person's ``no_payment`` declarations on their next open statements.

    One whose provider and contract period have no such statement stays as it is, and is tried
    again by the next call (spec 04 §4.3 Improve).
    """
    waiting = Declaration.objects.filter(
        teacher=teacher, trainee_role=role, payment_status=PaymentStatus.NO_PAYMENT
    )
    for declaration in waiting.select_for_update(of=("self",)).order_by("pk"):
        statement = next_output_statement(
            declaration.lead_provider_id, declaration.contract_period_id, clock.today()
        )
        if statement is None:
            continue
        declaration.payment_status = PaymentStatus.ELIGIBLE
        declaration.payment_statement = statement
        declaration.save(update_fields=["payment_status", "payment_statement", "updated_at"])
        record_event(
            "teacher_declaration_eligible",
            f"The {declaration.declaration_type} declaration for {teacher.name} became eligible",
            author=author,
            about=[teacher, declaration.training_period, declaration],
        )


def _is_fundable(teacher: Teacher, role: TraineeRole) -> bool:
    if role == TraineeRole.MENTOR:
        return (
            teacher.mentor_became_ineligible_for_funding_on is None
            and teacher.is_fundable_as_mentor
            and teacher.training_periods.filter(trainee_role=role).exists()
        )
    return (
        teacher.induction_periods.containing(clock.today()).exists()
        and teacher.ect_at_school_periods.exists()
    )
