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
from typing import Any
from uuid import UUID

from register_ects import clock
from register_ects.invented.names import nth_name
from register_ects.invented.people import SANDBOX_TRNS, email_of
from register_ects.models import (
    ActiveLeadProvider,
    AppropriateBody,
    ContractPeriod,
    Declaration,
    ECTAtSchoolPeriod,
    InductionPeriod,
    LeadProvider,
    LeadProviderDeliveryPartnership,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    Schedule,
    School,
    SchoolPartnership,
    Statement,
    Teacher,
    TrainingPeriod,
)
from register_ects.reference_data.files import stable_id
from register_ects.rules import evidence as evidence_rules
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

Placement = ECTAtSchoolPeriod | MentorAtSchoolPeriod

_PEOPLE = 1000


class CannotBePlayed(Exception):
    """Something that a scenario needs is not there: a pairing, a statement, a school."""


@dataclass
class Played:
    """The public ids of what one scenario made or used."""

    participant_ids: list[UUID] = field(default_factory=list)
    school_ids: list[UUID] = field(default_factory=list)
    partnership_ids: list[UUID] = field(default_factory=list)


class Scene:
    """Builds scenarios for one lead provider, one after the other.

    Public ids are made from the provider's name and the scenario's key: they are the same after
    every reset. ``other`` is another provider, for those who move; ``schools`` gives schools
    where nothing has happened yet.
    """

    def __init__(
        self, provider: LeadProvider, other: LeadProvider | None, schools: Iterator[School]
    ) -> None:
        self.provider, self._other, self._schools = provider, other, schools
        self.today = clock.today()
        self.key, self.played = "", Played()
        self._made: Counter[str] = Counter()
        self._people = 0
        self._body = AppropriateBody.objects.order_by("name").first()
        self._trns = _free_trns(provider)

    def begin(self, key: str) -> None:
        """Start the scenario with this key."""
        self.key, self.played = key, Played()
        self._made.clear()

    def in_days(self, days: int) -> date:
        """Return the day so many days from today."""
        return self.today + timedelta(days=days)

    def at(self, day: date) -> datetime:
        """Return nine in the morning of a day."""
        return _at(day)

    @property
    def other(self) -> LeadProvider:
        """Return the other provider. Raises CannotBePlayed when there is none."""
        if self._other is None:
            raise CannotBePlayed("There is no other lead provider")
        return self._other

    # -- Schools -----------------------------------------------------------------------------

    def school(self) -> School:
        """Return a school where nothing has happened yet."""
        school = next(self._schools, None)
        if school is None:
            raise CannotBePlayed("There are not enough schools")
        self.played.school_ids.append(school.api_id)
        return school

    def partnership(
        self, school: School, year: int, provider: LeadProvider | None = None, *, partner: int = 0
    ) -> SchoolPartnership:
        """Return the school's partnership, with the provider's ``partner``-th delivery partner."""
        provider = provider or self.provider
        pairings = LeadProviderDeliveryPartnership.objects.filter(
            lead_provider=provider, contract_period=year
        ).order_by("delivery_partner__name")
        pairing = pairings[partner : partner + 1].first()
        if pairing is None:
            raise CannotBePlayed(f"{provider.name} has too few delivery partners in {year}")
        partnership, created = SchoolPartnership.objects.get_or_create(
            school=school,
            lead_provider_delivery_partnership=pairing,
            defaults={"api_id": self._id("partnership"), "created_at": _at(date(year, 6, 16))},
        )
        if created:
            self.played.partnership_ids.append(partnership.api_id)
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
        self.played.participant_ids.append(teacher.api_id)
        return teacher

    def ect_at(
        self,
        school: School,
        starts: date,
        ends: date | None = None,
        *,
        person: Teacher | None = None,
    ) -> ECTAtSchoolPeriod:
        """Return an ECT's placement; both days inclusive."""
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

    def mentor_at(
        self, school: School, starts: date, *, person: Teacher | None = None
    ) -> MentorAtSchoolPeriod:
        """Return a mentor's open placement."""
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
        if self._body is None:
            raise CannotBePlayed("There is no appropriate body")
        InductionPeriod.objects.create(
            teacher=placement.teacher,
            appropriate_body=self._body,
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
        *,
        year: int,
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
            interest = ActiveLeadProvider.objects.filter(
                lead_provider=provider, contract_period=year
            ).first()
            if interest is None:
                raise CannotBePlayed(f"{provider.name} has no contract in {year}")
        else:
            partnership = self.partnership(placement.school, year, provider)
        started_on = starts or placement.started_on
        return TrainingPeriod.objects.create(
            **_of(placement),
            training_programme=TrainingProgramme.PROVIDER_LED,
            school_partnership=partnership,
            expression_of_interest=interest,
            schedule=_schedule(year, schedule),
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
        state: str | None = None,
        evidence: str | None = None,
    ) -> Declaration:
        """Return a declaration dated a day: billable as its statement is, or in a given state.

        ``state`` is a word of the API; "submitted" and "voided" have no statement. The evidence
        is the first that fits, unless given. Raises CannotBePlayed for a day that is to come.
        """
        if on > self.today:
            raise CannotBePlayed(f"{on.day} {on:%B %Y} is to come")
        payment_status, statement = self._payment(training, on, state)
        clawback = {
            "awaiting-clawback": (ClawbackStatus.AWAITING_CLAWBACK, StatementStatus.OPEN),
            "clawed-back": (ClawbackStatus.CLAWED_BACK, StatementStatus.PAID),
        }.get(state or "")
        partnership = training.school_partnership
        if partnership is None:
            raise CannotBePlayed("Nobody has confirmed the training")
        pairing = partnership.lead_provider_delivery_partnership
        return Declaration.objects.create(
            api_id=self._id("declaration"),
            training_period=training,
            declaration_type=what,
            declaration_date=_at(on),
            evidence_type=evidence or _evidence(training, what),
            payment_status=payment_status,
            payment_statement=statement,
            clawback_status=clawback[0] if clawback else ClawbackStatus.NO_CLAWBACK,
            clawback_statement=_recovery(training, statement, clawback[1]) if clawback else None,
            delivery_partner_when_created=pairing.delivery_partner,
            created_at=self._known_at(on + timedelta(days=3)),
        )

    def _payment(
        self, training: TrainingPeriod, on: date, state: str | None
    ) -> tuple[str, Statement | None]:
        if state in ("submitted", "voided"):
            voided = state == "voided"
            return (PaymentStatus.VOIDED if voided else PaymentStatus.NO_PAYMENT), None
        wanted = {
            "eligible": StatementStatus.OPEN,
            "payable": StatementStatus.PAYABLE,
            "paid": StatementStatus.PAID,
            "awaiting-clawback": StatementStatus.PAID,
            "clawed-back": StatementStatus.PAID,
        }
        statement = _statement(training, status=wanted[state] if state else None, after=on)
        return _BILLED[statement.status], statement

    # -- Small things ------------------------------------------------------------------------

    def _id(self, kind: str) -> UUID:
        """Return the same id each time for the next thing of a kind in this scenario."""
        self._made[kind] += 1
        return stable_id(f"sandbox {kind}", f"{self.provider.name}/{self.key}/{self._made[kind]}")

    def _known_at(self, day: date) -> datetime:
        """Return nine in the morning of a day, or now if that is earlier."""
        return min(_at(day), clock.now())


_BILLED = {
    StatementStatus.OPEN.value: PaymentStatus.ELIGIBLE,
    StatementStatus.PAYABLE.value: PaymentStatus.PAYABLE,
    StatementStatus.PAID.value: PaymentStatus.PAID,
}


def _statement(
    training: TrainingPeriod, *, status: str | None = None, after: date | None = None
) -> Statement:
    """Return the first output statement from a day on, in a status if one is asked for."""
    statements = Statement.objects.filter(
        lead_provider=training.lead_provider_id,
        contract_period=training.contract_period_id,
        fee_type=FeeType.OUTPUT,
    ).order_by("deadline_date", "pk")
    if status is not None:
        statements = statements.filter(status=status)
    if after is not None:
        statements = statements.filter(deadline_date__gte=after)
    statement = statements.first()
    if statement is None:
        raise CannotBePlayed(
            f"No output statement of {training.contract_period_id}"
            + (f" is {status}" if status else " is left")
        )
    return statement


def _recovery(training: TrainingPeriod, paid_on: Statement | None, status: str) -> Statement:
    """Return the first statement in a status after the one that paid."""
    after = paid_on.deadline_date + timedelta(days=1) if paid_on else None
    return _statement(training, status=status, after=after)


def _evidence(training: TrainingPeriod, what: str) -> str | None:
    """Return evidence that fits a declaration, None where none is asked for."""
    detailed = ContractPeriod.objects.filter(
        year=training.contract_period_id or 0, detailed_evidence_types_enabled=True
    ).exists()
    allowed = evidence_rules.allowed(what, role=training.trainee_role, detailed=detailed)
    return allowed[0] if allowed else None


def _schedule(year: int, identifier: ScheduleIdentifier) -> Schedule:
    schedule = Schedule.objects.filter(contract_period=year, identifier=identifier).first()
    if schedule is None:
        raise CannotBePlayed(f"There is no schedule {identifier} in {year}")
    return schedule


def _free_trns(provider: LeadProvider) -> Iterator[str]:
    """Yield the TRNs of a provider's range that nobody has, the same each time."""
    first = zlib.crc32(provider.name.encode()) % (len(SANDBOX_TRNS) // _PEOPLE) * _PEOPLE
    wanted = [str(trn) for trn in SANDBOX_TRNS[first : first + _PEOPLE]]
    taken = set(Teacher.objects.filter(trn__in=wanted).values_list("trn", flat=True))
    yield from (trn for trn in wanted if trn not in taken)


def _of(placement: Placement) -> dict[str, Placement]:
    name = (
        "ect_at_school_period"
        if isinstance(placement, ECTAtSchoolPeriod)
        else "mentor_at_school_period"
    )
    return {name: placement}


def _at(day: date) -> datetime:
    return clock.london_midnight(day) + timedelta(hours=9)
