"""What lead providers declare and take back."""

from collections.abc import Iterator
from typing import Any

from register_ects import clock
from register_ects.models import Declaration
from register_ects.operations.declarations import bulk as bulk_declarations
from register_ects.operations.declarations import making as declarations
from register_ects.operations.declarations import voiding
from register_ects.rules.declarations import SentDeclaration
from register_ects.rules.enumerations import (
    ClawbackStatus,
    DeclarationType,
    PaymentStatus,
    TraineeRole,
)
from tests.performance import subjects
from tests.performance.operations.measured import MeasuredOperation
from tests.performance.subjects import AUTHOR

#: Declarations in one request in bulk.
BULK = 5


def declare(subject: Any) -> Any:
    provider, claim = subject
    return declarations.create_declaration(provider, claim, received_at=clock.now(), author=AUTHOR)


def starts_of_mentors() -> Any:
    """Return what was declared of mentors' starts: hardly one has nothing declared of it."""
    return (
        subjects.declarations(
            trainee_role=TraineeRole.MENTOR, declaration_type=DeclarationType.STARTED
        )
        .live()
        .order_by("-pk")
    )


def declare_again(declaration: Declaration) -> None:
    claim = SentDeclaration(
        participant_id=str(declaration.teacher.api_id),
        course_identifier=subjects.COURSES[TraineeRole(declaration.trainee_role)],
        declaration_type=declaration.declaration_type,
        declaration_date=declaration.declaration_date.isoformat(),
        evidence_type=declaration.evidence_type,
    )
    declare((declaration.lead_provider, claim))


def bulks() -> Iterator[Any]:
    """Yield some claims of one provider at a time."""
    waiting: dict[Any, list[Any]] = {}
    for provider, claim in subjects.claims():
        batch = waiting.setdefault(provider, [])
        batch.append(claim)
        if len(batch) == BULK:
            yield provider, waiting.pop(provider)


def declare_in_bulk(subject: Any) -> None:
    provider, batch = subject
    bulk_declarations.create_declarations(provider, batch, received_at=clock.now(), author=AUTHOR)


def void(declaration: Any) -> None:
    declaration.refresh_from_db()
    voiding.void_declaration(declaration, author=AUTHOR)


def unpaid() -> Any:
    return subjects.declarations(
        trainee_role=TraineeRole.ECT,
        payment_status__in=[PaymentStatus.NO_PAYMENT, PaymentStatus.ELIGIBLE],
    ).order_by("-pk")


def paid() -> Any:
    return _paid(trainee_role=TraineeRole.ECT)


def paid_completions_of_mentors() -> Any:
    return _paid(trainee_role=TraineeRole.MENTOR, declaration_type=DeclarationType.COMPLETED)


def _paid(**having: Any) -> Any:
    return subjects.declarations(
        payment_status=PaymentStatus.PAID, clawback_status=ClawbackStatus.NO_CLAWBACK, **having
    ).order_by("-pk")


OPERATIONS = [
    MeasuredOperation("Declare", declarations.create_declaration, subjects.claims, declare),
    MeasuredOperation(
        "Declare for a mentor",
        declarations.create_declaration,
        starts_of_mentors,
        declare_again,
        prepare=void,
    ),
    MeasuredOperation(
        "Declare in bulk, each",
        bulk_declarations.create_declarations,
        bulks,
        declare_in_bulk,
        rows=lambda subject: BULK,
    ),
    MeasuredOperation("Void", voiding.void_declaration, unpaid, void),
    MeasuredOperation("Claw back", voiding.void_declaration, paid, void),
    MeasuredOperation(
        "Claw back that a mentor completed",
        voiding.void_declaration,
        paid_completions_of_mentors,
        void,
    ),
]
