"""What the measured operations and pages act on: people, schools and bodies of a population.

The same questions are asked of a population of any size, so that the answers compare.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count, islice
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from register_ects import clock
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import (
    AppropriateBody,
    ContractPeriod,
    Declaration,
    ECTAtSchoolPeriod,
    InductionPeriod,
    LeadProvider,
    LeadProviderDeliveryPartnership,
    Milestone,
    School,
    SchoolPartnership,
    StaffUser,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.base import Author
from register_ects.rules import contract_periods
from register_ects.rules.declarations import SentDeclaration
from register_ects.rules.enumerations import StaffRole, TraineeRole
from register_ects.rules.instants import LONDON
from register_ects.rules.problems import RuleBroken

AUTHOR = Author.system()
COURSES = {TraineeRole.ECT: "ecf-induction", TraineeRole.MENTOR: "ecf-mentor"}
#: Candidates looked at before giving up: rules refuse some.
MOST_CANDIDATES = 400

_new_trns = count(8_000_000)


def first(number: int, operation: Any, *, of: int = MOST_CANDIDATES) -> list[Any]:
    """Return the first subjects that an operation accepts; nothing is kept of the trials."""
    candidates = operation.subjects()
    if isinstance(candidates, QuerySet):
        candidates = candidates[:of]
    accepted = (subject for subject in islice(candidates, of) if _accepts(operation, subject))
    return list(islice(accepted, number))


def _accepts(operation: Any, subject: Any) -> bool:
    try:
        with transaction.atomic():
            operation.prepare(subject)
            operation.call(subject)
            transaction.set_rollback(True)
    except RuleBroken:
        return False
    return True


# -- People ------------------------------------------------------------------------------------


def new_person(**changes: Any) -> TeacherRecord:
    """Return somebody whom only TRS knows."""
    trn = str(next(_new_trns))
    values: dict[str, Any] = {
        "trn": trn,
        "first_name": "Robin",
        "middle_name": "",
        "last_name": f"Newcomer {trn[-3:]}",
        "date_of_birth": date(1999, 4, 5),
        "national_insurance_number": None,
        "email": None,
        "induction_status": "RequiredToComplete",
        "induction_start_date": None,
        "induction_completed_date": None,
        "induction_exemption_reasons": (),
        "qts_awarded_on": date(2024, 7, 1),
        "qts_status_description": "QualifiedTeacherStatus",
        "itt_provider_name": "Northmoor SCITT",
        "itt_start_date": None,
        "itt_end_date": date(2024, 6, 30),
        "alerts": (),
        "read_at": clock.now(),
    }
    return TeacherRecord(**{**values, **changes})


def as_trs_shows(teacher: Teacher, **changes: Any) -> TeacherRecord:
    """Return the TRS record of somebody we hold."""
    values = {
        "trn": teacher.trn,
        "first_name": teacher.trs_first_name,
        "last_name": teacher.trs_last_name,
        "induction_status": teacher.trs_induction_status,
        "induction_start_date": teacher.trs_induction_start_date,
        "induction_completed_date": teacher.trs_induction_completed_date,
        "qts_awarded_on": teacher.trs_qts_awarded_on or date(2021, 7, 1),
    }
    return new_person(**{**values, **changes})


def people(**having: Any) -> Any:
    """Return people with a TRN, in a fixed order."""
    return Teacher.objects.filter(trn__isnull=False, **having).order_by("pk")


def ects() -> Any:
    """Return people who have been ECTs, in a fixed order."""
    return people(ect_at_school_periods__isnull=False).distinct()


def ect_placements() -> Any:
    """Return current placements of ECTs, in a fixed order."""
    today = clock.today()
    return (
        ECTAtSchoolPeriod.objects.containing(today)
        .filter(finished_on=None, teacher__trn__isnull=False)
        .select_related("teacher", "school__gias_school")
        .order_by("pk")
    )


def trainings() -> Any:
    """Return confirmed training of ECTs that goes on today, in a fixed order."""
    return (
        TrainingPeriod.objects.containing(clock.today())
        .confirmed()
        .filter(trainee_role=TraineeRole.ECT, teacher__trn__isnull=False)
        .select_related("teacher", "lead_provider", "schedule", "school__gias_school")
        .order_by("pk")
    )


def in_training() -> Any:
    """Return those of it that began before today."""
    return trainings().filter(started_on__lt=clock.today())


def open_inductions() -> Any:
    """Return inductions that some body is responsible for today, in a fixed order."""
    return (
        InductionPeriod.objects.open()
        .filter(started_on__lt=clock.today() - timedelta(days=200))
        .select_related("teacher", "appropriate_body")
        .order_by("pk")
    )


# -- Organisations -----------------------------------------------------------------------------


def this_year() -> ContractPeriod:
    """Return the contract period of today."""
    found = contract_periods.containing(list(ContractPeriod.objects.all()), clock.today())
    assert isinstance(found, ContractPeriod), "no contract period covers today"
    return found


def partnerships_of_this_year() -> Any:
    """Return partnerships of state schools in today's contract period, in a fixed order."""
    return (
        SchoolPartnership.objects.filter(
            contract_period=this_year(), school__gias_school__eligible=True
        )
        .select_related("school__gias_school", "lead_provider")
        .order_by("pk")
    )


def a_hub() -> AppropriateBody:
    """Return a teaching school hub that is active today."""
    hub = AppropriateBody.objects.active(clock.today()).teaching_school_hubs().first()
    assert hub is not None
    return hub


def school_with(ects: int) -> School:
    """Return a school with so many ECTs at the moment, or as near to it as there is."""
    now = Q(ect_at_school_periods__in=ECTAtSchoolPeriod.objects.containing(clock.today()))
    counted = School.objects.annotate(ects=Count("ect_at_school_periods", filter=now))
    several = counted.filter(ects__gt=0, gias_school__eligible=True)
    with_mentors = several.filter(mentor_at_school_periods__finished_on=None)
    found = min(
        with_mentors.values_list("pk", "ects").distinct(),
        key=lambda row: (abs(row[1] - ects), row[0]),
    )
    return School.objects.with_register_record().get(pk=found[0])


def school_to_confirm_tutor(*, named: bool) -> School:
    """Return a school that has yet to confirm its induction tutor, or to name one.

    One of the last: at the first ones somebody signs in, and has their tutor confirmed.
    """
    this_year = contract_periods.containing(list(ContractPeriod.objects.all()), clock.today())
    due = School.objects.with_register_record().exclude(induction_tutor_last_nominated_in=this_year)
    return due.filter(induction_tutor_email__isnull=not named).order_by("-pk")[0]


def largest_body() -> AppropriateBody:
    """Return the body that holds most ECTs."""
    counted = InductionPeriod.objects.open().values("appropriate_body").annotate(n=Count("pk"))
    return AppropriateBody.objects.get(pk=counted.order_by("-n")[0]["appropriate_body"])


def largest_provider() -> LeadProvider:
    """Return the lead provider that trains most people now."""
    counted = TrainingPeriod.objects.confirmed().values("lead_provider").annotate(n=Count("pk"))
    return LeadProvider.objects.get(pk=counted.order_by("-n")[0]["lead_provider"])


def staff() -> StaffUser:
    """Return a member of staff who sees finance pages too; made if there is none."""
    user, _made = StaffUser.objects.get_or_create(
        email="benchmark@education.gov.uk",
        defaults={"name": "Bench Mark", "role": StaffRole.FINANCE},
    )
    return user


# -- What providers send -----------------------------------------------------------------------


def claims() -> Iterator[tuple[LeadProvider, SentDeclaration]]:
    """Yield declarations that might be made today, each for another ECT."""
    now = clock.now()
    going_on = trainings().prefetch_related(
        Prefetch("teacher__declarations", Declaration.objects.live())
    )
    for training in going_on.order_by("-pk")[: 4 * MOST_CANDIDATES]:
        made = {each.declaration_type for each in training.teacher.declarations.all()}
        for milestone in Milestone.objects.filter(
            schedule=training.schedule, start_date__lte=now.date()
        ).exclude(declaration_type__in=[*made, "completed"]):
            opens = max(milestone.start_date, training.started_on)
            declared = datetime.combine(opens, time(1), LONDON)
            if declared < now and (milestone.milestone_date or opens) >= opens:
                yield (training.lead_provider, _claim(training, milestone, declared))
                break


def _claim(training: TrainingPeriod, milestone: Milestone, declared: datetime) -> SentDeclaration:
    return SentDeclaration(
        participant_id=str(training.teacher.api_id),
        course_identifier=COURSES[TraineeRole.ECT],
        declaration_type=milestone.declaration_type,
        declaration_date=declared.isoformat(),
        evidence_type="training-event-attended",
    )


def declarations(**having: Any) -> Any:
    """Return declarations whose person is not merged away, in a fixed order."""
    return (
        Declaration.objects.filter(teacher__trn__isnull=False, **having)
        .select_related("lead_provider", "teacher")
        .order_by("pk")
    )


def schools_without_partnership() -> Iterator[tuple[LeadProviderDeliveryPartnership, School]]:
    """Yield pairings of this year with eligible schools that have no partnership then."""
    pairing = (
        LeadProviderDeliveryPartnership.objects.filter(contract_period=this_year())
        .select_related("lead_provider", "delivery_partner")
        .order_by("pk")[0]
    )
    taken = SchoolPartnership.objects.filter(school=OuterRef("pk"), contract_period=this_year())
    free = School.objects.with_register_record().filter(
        ~Exists(taken), gias_school__eligible=True, gias_school__section_41_approved=False
    )
    for school in free.order_by("pk")[:MOST_CANDIDATES]:
        yield pairing, school


def partnerships_with_another_pairing() -> Iterator[tuple[SchoolPartnership, str]]:
    """Yield partnerships, each with the public id of another delivery partner of the provider."""
    for partnership in partnerships_of_this_year().select_related(
        "lead_provider_delivery_partnership"
    )[:MOST_CANDIDATES]:
        now = partnership.lead_provider_delivery_partnership
        other = (
            LeadProviderDeliveryPartnership.objects.filter(
                lead_provider=partnership.lead_provider,
                contract_period=partnership.contract_period,
            )
            .exclude(delivery_partner=now.delivery_partner)
            .select_related("delivery_partner")
            .order_by("pk")
            .first()
        )
        if other is not None:
            yield partnership, str(other.delivery_partner.api_id)
