"""The rows that are copied into the tables: one class for each, its fields the table's columns.

A field marked as a link leads to another row of a history and is no column. ``updated_at`` moves
with ``touch``, as if each change had been saved when it happened.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from register_ects.rules.enumerations import ClawbackStatus, TraineeRole, TrainingProgramme

if TYPE_CHECKING:
    from register_ects.population.catalogue import Timetable
    from register_ects.population.sites import Agreement


def _link() -> Any:
    return field(default=None, metadata={"column": False}, repr=False, compare=False)


@dataclass(slots=True, kw_only=True)
class Row:
    """What every row has."""

    table: ClassVar[str]

    id: int
    created_at: datetime
    updated_at: datetime

    def touch(self, moment: datetime) -> None:
        """Let it have been changed at a moment."""
        self.updated_at = max(self.updated_at, moment)

    @classmethod
    def columns(cls) -> list[str]:
        """Return the names of its columns, in the order of ``values``."""
        return [each.name for each in fields(cls) if each.metadata.get("column", True)]

    @classmethod
    def reader(cls) -> "Callable[[Any], tuple[Any, ...]]":
        """Return what reads a row's values, in the order of ``columns``."""
        return attrgetter(*cls.columns())


@dataclass(slots=True, kw_only=True)
class Days(Row):
    """A row with a first and a last day, both inclusive; no last day means open."""

    started_on: date
    finished_on: date | None = None

    def covers(self, day: date) -> bool:
        """Say whether ``day`` is one of its days."""
        return self.started_on <= day and (self.finished_on is None or day <= self.finished_on)

    def finish(self, day: date, moment: datetime) -> None:
        """End it on a day, recorded at a moment, unless it ends earlier already."""
        if self.finished_on is None or self.finished_on > day:
            self.finished_on = day
            self.touch(moment)


@dataclass(slots=True, kw_only=True)
class Person(Row):
    """A teacher. ``number`` is the place among all people of the population."""

    table: ClassVar[str] = "teacher"

    api_id: UUID
    api_ect_training_record_id: UUID
    api_mentor_training_record_id: UUID
    trn: str | None
    trnless: bool = False
    trs_first_name: str | None = None
    trs_last_name: str | None = None
    corrected_name: str | None = None
    trs_induction_status: str | None = None
    trs_induction_start_date: date | None = None
    trs_induction_completed_date: date | None = None
    trs_qts_awarded_on: date | None = None
    trs_qts_status_description: str | None = None
    trs_initial_teacher_training_provider_name: str | None = None
    trs_initial_teacher_training_end_date: date | None = None
    trs_response: str | None = None
    trs_data_last_refreshed_at: datetime | None = None
    ect_first_became_eligible_for_training_at: datetime | None = None
    mentor_first_became_eligible_for_training_at: datetime | None = None
    ect_became_ineligible_for_funding_on: date | None = None
    mentor_became_ineligible_for_funding_on: date | None = None
    mentor_became_ineligible_for_funding_reason: str | None = None
    ect_payments_frozen_year_id: int | None = None
    mentor_payments_frozen_year_id: int | None = None
    anonymised_at: datetime | None = None
    anonymisation_reason: str | None = None


@dataclass(slots=True, kw_only=True)
class Placement(Days):
    """Time at a school, as an ECT or as a mentor."""

    teacher_id: int
    school_id: int
    email: str
    reported_leaving_by_school_id: int | None = None


@dataclass(slots=True, kw_only=True)
class ECTPlacement(Placement):
    """An ECT's time at a school."""

    table: ClassVar[str] = "ect_at_school_period"

    working_pattern: str
    school_reported_appropriate_body_id: int | None = None


@dataclass(slots=True, kw_only=True)
class MentorPlacement(Placement):
    """A mentor's time at a school."""

    table: ClassVar[str] = "mentor_at_school_period"


@dataclass(slots=True, kw_only=True)
class Mentorship(Days):
    """A mentor's time with an ECT."""

    table: ClassVar[str] = "mentorship_period"

    ect_at_school_period_id: int
    mentor_at_school_period_id: int
    ect_teacher_id: int
    mentor_teacher_id: int
    school_id: int


@dataclass(slots=True, kw_only=True)
class Partnership(Row):
    """A school's partnership with a lead provider and a delivery partner."""

    table: ClassVar[str] = "school_partnership"

    api_id: UUID
    school_id: int
    lead_provider_delivery_partnership_id: int
    lead_provider_id: int
    contract_period_year: int
    delivery_partner: int = field(metadata={"column": False})


@dataclass(slots=True, kw_only=True)
class Training(Days):
    """A stretch of training; without an agreement the school delivers it itself."""

    table: ClassVar[str] = "training_period"

    ect_at_school_period_id: int | None = None
    mentor_at_school_period_id: int | None = None
    training_programme: str = TrainingProgramme.SCHOOL_LED.value
    school_partnership_id: int | None = None
    expression_of_interest_id: int | None = None
    schedule_id: int | None = None
    withdrawn_at: datetime | None = None
    withdrawal_reason: str | None = None
    deferred_at: datetime | None = None
    deferral_reason: str | None = None
    teacher_id: int
    trainee_role: str
    school_id: int
    lead_provider_id: int | None = None
    contract_period_year: int | None = None
    schedule_kind: str | None = None

    agreement: "Agreement | None" = _link()
    timetable: "Timetable | None" = _link()
    partnership: Partnership | None = _link()
    placement: Placement = _link()


@dataclass(slots=True, kw_only=True)
class Induction(Days):
    """A stretch of induction with one appropriate body."""

    table: ClassVar[str] = "induction_period"

    teacher_id: int
    appropriate_body_id: int
    training_programme: str
    legacy_programme: str | None = None
    number_of_terms: Decimal | None = None
    outcome: str | None = None
    fail_confirmation_sent_on: date | None = None


@dataclass(slots=True, kw_only=True)
class Extension(Row):
    """Terms that an ECT needs beyond the usual."""

    table: ClassVar[str] = "induction_extension"

    teacher_id: int
    number_of_terms: Decimal


@dataclass(slots=True, kw_only=True)
class Declared(Row):
    """A declaration."""

    table: ClassVar[str] = "declaration"

    api_id: UUID
    training_period_id: int
    declaration_type: str
    declaration_date: datetime
    evidence_type: str | None
    payment_status: str
    clawback_status: str = ClawbackStatus.NO_CLAWBACK.value
    payment_statement_id: int | None = None
    clawback_statement_id: int | None = None
    delivery_partner_when_created_id: int
    mentorship_period_id: int | None = None
    pupil_premium_uplift: bool = False
    sparsity_uplift: bool = False
    teacher_id: int
    trainee_role: str
    lead_provider_id: int
    contract_period_year: int
    ect_at_school_period_id: int | None = None


@dataclass(slots=True, kw_only=True)
class IdChange(Row):
    """A participant id that was retired when two records were merged."""

    table: ClassVar[str] = "teacher_id_change"

    teacher_id: int
    api_from_teacher_id: UUID
    api_to_teacher_id: UUID


#: Every kind of row, parents before children.
IN_ORDER: Sequence[type[Row]] = (
    Person,
    IdChange,
    Partnership,
    ECTPlacement,
    MentorPlacement,
    Mentorship,
    Training,
    Induction,
    Extension,
    Declared,
)


@dataclass(slots=True)
class Learner:
    """A person in one role, as their history unfolds."""

    person: Person
    role: TraineeRole
    placements: list[Placement] = field(default_factory=list)
    trainings: list[Training] = field(default_factory=list)
    mentorships: list[Mentorship] = field(default_factory=list)

    @property
    def placement(self) -> Placement:
        """Return the latest placement."""
        return self.placements[-1]

    @property
    def training(self) -> Training | None:
        """Return the latest training, if there has been any."""
        return self.trainings[-1] if self.trainings else None
