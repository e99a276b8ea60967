"""Make declarations: a lead provider's claims that a trainee reached a training point.

What is allowed: rules/declarations.py. Voiding and clawback are not here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db.models import Exists, F, OuterRef, QuerySet

from register_ects import clock
from register_ects.database.compiled import compiled
from register_ects.models import (
    ContractPeriod,
    Declaration,
    LeadProvider,
    MentorshipPeriod,
    Milestone,
    SchoolFundingEligibility,
    Statement,
    Teacher,
    TeacherIdChange,
    TrainingPeriod,
)
from register_ects.operations.base import Author, new_event, operation, record_events
from register_ects.operations.statements.choosing import next_output_statement
from register_ects.operations.training.mentor_completion import complete_mentor_training
from register_ects.rules import declarations as rules
from register_ects.rules import evidence, mentorships
from register_ects.rules.declarations import (
    Participant,
    Participation,
    SentDeclaration,
    TrainingFacts,
)
from register_ects.rules.enumerations import (
    DeclarationType,
    PaymentStatus,
    ScheduleKind,
    TraineeRole,
)
from register_ects.rules.identifiers import uuid_text
from register_ects.rules.problems import refuse_if

_PAIRING = "lead_provider_delivery_partnership"


@operation
def create_declaration(
    lead_provider: LeadProvider, claim: SentDeclaration, *, received_at: datetime, author: Author
) -> Declaration:
    """Declare that a participant reached a training point, and return the declaration.

    It belongs to the provider's latest training of the role, whatever its date. A fundable
    person's goes on the next open output statement at once. ``received_at`` is when the request
    arrived: of identical requests that race, one makes the row and the others get it back.
    Raises RuleBroken with the problems of rules/declarations.py. Source: spec 03 §3, spec 00.
    """
    teacher_id, had_live = _named(claim)
    # Two requests about one person must decide one after the other: the lock is for both.
    teacher = Teacher.objects.locked(teacher_id) if teacher_id else None
    live = _live(teacher.pk, claim) if teacher else []
    first = _holding(claim, live)
    if first and _raced(first, had_live, lead_provider, claim, received_at=received_at):
        return first

    declaring = _Declaring.gather(lead_provider, teacher, claim, live)
    refuse_if(
        rules.problems_with_declaring(claim, declaring.as_participant(claim), now=clock.now())
    )
    declaration = declaring.declaration(claim)
    declaration.save()
    _record(declaration, author=author)
    if declaration.declaration_type == DeclarationType.COMPLETED:
        complete_mentor_training(declaration, author=author)
    return declaration


def _named(claim: SentDeclaration) -> tuple[int | None, bool]:
    """Return the key of the person that the claim names, if any, and whether its slot is held."""
    api_id = uuid_text(claim.participant_id)
    if api_id is None:
        return None, False
    return _known.first(api_id, claim.role, claim.declaration_type) or (None, False)


@compiled
def _known(
    api_id: str, role: TraineeRole | None, declaration_type: str | None
) -> QuerySet[Teacher, tuple[int, bool]]:
    of_the_type = Declaration.objects.live().filter(
        teacher=OuterRef("pk"), trainee_role=role, declaration_type=declaration_type
    )
    return Teacher.objects.filter(api_id=api_id).values_list("pk", Exists(of_the_type))


@dataclass(frozen=True)
class _Declaring:
    """What was found about the person named, under lock, and where a declaration would go."""

    teacher: Teacher | None
    trains_in_any_role: bool
    replaced_by: Teacher | None
    live: Sequence[Declaration]
    training: TrainingPeriod | None = None
    frozen_year_today: int | None = None
    statement: Statement | None = None

    @classmethod
    def gather(
        cls,
        lead_provider: LeadProvider,
        teacher: Teacher | None,
        claim: SentDeclaration,
        live: Sequence[Declaration],
    ) -> "_Declaring":
        """Look up what bears on the declaration; locks the statement that it would go on."""
        trainings = _confirmed_trainings(teacher) if teacher else []
        theirs = [each for each in trainings if each.lead_provider_id == lead_provider.pk]
        if not theirs:
            return cls(teacher, False, _survivor(lead_provider, claim), live)
        training = next((each for each in theirs if each.trainee_role == claim.role), None)
        if training is None:
            return cls(teacher, True, None, live)
        training.lead_provider, statement = lead_provider, None
        if _is_fundable(training.teacher, training.trainee_role):
            statement = next_output_statement(lead_provider, _period(training), clock.today())
        frozen_year = _frozen_year_today(trainings, training.trainee_role)
        return cls(teacher, True, None, live, training, frozen_year, statement)

    def as_participant(self, claim: SentDeclaration) -> Participant:
        """Return the same in the words of the rules."""
        if self.replaced_by is not None:
            return Participant(Participation.REPLACED, replaced_by=self.replaced_by.api_id)
        if self.teacher is None or not self.trains_in_any_role:
            return Participant()
        facts = None
        if self.training is not None:
            facts = self._training_facts(self.training)
        return Participant(Participation.TRAINED, training=facts)

    def _training_facts(self, training: TrainingPeriod) -> TrainingFacts:
        period = _period(training)
        return TrainingFacts(
            contract_year=period.year,
            milestones={
                kind: rules.MilestoneWindow(first, last)
                for kind, first, last in _milestones(cast("int", training.schedule_id))
            },
            live=[
                rules.LiveDeclaration(each.declaration_type, each.declaration_date)
                for each in self.live
            ],
            withdrawn_at=(
                training.withdrawn_at if training.training_status == "withdrawn" else None
            ),
            frozen_year_today=self.frozen_year_today,
            fundable=_is_fundable(training.teacher, training.trainee_role),
            statement_open=self.statement is not None,
            mentor_funding=period.mentor_funding_enabled,
            detailed_evidence=period.detailed_evidence_types_enabled,
            in_sequence=period.declarations_in_sequence,
        )

    def declaration(self, claim: SentDeclaration) -> Declaration:
        """Return the declaration of a claim without problems, not yet saved."""
        training = cast("TrainingPeriod", self.training)
        declared_at = cast("datetime", claim.declared_at)
        declaration = Declaration(
            training_period=training,
            teacher=training.teacher,
            lead_provider=training.lead_provider,
            declaration_type=cast("str", claim.declaration_type),
            declaration_date=declared_at,
            evidence_type=_evidence_kept(training, claim),
            delivery_partner_when_created_id=training.partner_id,  # type: ignore[attr-defined]
            mentorship_period=_nearest_mentorship(training, declared_at),
            payment_status=PaymentStatus.ELIGIBLE if self.statement else PaymentStatus.NO_PAYMENT,
            payment_statement=self.statement,
        )
        _set_uplifts(declaration, training)
        return declaration


def _live(teacher_id: int, claim: SentDeclaration) -> list[Declaration]:
    """Return the person's live declarations in the role that the claim names, from anybody."""
    return [] if claim.role is None else _live_of(teacher_id, claim.role)


@compiled
def _live_of(teacher_id: int, role: TraineeRole) -> QuerySet[Declaration]:
    return Declaration.objects.live().filter(teacher=teacher_id, trainee_role=role)


def _holding(claim: SentDeclaration, live: Iterable[Declaration]) -> Declaration | None:
    """Return the live declaration that holds the slot which the claim wants."""
    return next((each for each in live if each.declaration_type == claim.declaration_type), None)


def _raced(
    live: Declaration,
    had_live: bool,
    lead_provider: LeadProvider,
    claim: SentDeclaration,
    *,
    received_at: datetime,
) -> bool:
    """Whether ``live`` came from an identical request while this one waited (spec 00).

    It did when it was made after this request arrived, or committed while this one waited for
    the lock: under a simulated clock both have the same time.
    """
    is_newer = not had_live or live.created_at > received_at
    return (
        is_newer
        and live.lead_provider_id == lead_provider.pk
        and live.declaration_date == claim.declared_at
        and live.evidence_type == _evidence_kept(live.training_period, claim)
    )


def _evidence_kept(training: TrainingPeriod, claim: SentDeclaration) -> str | None:
    return evidence.stored(
        claim.evidence_type,
        declaration_type=claim.declaration_type or "",
        role=training.trainee_role,
        detailed=_period(training).detailed_evidence_types_enabled,
    )


def _survivor(lead_provider: LeadProvider, claim: SentDeclaration) -> Teacher | None:
    """Return who replaced a retired participant id, if the provider trains that person."""
    api_id = uuid_text(claim.participant_id)
    if api_id is None:
        return None
    change = (
        TeacherIdChange.objects.filter(from_teacher__api_id=api_id)
        .select_related("teacher")
        .order_by("-created_at", "-pk")
        .first()
    )
    if change is None:
        return None
    theirs = change.teacher.training_periods.confirmed().filter(lead_provider=lead_provider)
    return change.teacher if theirs.exists() else None


def _confirmed_trainings(teacher: Teacher) -> list[TrainingPeriod]:
    """Return the person's training with any provider, the latest of a role first (spec 03 §2.4)."""
    trainings = _trainings_of(teacher.pk)
    for training in trainings:
        training.teacher = teacher
    return trainings


@compiled
def _trainings_of(teacher_id: int) -> QuerySet[TrainingPeriod]:
    confirmed = TrainingPeriod.objects.confirmed().filter(teacher=teacher_id)
    partner = F(f"school_partnership__{_PAIRING}__delivery_partner_id")
    found = confirmed.select_related("contract_period").annotate(partner_id=partner)
    return cast("QuerySet[TrainingPeriod]", found.latest_first())


@compiled
def _milestones(schedule_id: int) -> QuerySet[Milestone, tuple[str, date, date | None]]:
    milestones = Milestone.objects.filter(schedule=schedule_id)
    return milestones.values_list("declaration_type", "start_date", "milestone_date")


def _period(training: TrainingPeriod) -> ContractPeriod:
    """Return the contract period, which provider-led training always has."""
    return cast("ContractPeriod", training.contract_period)


def _frozen_year_today(trainings: Iterable[TrainingPeriod], role: str) -> int | None:
    """Return the frozen contract period that the person trains in today, with any provider."""
    today = clock.today()
    current = (each for each in trainings if each.trainee_role == role and each.contains(today))
    period = next((_period(each) for each in current), None)
    return period.year if period and period.is_frozen(clock.now()) else None


def _is_fundable(teacher: Teacher, role: str) -> bool:
    """Whether the person ever became eligible for funding in the role (spec 03 §3.9)."""
    if role == TraineeRole.ECT:
        return teacher.ect_first_became_eligible_for_training_at is not None
    return teacher.mentor_first_became_eligible_for_training_at is not None


def _nearest_mentorship(training: TrainingPeriod, declared_at: datetime) -> MentorshipPeriod | None:
    if training.ect_at_school_period_id is None:
        return None
    periods = _mentorships_at(training.ect_at_school_period_id)
    return mentorships.nearest(periods, clock.london_date(declared_at))


@compiled
def _mentorships_at(placement_id: int) -> QuerySet[MentorshipPeriod]:
    return MentorshipPeriod.objects.filter(ect_at_school_period=placement_id)


def _set_uplifts(declaration: Declaration, training: TrainingPeriod) -> None:
    """Copy the school's uplifts to a start, in years that pay them (spec 03 §3.9, §8)."""
    period, kind = _period(training), training.schedule_kind
    if declaration.declaration_type != DeclarationType.STARTED or not period.uplift_fees_enabled:
        return
    if kind == ScheduleKind.REPLACEMENT and not period.uplifts_on_replacement_schedules:
        return
    school = SchoolFundingEligibility.objects.filter(
        gias_school=training.school.gias_school_id, contract_period=training.contract_period
    ).first()
    if school is not None:
        declaration.pupil_premium_uplift = school.pupil_premium_uplift
        declaration.sparsity_uplift = school.sparsity_uplift


def _record(declaration: Declaration, *, author: Author) -> None:
    """Record that the declaration was made and, if so, that it is eligible for payment."""
    teacher, kind = declaration.teacher, declaration.type_in_words
    about = [teacher, declaration.training_period, declaration, declaration.lead_provider]
    made = new_event(
        "teacher_declaration_created",
        f"{declaration.lead_provider.name} made a {kind} declaration for {teacher.name}",
        author=author,
        about=about,
    )
    if declaration.payment_status != PaymentStatus.ELIGIBLE:
        record_events([made])
        return
    became_eligible = new_event(
        "teacher_declaration_eligible",
        f"The {kind} declaration for {teacher.name} became eligible",
        author=author,
        about=[*about, declaration.payment_statement],
    )
    record_events([made, became_eligible])
