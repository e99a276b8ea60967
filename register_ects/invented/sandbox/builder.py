"""How a situation of the sandbox is built: people, placements, training and declarations.

Rows are written as they would be today, whenever the situation began: no operation could play
years of statements again for each provider. The database's constraints hold for them all.
"""

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.invented.names import nth_name
from register_ects.invented.organisations import pairings
from register_ects.invented.people import SANDBOX_TRNS, email_of
from register_ects.models import (
    ActiveLeadProvider,
    AppropriateBody,
    ContractPeriod,
    Declaration,
    ECTAtSchoolPeriod,
    InductionPeriod,
    LeadProvider,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    Placement,
    Schedule,
    School,
    SchoolPartnership,
    Statement,
    Teacher,
    TrainingPeriod,
)
from register_ects.reference_data.files import stable_id
from register_ects.rules import evidence as evidence_rules
from register_ects.rules.declaration_states import BILLED
from register_ects.rules.enumerations import (
    ClawbackStatus,
    FeeType,
    InductionOutcome,
    InductionStatus,
    PaymentStatus,
    ScheduleIdentifier,
    StatementStatus,
    TrainingProgramme,
)

T = TypeVar("T")

#: The contract period that most scenarios play in.
YEAR = 2025
#: How many days away a first or last day is that is soon, or was not long ago.
SOON, LATELY = 30, -10
#: TRNs that one provider's sandbox may use.
_PEOPLE = 1000
#: The status of the statement that pays a declaration in each state of the API's.
_PAID_BY = {
    "eligible": StatementStatus.OPEN,
    "payable": StatementStatus.PAYABLE,
    "paid": StatementStatus.PAID,
    "awaiting-clawback": StatementStatus.PAID,
    "clawed-back": StatementStatus.PAID,
}
#: The status of the statement that takes it back.
_CLAWED_BACK_BY = {
    "awaiting-clawback": StatementStatus.OPEN,
    "clawed-back": StatementStatus.PAID,
}


class CannotBuild(Exception):
    """Something that a scenario needs is not there: a pairing, a statement, a school."""


@dataclass
class Built:
    """The public ids of what one scenario made or used."""

    participant_ids: list[UUID] = field(default_factory=list)
    school_ids: list[UUID] = field(default_factory=list)
    partnership_ids: list[UUID] = field(default_factory=list)


class Builder:
    """Builds scenarios for one lead provider, one after the other.

    Public ids are made from the provider's name and the scenario's key: they are the same after
    every reset. ``other`` is another provider, for those who move; ``schools`` gives schools
    where nothing has happened yet. Whatever is missing raises CannotBuild.
    """

    def __init__(
        self, provider: LeadProvider, other: LeadProvider | None, schools: Iterator[School]
    ) -> None:
        self.provider, self._other, self._schools = provider, other, schools
        self.today = clock.today()
        self.key, self.built = "", Built()
        self._made: Counter[str] = Counter()
        self._body = AppropriateBody.objects.order_by("name").first()
        self._trns = _free_trns(provider)
        self._people = 0

    def begin(self, key: str) -> None:
        """Start the scenario with this key."""
        self.key, self.built = key, Built()
        self._made.clear()

    def in_days(self, days: int) -> date:
        """Return the day so many days from today."""
        return self.today + timedelta(days=days)

    def at(self, day: date) -> datetime:
        """Return nine in the morning of a day."""
        return clock.london_midnight(day) + timedelta(hours=9)

    @property
    def other(self) -> LeadProvider:
        """Return the other provider."""
        return _needed(self._other, "There is no other lead provider")

    # -- Schools -----------------------------------------------------------------------------

    def school(self) -> School:
        """Return a school where nothing has happened yet."""
        school = _needed(next(self._schools, None), "There are not enough schools")
        self.built.school_ids.append(school.api_id)
        return school

    def partnership(
        self, school: School, year: int, provider: LeadProvider | None = None, *, partner: int = 0
    ) -> SchoolPartnership:
        """Return the school's partnership, with the provider's ``partner``-th delivery partner."""
        provider = provider or self.provider
        pairing = _needed(
            pairings(provider.name, year)[partner : partner + 1].first(),
            f"{provider.name} has too few delivery partners in {year}",
        )
        partnership, created = SchoolPartnership.objects.get_or_create(
            school=school,
            lead_provider_delivery_partnership=pairing,
            defaults={
                "api_id": self._id("partnership"),
                "created_at": self.at(date(year, 6, 16)),
            },
        )
        if created:
            self.built.partnership_ids.append(partnership.api_id)
        return partnership

    # -- People ------------------------------------------------------------------------------

    def person(self, *, since: date, **details: Any) -> Teacher:
        """Return a new person, known since a day; fundable as ECT and mentor since then."""
        first, last = nth_name(zlib.crc32(self.provider.name.encode()) + self._people)
        self._people += 1
        values = {
            "api_id": self._id("participant"),
            "api_ect_training_record_id": self._id("ECT record"),
            "api_mentor_training_record_id": self._id("mentor record"),
            "trn": next(self._trns),
            "trs_first_name": first,
            "trs_last_name": last,
            "trs_induction_status": InductionStatus.REQUIRED_TO_COMPLETE,
            "trs_qts_awarded_on": date(since.year - 1, 7, 1),
            "ect_first_became_eligible_for_training_at": self._known_at(since),
            "mentor_first_became_eligible_for_training_at": self._known_at(since),
            "created_at": self._known_at(since),
        }
        teacher = Teacher.objects.create(**{**values, **details})
        self.built.participant_ids.append(teacher.api_id)
        return teacher

    def ect(
        self,
        year: int = YEAR,
        *,
        school: School | None = None,
        starts: date | None = None,
        ends: date | None = None,
        person: Teacher | None = None,
    ) -> ECTAtSchoolPeriod:
        """Return an ECT's placement; both days inclusive.

        Somebody new at a school where nothing has happened, from the first day of an academic
        year, unless told otherwise.
        """
        school, starts = school or self.school(), starts or september(year)
        person = person or self.person(since=starts)
        return ECTAtSchoolPeriod.objects.create(
            teacher=person,
            school=school,
            started_on=starts,
            finished_on=ends,
            email=email_of(person.trn),
            working_pattern="full_time",
            created_at=self._known_at(starts),
        )

    def claimed_ect(self, year: int = YEAR, *, school: School | None = None) -> ECTAtSchoolPeriod:
        """Return the placement of an ECT whom an appropriate body has claimed."""
        placement = self.ect(year, school=school)
        self.induction(placement)
        return placement

    def mentor(
        self, school: School, year: int = YEAR, *, person: Teacher | None = None
    ) -> MentorAtSchoolPeriod:
        """Return a mentor's open placement, from the first day of an academic year."""
        starts = september(year)
        person = person or self.person(since=starts)
        return MentorAtSchoolPeriod.objects.create(
            teacher=person,
            school=school,
            started_on=starts,
            email=email_of(person.trn),
            created_at=self._known_at(starts),
        )

    def mentoring(self, ect: ECTAtSchoolPeriod, mentor: MentorAtSchoolPeriod) -> MentorshipPeriod:
        """Let a mentor mentor an ECT for as long as both are there."""
        return MentorshipPeriod.objects.create(
            ect_at_school_period=ect,
            mentor_at_school_period=mentor,
            started_on=max(ect.started_on, mentor.started_on),
            finished_on=ect.finished_on,
        )

    def induction(self, placement: Placement, *, passed_on: date | None = None) -> None:
        """Let an appropriate body hold the ECT from their first day; open unless they passed."""
        InductionPeriod.objects.create(
            teacher=placement.teacher,
            appropriate_body=_needed(self._body, "There is no appropriate body"),
            started_on=placement.started_on,
            finished_on=passed_on,
            number_of_terms=Decimal(6) if passed_on else None,
            outcome=InductionOutcome.PASS if passed_on else None,
            training_programme=TrainingProgramme.PROVIDER_LED,
        )

    # -- Training ----------------------------------------------------------------------------

    def training(
        self,
        placement: Placement,
        year: int = YEAR,
        *,
        starts: date | None = None,
        ends: date | None = None,
        provider: LeadProvider | None = None,
        interest_only: bool = False,
        schedule: ScheduleIdentifier = ScheduleIdentifier.STANDARD_SEPTEMBER,
        **details: Any,
    ) -> TrainingPeriod:
        """Return provider-led training in a contract year: confirmed, or an interest only.

        Of the placement's days unless told otherwise.
        """
        provider = provider or self.provider
        partnership = interest = None
        if interest_only:
            active = ActiveLeadProvider.objects.filter(lead_provider=provider, contract_period=year)
            interest = _needed(active.first(), f"{provider.name} has no contract in {year}")
        else:
            partnership = self.partnership(placement.school, year, provider)
        schedules = Schedule.objects.filter(contract_period=year, identifier=schedule)
        started_on = starts or placement.started_on
        return TrainingPeriod.objects.create(
            **_of(placement),
            training_programme=TrainingProgramme.PROVIDER_LED,
            school_partnership=partnership,
            expression_of_interest=interest,
            schedule=_needed(schedules.first(), f"There is no schedule {schedule} in {year}"),
            started_on=started_on,
            finished_on=ends or placement.finished_on,
            created_at=self._known_at(started_on),
            **details,
        )

    def school_led(self, placement: ECTAtSchoolPeriod) -> TrainingPeriod:
        """Return school-led training for the whole placement."""
        return TrainingPeriod.objects.create(
            **_of(placement),
            training_programme=TrainingProgramme.SCHOOL_LED,
            started_on=placement.started_on,
            finished_on=placement.finished_on,
        )

    # -- Declarations ------------------------------------------------------------------------

    def declaration(
        self,
        training: TrainingPeriod,
        what: str,
        on: date,
        *,
        state: str = "",
        evidence: str | None = None,
    ) -> Declaration:
        """Return a declaration dated a day: billable as its statement is, or in a given state.

        ``state`` is a word of the API; "submitted" and "voided" have no statement. The evidence
        is the first that fits, unless given.
        """
        if on > self.today:
            raise CannotBuild(f"{govuk_date(on)} is to come")
        partnership = _needed(training.school_partnership, "Nobody has confirmed the training")
        clawback = ClawbackStatus.NO_CLAWBACK
        paid = taken_back = None
        if state not in ("submitted", "voided"):
            paid = _statement(training, status=_PAID_BY.get(state), from_day=on)
        if paid and state in _CLAWED_BACK_BY:
            clawback = ClawbackStatus(state.replace("-", "_"))
            later = paid.deadline_date + timedelta(days=1)
            taken_back = _statement(training, status=_CLAWED_BACK_BY[state], from_day=later)
        unpaid = PaymentStatus.VOIDED if state == "voided" else PaymentStatus.NO_PAYMENT
        return Declaration.objects.create(
            api_id=self._id("declaration"),
            training_period=training,
            declaration_type=what,
            declaration_date=self.at(on),
            evidence_type=evidence or _evidence(training, what),
            payment_status=BILLED[paid.status] if paid else unpaid,
            payment_statement=paid,
            clawback_status=clawback,
            clawback_statement=taken_back,
            delivery_partner_when_created=partnership.delivery_partner,
            created_at=self._known_at(on + timedelta(days=3)),
        )

    # -- Small things ------------------------------------------------------------------------

    def _id(self, kind: str) -> UUID:
        """Return the same id each time for the next thing of a kind in this scenario."""
        self._made[kind] += 1
        return stable_id(f"sandbox {kind}", f"{self.provider.name}/{self.key}/{self._made[kind]}")

    def _known_at(self, day: date) -> datetime:
        """Return nine in the morning of a day, or now if that is earlier."""
        return min(self.at(day), clock.now())


def september(year: int) -> date:
    """Return the first day of an academic year."""
    return date(year, 9, 1)


def _needed(found: T | None, otherwise: str) -> T:
    if found is None:
        raise CannotBuild(otherwise)
    return found


def _statement(
    training: TrainingPeriod, *, status: StatementStatus | None, from_day: date
) -> Statement:
    """Return the first output statement that closes from a day on, in a status if one is given."""
    statements = Statement.objects.filter(
        lead_provider=training.lead_provider_id,
        contract_period=training.contract_period_id,
        fee_type=FeeType.OUTPUT,
        deadline_date__gte=from_day,
    ).order_by("deadline_date", "pk")
    if status is not None:
        statements = statements.filter(status=status)
    missing = f"is {status}" if status else "is left"
    return _needed(
        statements.first(), f"No output statement of {training.contract_period_id} {missing}"
    )


def _evidence(training: TrainingPeriod, what: str) -> str | None:
    """Return evidence that fits a declaration, None where none is asked for."""
    detailed = ContractPeriod.objects.filter(
        year=training.contract_period_id or 0, detailed_evidence_types_enabled=True
    ).exists()
    allowed = evidence_rules.allowed(what, role=training.trainee_role, detailed=detailed)
    return allowed[0] if allowed else None


def _free_trns(provider: LeadProvider) -> Iterator[str]:
    """Yield the TRNs of a provider's range that nobody has, the same each time."""
    first = zlib.crc32(provider.name.encode()) % (len(SANDBOX_TRNS) // _PEOPLE) * _PEOPLE
    wanted = [str(trn) for trn in SANDBOX_TRNS[first : first + _PEOPLE]]
    taken = set(Teacher.objects.filter(trn__in=wanted).values_list("trn", flat=True))
    yield from (trn for trn in wanted if trn not in taken)


def _of(placement: Placement) -> dict[str, Placement]:
    is_ect = isinstance(placement, ECTAtSchoolPeriod)
    return {"ect_at_school_period" if is_ect else "mentor_at_school_period": placement}
