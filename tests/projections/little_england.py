"""A small country in which anything may happen to what lead providers are shown."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Model, Q, QuerySet

from register_ects.models import (
    AppropriateBody,
    ContractPeriod,
    Declaration,
    DeliveryPartner,
    ECTAtSchoolPeriod,
    InductionPeriod,
    LeadProvider,
    MentorAtSchoolPeriod,
    MentorshipPeriod,
    Milestone,
    School,
    SchoolPartnership,
    Statement,
    Teacher,
    TrainingPeriod,
)
from register_ects.projections.refresh import catch_up
from register_ects.rules.enumerations import DeclarationType, ScheduleIdentifier
from tests.factories import (
    ActiveLeadProviderFactory,
    AppropriateBodyFactory,
    ContractPeriodFactory,
    DeliveryPartnerFactory,
    ECTAtSchoolPeriodFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    PairingFactory,
    ScheduleFactory,
    SchoolFactory,
    SchoolPartnershipFactory,
    StatementFactory,
    TeacherFactory,
    TrainingPeriodFactory,
    noon,
)

BEGINS_ON = date(2026, 1, 12)
YEARS = {year: date(year, 6, 1) for year in (2022, 2024, 2025, 2026, 2027)}


def make_years() -> list[ContractPeriod]:
    """Write the contract years, with a schedule of every kind and its milestones."""
    successor = ContractPeriodFactory(year=2024)
    return [_year(year, successor) for year in YEARS]


def _year(year: int, successor: ContractPeriod) -> ContractPeriod:
    frozen = {"frozen": True, "successor": successor} if year == 2022 else {}
    period = ContractPeriodFactory(year=year, **frozen)
    for identifier in ScheduleIdentifier:
        schedule = ScheduleFactory(contract_period=period, identifier=identifier)
        Milestone.objects.bulk_create(
            Milestone(schedule=schedule, declaration_type=kind, start_date=YEARS[year])
            for kind in DeclarationType
            if "extended" in identifier or "extended" not in kind
        )
    return period


class LittleEngland:
    """Three providers, two partners, three schools, five years, and four people to begin with.

    Several may lie side by side, each with a number: they share the years and nothing else.
    ``people`` are the keys of those who live here, None if everybody does.
    """

    def __init__(self, number: int = 0, years: Sequence[ContractPeriod] = ()) -> None:
        self.number, self.years = number, years or make_years()
        self.people: set[int] | None = None
        self.trns = [f"51{number:02}{person:03}" for person in range(8)]
        self.providers = [
            LeadProviderFactory(name=self._named(name)) for name in ("Alder", "Birch", "Cedar")
        ]
        self.partners = [
            DeliveryPartnerFactory(name=self._named(name)) for name in ("Dale", "Elmet")
        ]
        self.schools = [
            SchoolFactory(gias_school__name=self._named(name), gias_school__urn=urn + 10 * number)
            for urn, name in ((900_001, "Fell"), (900_002, "Garth"), (900_003, "Holme"))
        ]
        self.hub: AppropriateBody = AppropriateBodyFactory(
            active=True, name=self._named("Isle Hub")
        )
        for provider in self.providers:
            for year in YEARS:
                self._agree(provider, year)
        self._people()
        catch_up()

    def of(self, model: type[Model]) -> QuerySet:
        """Return those of a model's rows that belong here."""
        at_school = Q(school__in=self.schools)
        belongs = {
            Declaration: Q(lead_provider__in=self.providers),
            ECTAtSchoolPeriod: at_school,
            InductionPeriod: Q(appropriate_body=self.hub),
            MentorAtSchoolPeriod: at_school,
            MentorshipPeriod: Q(ect_at_school_period__school__in=self.schools),
            SchoolPartnership: at_school,
            Statement: Q(lead_provider__in=self.providers),
            Teacher: Q() if self.people is None else Q(pk__in=self.people),
            TrainingPeriod: at_school,
        }
        return model._default_manager.filter(belongs[model])

    def _named(self, name: str) -> str:
        return f"{name} {self.number}" if self.number else name

    def _agree(self, provider: LeadProvider, year: int) -> None:
        active = ActiveLeadProviderFactory(lead_provider=provider, year=year)
        for partner in self.partners:
            PairingFactory(lead_provider=provider, year=year, delivery_partner=partner)
        if year in (2024, 2025):
            for months in (1, 4, 9, 18):
                due = BEGINS_ON + timedelta(days=30 * months)
                StatementFactory(
                    active_lead_provider=active,
                    month=due.month,
                    year=due.year,
                    fee_type="output",
                    deadline_date=due,
                    payment_date=due + timedelta(days=25),
                )

    def _people(self) -> None:
        """One ECT in training with each provider, two of them with one mentor."""
        fell, garth, _ = self.schools
        mentor = MentorAtSchoolPeriodFactory(school=fell, started_on=date(2025, 9, 1))
        for number, provider in enumerate(self.providers):
            school = garth if number == 2 else fell
            teacher = TeacherFactory(
                ect_first_became_eligible_for_training_at=noon(date(2025, 9, 20))
            )
            ect = ECTAtSchoolPeriodFactory(
                teacher=teacher, school=school, started_on=date(2025, 9, 1)
            )
            TrainingPeriodFactory(
                ect_at_school_period=ect,
                school_partnership=self.partnership(school, provider, self.partners[0]),
            )
            if school == fell:
                MentorshipPeriodFactory(ect_at_school_period=ect, mentor_at_school_period=mentor)

    def partnership(self, school: School, provider: LeadProvider, partner: DeliveryPartner):
        return SchoolPartnershipFactory(
            school=school, lead_provider=provider, delivery_partner=partner, year=2025
        )
