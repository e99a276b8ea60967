"""The facts of a life, as they will be loaded. ``id`` is given when they are.

What a column of the record's own table holds has that column's name.

Days are inclusive; ``finished_on`` None is an open end. ``created_at`` and ``updated_at`` are when
the service would have recorded them.
"""

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from register_ects.invented.population.world import (
    OutputStatement,
    Provider,
    ScheduleFacts,
    SchoolFacts,
)
from register_ects.rules.enumerations import TraineeRole


@dataclass(slots=True, eq=False)
class Record:
    """What every row has."""

    created_at: datetime
    updated_at: datetime
    id: int = field(default=0, kw_only=True)

    def touch(self, moment: datetime) -> None:
        """Note a later change."""
        self.updated_at = max(self.updated_at, moment)


@dataclass(slots=True, eq=False)
class Person(Record):
    """A teacher. ``retired`` is another record of theirs that was merged into this one."""

    api_id: UUID
    api_ect_training_record_id: UUID
    api_mentor_training_record_id: UUID
    trn: str | None
    trs_first_name: str | None
    trs_last_name: str | None
    corrected_name: str | None = None
    trs_qts_awarded_on: date | None = None
    trs_induction_status: str | None = None
    trs_induction_start_date: date | None = None
    trs_induction_completed_date: date | None = None
    ect_first_became_eligible_for_training_at: datetime | None = None
    mentor_first_became_eligible_for_training_at: datetime | None = None
    ect_became_ineligible_for_funding_on: date | None = None
    mentor_became_ineligible_for_funding_on: date | None = None
    mentor_became_ineligible_for_funding_reason: str | None = None
    ect_payments_frozen_year_id: int | None = None
    mentor_payments_frozen_year_id: int | None = None
    anonymised_at: datetime | None = None


@dataclass(slots=True, eq=False)
class Partnership(Record):
    """A school with a lead provider and a delivery partner in a contract period."""

    api_id: UUID
    school: SchoolFacts
    provider: Provider
    year: int
    lead_provider_delivery_partnership_id: int
    delivery_partner_id: int


@dataclass(slots=True, eq=False)
class Placement(Record):
    """A time at a school, as an ECT or as a mentor."""

    person: Person
    role: TraineeRole
    school: SchoolFacts
    started_on: date
    finished_on: date | None = None
    working_pattern: str | None = None
    school_reported_appropriate_body_id: int | None = None
    reported_leaving: bool = False
    mentorships: "list[Mentorship]" = field(default_factory=list)
    trainings: "list[Training]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Mentorship(Record):
    """A mentor's time with one ECT."""

    ect: Placement
    mentor: Placement
    started_on: date
    finished_on: date | None


@dataclass(slots=True, eq=False)
class Training(Record):
    """A stretch of training. School-led: no provider, schedule or partnership."""

    placement: Placement
    started_on: date
    finished_on: date | None = None
    provider: Provider | None = None
    schedule: ScheduleFacts | None = None
    partnership: Partnership | None = None
    is_expressed: bool = False
    withdrawn_at: datetime | None = None
    withdrawal_reason: str | None = None
    deferred_at: datetime | None = None
    deferral_reason: str | None = None


@dataclass(slots=True, eq=False)
class Declaration(Record):
    """A claim that a training point was reached, and what became of it."""

    api_id: UUID
    training: Training
    declaration_type: str
    declaration_date: datetime
    evidence_type: str | None
    delivery_partner_when_created_id: int
    mentorship: Mentorship | None
    payment_status: str = "no_payment"
    clawback_status: str = "no_clawback"
    statement: OutputStatement | None = None
    clawback_statement: OutputStatement | None = None
    pupil_premium_uplift: bool = False
    sparsity_uplift: bool = False


@dataclass(slots=True, eq=False)
class Induction(Record):
    """A stretch of induction with one appropriate body."""

    person: Person
    appropriate_body_id: int
    started_on: date
    training_programme: str
    finished_on: date | None = None
    number_of_terms: Decimal | None = None
    outcome: str | None = None
    fail_confirmation_sent_on: date | None = None
    legacy_programme: str | None = None


@dataclass(slots=True, eq=False)
class Extension(Record):
    """Extra terms of induction that an ECT needs."""

    person: Person
    number_of_terms: Decimal


@dataclass(slots=True, eq=False)
class IdChange(Record):
    """A participant id that was retired when two records of a person were merged."""

    person: Person
    retired: Person


@dataclass(frozen=True, slots=True)
class Tutor:
    """A school's induction tutor, and the contract period in which the school confirmed them."""

    school: SchoolFacts
    name: str
    email: str
    confirmed_in: int
    at: datetime


@dataclass(slots=True)
class Facts:
    """All that is to be loaded of some neighbouring schools."""

    people: list[Person] = field(default_factory=list)
    partnerships: list[Partnership] = field(default_factory=list)
    ect_placements: list[Placement] = field(default_factory=list)
    mentor_placements: list[Placement] = field(default_factory=list)
    mentorships: list[Mentorship] = field(default_factory=list)
    trainings: list[Training] = field(default_factory=list)
    declarations: list[Declaration] = field(default_factory=list)
    inductions: list[Induction] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    id_changes: list[IdChange] = field(default_factory=list)
    tutors: list[Tutor] = field(default_factory=list)

    def add(self, others: "Facts") -> None:
        """Take over what was planned for other schools."""
        for each in fields(self):
            getattr(self, each.name).extend(getattr(others, each.name))
