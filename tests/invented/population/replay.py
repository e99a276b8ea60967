"""Ask the rules about every generated declaration, as things were when it was made."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from register_ects import clock
from register_ects.models import ContractPeriod, Declaration, Statement, Teacher, TrainingPeriod
from register_ects.rules.declarations import (
    COURSES,
    LiveDeclaration,
    MilestoneWindow,
    Participant,
    Participation,
    SentDeclaration,
    TrainingFacts,
    problems_with_declaring,
)
from register_ects.rules.enumerations import FeeType, TraineeRole

_COURSE_OF = {role: course for course, role in COURSES.items()}
_Key = tuple[int, str]


@dataclass
class Replay:
    """All that was generated, looked up once."""

    @cached_property
    def trainings(self) -> dict[_Key, list[TrainingPeriod]]:
        """Return every training by person and role, earliest first."""
        found: dict[_Key, list[TrainingPeriod]] = defaultdict(list)
        for each in TrainingPeriod.objects.select_related("teacher").order_by("started_on", "pk"):
            found[each.teacher_id, each.trainee_role].append(each)
        return found

    @cached_property
    def declarations(self) -> dict[_Key, list[Declaration]]:
        """Return every declaration by person and role."""
        found: dict[_Key, list[Declaration]] = defaultdict(list)
        every = Declaration.objects.select_related(
            "teacher", "training_period__schedule", "payment_statement"
        ).prefetch_related("training_period__schedule__milestones")
        for each in every.order_by("created_at", "pk"):
            found[each.teacher_id, each.trainee_role].append(each)
        return found

    @cached_property
    def live(self) -> set[int]:
        """Return the keys of the declarations that hold their slot to this day."""
        return set(Declaration.objects.live().values_list("pk", flat=True))

    @cached_property
    def years(self) -> dict[int, ContractPeriod]:
        """Return the contract periods."""
        return ContractPeriod.objects.in_bulk()

    @cached_property
    def deadlines(self) -> dict[tuple[int, int], list[Statement]]:
        """Return the output statements by provider and contract period, earliest first."""
        found: dict[tuple[int, int], list[Statement]] = defaultdict(list)
        for each in Statement.objects.filter(fee_type=FeeType.OUTPUT).order_by("deadline_date"):
            found[each.lead_provider_id, each.contract_period_id].append(each)
        return found

    def complaints(self) -> Iterator[str]:
        """Yield what the rules have against each declaration."""
        for made in self.declarations.values():
            for declaration in made:
                yield from self._about(declaration, made)

    def _about(self, declaration: Declaration, made: Sequence[Declaration]) -> Iterator[str]:
        name = f"{declaration.declaration_type} {declaration.pk}"
        if self._latest_training(declaration) != declaration.training_period:
            yield f"{name}: not for the provider's latest training"
        participant = Participant(
            Participation.TRAINED, training=self._training_facts(declaration, made)
        )
        for problem in problems_with_declaring(
            _claim(declaration), participant, now=declaration.created_at
        ):
            yield f"{name}: {problem.field} {problem.code}"
        if declaration.payment_statement not in (None, self._statement(declaration)):
            yield f"{name}: not on the first statement that could take it"

    def _trainings_then(self, declaration: Declaration) -> list[TrainingPeriod]:
        every = self.trainings[declaration.teacher_id, declaration.trainee_role]
        return [each for each in every if each.created_at <= declaration.created_at]

    def _latest_training(self, declaration: Declaration) -> TrainingPeriod:
        return [
            each
            for each in self._trainings_then(declaration)
            if each.school_partnership_id and each.lead_provider_id == declaration.lead_provider_id
        ][-1]

    def _training_facts(
        self, declaration: Declaration, made: Sequence[Declaration]
    ) -> TrainingFacts:
        training = declaration.training_period
        year = self.years[declaration.contract_period_id]
        withdrawn_at = training.withdrawn_at
        eligible_at = _eligible_at(declaration)
        return TrainingFacts(
            contract_year=year.year,
            milestones={
                each.declaration_type: MilestoneWindow(each.start_date, each.milestone_date)
                for each in training.schedule.milestones.all()
            },
            live=[
                LiveDeclaration(each.declaration_type, each.declaration_date)
                for each in made
                if each.pk in self.live and each.created_at < declaration.created_at
            ],
            withdrawn_at=(
                withdrawn_at if withdrawn_at and withdrawn_at <= declaration.created_at else None
            ),
            frozen_year_today=self._frozen_year(declaration),
            fundable=bool(eligible_at and eligible_at <= declaration.created_at),
            statement_open=self._statement(declaration) is not None,
            mentor_funding=year.mentor_funding_enabled,
            detailed_evidence=year.detailed_evidence_types_enabled,
            in_sequence=year.declarations_in_sequence,
        )

    def _frozen_year(self, declaration: Declaration) -> int | None:
        """Return the frozen year of the training that covered the day it was made, or its own."""
        day = clock.london_date(declaration.created_at)
        covering = [
            each.contract_period_id
            for each in self._trainings_then(declaration)
            if each.contract_period_id
            and each.started_on <= day <= (each.finished_on or day)
            and each.school_partnership_id
        ]
        for year in [declaration.contract_period_id, *covering]:
            frozen_at = self.years[year].payments_frozen_at
            if frozen_at and frozen_at <= declaration.created_at:
                return int(year)
        return None

    def _statement(self, declaration: Declaration) -> Statement | None:
        """Return the first statement that took it once the person was fundable."""
        eligible_at = _eligible_at(declaration)
        day = clock.london_date(max(declaration.created_at, eligible_at or declaration.created_at))
        key = declaration.lead_provider_id, declaration.contract_period_id
        return next((each for each in self.deadlines[key] if each.deadline_date >= day), None)


def _eligible_at(declaration: Declaration) -> datetime | None:
    teacher: Teacher = declaration.teacher
    if declaration.trainee_role == TraineeRole.ECT:
        return teacher.ect_first_became_eligible_for_training_at
    return teacher.mentor_first_became_eligible_for_training_at


def _claim(declaration: Declaration) -> SentDeclaration:
    return SentDeclaration(
        participant_id=str(declaration.teacher.api_id),
        course_identifier=_COURSE_OF[TraineeRole(declaration.trainee_role)],
        declaration_type=declaration.declaration_type,
        declaration_date=declaration.declaration_date.astimezone(UTC).isoformat(),
        evidence_type=declaration.evidence_type,
    )
