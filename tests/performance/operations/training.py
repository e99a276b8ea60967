"""How training changes, pauses and ends, and who is funded."""

from collections.abc import Callable, Iterator
from typing import Any, cast

import pgtrigger
from django.db.models import Q

from register_ects.models import ECTAtSchoolPeriod, LeadProvider, Teacher, TrainingPeriod
from register_ects.operations.training import changes as training_changes
from register_ects.operations.training import (
    funding,
    participant_actions,
    proposed,
    schedule_changes,
)
from register_ects.rules.enumerations import PaymentStatus, TraineeRole, TrainingProgramme
from register_ects.rules.participant_actions import ActionRequest
from register_ects.rules.schedule_changes import ScheduleRequest
from tests.performance import subjects
from tests.performance.operations.measured import MeasuredOperation
from tests.performance.subjects import AUTHOR


def with_another_provider() -> Iterator[Any]:
    for training in subjects.in_training()[: subjects.MOST_CANDIDATES]:
        others = proposed.proposed_change_of_provider(training.placement).lead_providers()
        if others:
            yield training.placement, others[0]


def change_lead_provider(subject: tuple[Any, LeadProvider]) -> None:
    placement, provider = subject
    training_changes.change_lead_provider(placement, provider, author=AUTHOR)


def change_programme(training: TrainingPeriod) -> None:
    training_changes.change_training_programme(
        cast("ECTAtSchoolPeriod", training.placement),
        TrainingProgramme.SCHOOL_LED,
        author=AUTHOR,
    )


def stopped() -> Any:
    stopped = TrainingPeriod.objects.confirmed().filter(
        Q(deferred_at__isnull=False) | Q(withdrawn_at__isnull=False),
        ect_at_school_period__finished_on=None,
        ect_at_school_period__isnull=False,
    )
    return stopped.select_related("teacher", "lead_provider").order_by("pk")


def acting(function: Callable[..., Any], reason: str | None) -> Callable[[Any], Any]:
    def call(training: TrainingPeriod) -> None:
        asked = ActionRequest(subjects.COURSES[TraineeRole(training.trainee_role)], reason)
        function(training.lead_provider, training.teacher_id, asked, author=AUTHOR)

    return call


def change_schedule(training: TrainingPeriod) -> None:
    other = (
        "ecf-extended-september"
        if training.schedule.identifier != "ecf-extended-september"
        else "ecf-standard-september"
    )
    schedule_changes.change_schedule(
        training.lead_provider,
        training.teacher_id,
        ScheduleRequest(subjects.COURSES[TraineeRole(training.trainee_role)], other),
        author=AUTHOR,
    )


def eligible() -> Any:
    """Return people with declarations that are eligible, which ``let_wait`` takes back."""
    return subjects.people(
        declarations__payment_status=PaymentStatus.ELIGIBLE, declarations__trainee_role="ect"
    ).distinct()


def let_wait(teacher: Teacher) -> None:
    with pgtrigger.ignore("register_ects.Declaration:what_is_owed_never_goes_back"):
        teacher.declarations.filter(payment_status=PaymentStatus.ELIGIBLE).update(
            payment_status=PaymentStatus.NO_PAYMENT, payment_statement=None
        )


def fund(teacher: Teacher) -> None:
    funding.make_waiting_declarations_eligible(teacher, TraineeRole.ECT, author=AUTHOR)


OPERATIONS = [
    MeasuredOperation(
        "Change a lead provider",
        training_changes.change_lead_provider,
        with_another_provider,
        change_lead_provider,
    ),
    MeasuredOperation(
        "Change to school-led training",
        training_changes.change_training_programme,
        subjects.in_training,
        change_programme,
    ),
    MeasuredOperation(
        "Defer",
        participant_actions.defer_participant,
        subjects.in_training,
        acting(participant_actions.defer_participant, "other"),
    ),
    MeasuredOperation(
        "Withdraw",
        participant_actions.withdraw_participant,
        subjects.in_training,
        acting(participant_actions.withdraw_participant, "other"),
    ),
    MeasuredOperation(
        "Resume",
        participant_actions.resume_participant,
        stopped,
        acting(participant_actions.resume_participant, None),
    ),
    MeasuredOperation(
        "Change schedule", schedule_changes.change_schedule, subjects.in_training, change_schedule
    ),
    MeasuredOperation(
        "Make waiting declarations eligible",
        funding.make_waiting_declarations_eligible,
        eligible,
        fund,
        prepare=let_wait,
    ),
]
