"""Decide once when a person's training became fundable, and let their declarations be paid.

Source: spec 03 §4 and §7 with their Improves, spec 01 §8.4, spec 04 §4.3 (Improve).
"""

from dataclasses import dataclass

import structlog
from django.db.models import Exists, OuterRef, QuerySet

from register_ects import clock
from register_ects.models import (
    Declaration,
    ECTAtSchoolPeriod,
    InductionPeriod,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.statements.choosing import next_output_statement
from register_ects.rules.enumerations import PaymentStatus, TraineeRole
from register_ects.rules.problems import RuleBroken

log = structlog.get_logger(__name__)

_SET_AT = {
    TraineeRole.ECT: "ect_first_became_eligible_for_training_at",
    TraineeRole.MENTOR: "mentor_first_became_eligible_for_training_at",
}
_ROLE_NAME = {TraineeRole.ECT: "an ECT", TraineeRole.MENTOR: "a mentor"}


@operation
def set_funding_eligibility(teacher: Teacher, role: TraineeRole, *, author: Author) -> None:
    """Mark a person as fundable in a role if they have become so; call it after any change.

    An ECT needs an induction period that began today or earlier, ended or not, and any
    placement; a mentor needs any training as a mentor and no end of funding. The time is set once
    and never unset. Their ``no_payment`` declarations then become eligible. Never refuses: what
    called it goes on. The caller holds the lock on ``teacher``.
    """
    field = _SET_AT[role]
    if getattr(teacher, field) is None and _fundable(role).filter(pk=teacher.pk).exists():
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

    One whose provider and contract period have no such statement stays as it is and is logged
    for finance; the nightly run tries it again. The caller holds the lock on ``teacher``.
    """
    waiting = Declaration.objects.filter(
        teacher=teacher, trainee_role=role, payment_status=PaymentStatus.NO_PAYMENT
    )
    for declaration in waiting.select_for_update(of=("self",)).order_by("pk"):
        try:
            found = _make_eligible(declaration, teacher, author=author)
        except RuleBroken:  # whatever is wrong with one declaration, the person is fundable
            log.exception("declaration_not_made_eligible", declaration_id=declaration.pk)
            continue
        if not found:
            log.warning(
                "declaration_without_statement",
                declaration_id=declaration.pk,
                lead_provider_id=declaration.lead_provider_id,
                contract_period=declaration.contract_period_id,
            )


@operation
def _make_eligible(declaration: Declaration, teacher: Teacher, *, author: Author) -> bool:
    """Put one declaration on the next open statement; False when there is none."""
    statement = next_output_statement(
        declaration.lead_provider_id, declaration.contract_period_id, clock.today()
    )
    if statement is None:
        return False
    declaration.payment_status = PaymentStatus.ELIGIBLE
    declaration.payment_statement = statement
    declaration.save(update_fields=["payment_status", "payment_statement", "updated_at"])
    record_event(
        "teacher_declaration_eligible",
        f"The {declaration.type_in_words} declaration for {teacher.name} became eligible",
        author=author,
        about=[teacher, declaration.training_period, declaration, statement],
    )
    return True


# -- The nightly run -------------------------------------------------------------------------


@dataclass(frozen=True)
class FundingReport:
    """What one nightly run found: how many people it settled, and how many it failed on.

    ``without_statement`` counts the declarations of fundable people that no open statement can
    take: finance must add a statement or void them.
    """

    settled: int
    failed: int
    without_statement: int


def settle_funding(author: Author) -> FundingReport:
    """Do for everybody what only the calendar, or a new statement, has made due.

    Marks who has become fundable, and puts their waiting declarations on statements. Each person
    is a transaction of their own, so that one that fails does not hold up the rest; its error is
    logged. Running it twice does no harm. Source: spec 03 §4 and §7 (Improves).
    """
    failed = 0
    due = _due()
    for teacher_id, role in due:
        try:
            _settle(teacher_id, role, author=author)
        except Exception:  # whatever went wrong with one must not stop the others
            log.exception("funding_not_settled", teacher_id=teacher_id, role=role)
            failed += 1
    stuck = declarations_without_statement().count()
    if stuck:
        log.error("declarations_without_statement", count=stuck)
    return FundingReport(len(due) - failed, failed, stuck)


def declarations_without_statement() -> QuerySet[Declaration]:
    """Return the declarations that ought to be paid but that no open statement can take.

    The queue for finance to review: the person is fundable, the declaration is ``submitted``,
    and its lead provider has no open output statement of the contract period.
    """
    waiting = Declaration.objects.waiting_for_statement()
    return waiting.exclude(pk__in=waiting.with_open_statement(clock.today()))


@operation
def _settle(teacher_id: int, role: TraineeRole, *, author: Author) -> None:
    teacher = Teacher.objects.locked(teacher_id)
    is_fundable = getattr(teacher, _SET_AT[role]) is not None
    if is_fundable:
        make_waiting_declarations_eligible(teacher, role, author=author)
    else:
        set_funding_eligibility(teacher, role, author=author)


def _due() -> list[tuple[int, TraineeRole]]:
    """Return who has become fundable without notice, or has a declaration that can move on."""
    due: set[tuple[int, TraineeRole]] = set()
    for role, field in _SET_AT.items():
        unmarked = _fundable(role).filter(**{field: None})
        due |= {(teacher, role) for teacher in unmarked.values_list("pk", flat=True)}
    waiting = Declaration.objects.waiting_for_statement().with_open_statement(clock.today())
    due |= {
        (teacher, TraineeRole(role))
        for teacher, role in waiting.values_list("teacher", "trainee_role")
    }
    return sorted(due)


def _fundable(role: TraineeRole) -> QuerySet[Teacher]:
    """Return the people who meet the conditions of a role today, marked or not."""
    mine = {"teacher": OuterRef("pk")}
    if role == TraineeRole.MENTOR:
        training = TrainingPeriod.objects.filter(**mine, trainee_role=role)
        return Teacher.objects.filter(
            Exists(training),
            mentor_became_ineligible_for_funding_on=None,
            mentor_became_ineligible_for_funding_reason=None,
        )
    begun = InductionPeriod.objects.filter(**mine, started_on__lte=clock.today())
    placed = ECTAtSchoolPeriod.objects.filter(**mine)
    return Teacher.objects.filter(Exists(begun), Exists(placed))
