"""A small country in which anything may happen to what lead providers are shown."""

from datetime import date, timedelta

from register_ects.models import (
    AppropriateBody,
    ContractPeriod,
    DeliveryPartner,
    LeadProvider,
    Milestone,
    School,
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
TRNS = [f"51000{number:02}" for number in range(8)]


class LittleEngland:
    """Three providers, two partners, three schools, five years, and four people to begin with."""

    def __init__(self) -> None:
        self.successor = ContractPeriodFactory(year=2024)
        self.years = [self._year(year) for year in YEARS]
        self.providers = [LeadProviderFactory(name=name) for name in ("Alder", "Birch", "Cedar")]
        self.partners = [DeliveryPartnerFactory(name=name) for name in ("Dale", "Elmet")]
        self.schools = [
            SchoolFactory(gias_school__name=name, gias_school__urn=urn)
            for urn, name in ((900_001, "Fell"), (900_002, "Garth"), (900_003, "Holme"))
        ]
        self.hub: AppropriateBody = AppropriateBodyFactory(active=True, name="Isle Hub")
        for provider in self.providers:
            for year in YEARS:
                self._agree(provider, year)
        self._people()
        catch_up()

    def _year(self, year: int) -> ContractPeriod:
        frozen = {"frozen": True, "successor": self.successor} if year == 2022 else {}
        period = ContractPeriodFactory(year=year, **frozen)
        for identifier in ScheduleIdentifier:
            schedule = ScheduleFactory(contract_period=period, identifier=identifier)
            Milestone.objects.bulk_create(
                Milestone(schedule=schedule, declaration_type=kind, start_date=YEARS[year])
                for kind in DeclarationType
                if "extended" in identifier or "extended" not in kind
            )
        return period

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
