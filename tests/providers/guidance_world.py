"""A world in which every example of the guidance can be run; ``ids`` are what examples name.

It is 20 October 2026. Cohorts, schedules and windows are the real ones; people are invented.
"""

from datetime import date

from register_ects.models import ContractPeriod, LeadProvider, SandboxScenario, Schedule
from register_ects.projections.refresh import catch_up
from register_ects.reference_data.funding_years import add_contract_periods, add_schedules
from register_ects.rules.enumerations import ScheduleIdentifier
from tests.factories import (
    DeclarationFactory,
    DeliveryPartnerFactory,
    ECTAtSchoolPeriodFactory,
    InductionPeriodFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    PairingFactory,
    SchoolFactory,
    SchoolPartnershipFactory,
    StatementFactory,
    TeacherFactory,
    TeacherIdChangeFactory,
    TrainingPeriodFactory,
    noon,
)

DAY = date(2026, 10, 20)
SEPTEMBER = date(2026, 9, 1)


class GuidanceWorld:
    """One provider with a school, two partnerships' worth of people, and all that they need."""

    def __init__(self, provider: LeadProvider) -> None:
        self.provider = provider
        add_contract_periods()
        add_schedules()
        self._partners()
        self._schools()
        self._statements()
        self.ids = {
            "ect_id": self._imogen(),
            "other_ect_id": self._somebody("Noor", "Rahman"),
            "deferred_id": self._deferred(),
            "mentor_id": self._mentor(),
            "frozen_ect_id": self._of_a_frozen_cohort(),
            "declaration_id": self._declared(),
            "transferred_id": self._transferred(),
            "retired_id": self._merged(),
            "unfunded_mentor_id": self.unfunded.teacher.api_id,
            "partnership_id": self.partnership.api_id,
            "delivery_partner_id": self.hub.api_id,
            "other_delivery_partner_id": self.other_hub.api_id,
            "school_id": self._waiting_school(),
            "statement_id": self.statement.api_id,
            "urn": self.school.gias_school_id,
        }
        SandboxScenario.objects.create(
            lead_provider=provider,
            position=1,
            group="schools",
            key="school-several-delivery-partners-1",
            title="Several delivery partners with one provider",
        )
        catch_up()

    def _partners(self) -> None:
        self.hub = DeliveryPartnerFactory(name="Tidewater Teaching School Hub")
        self.other_hub = DeliveryPartnerFactory(name="Saltmarsh Teaching School Hub")
        for year in (2022, 2024, 2025, 2026):
            PairingFactory(lead_provider=self.provider, delivery_partner=self.hub, year=year)
        PairingFactory(lead_provider=self.provider, delivery_partner=self.other_hub, year=2026)

    def _schools(self) -> None:
        self.school = SchoolFactory(
            gias_school__urn=147203,
            gias_school__name="Larkhill Academy",
            induction_tutor_name="Priya Natarajan",
            induction_tutor_email="p.natarajan@larkhill.example",
        )
        self.partnerships = {
            year: SchoolPartnershipFactory(
                school=self.school,
                lead_provider=self.provider,
                delivery_partner=self.hub,
                year=year,
            )
            for year in (2022, 2024, 2025, 2026)
        }
        self.partnership = self.partnerships[2026]

    def _statements(self) -> None:
        active = self.partnership.lead_provider_delivery_partnership.active_lead_provider
        self.statement, *_ = (
            StatementFactory(
                active_lead_provider=active,
                year=day.year,
                month=day.month,
                deadline_date=deadline,
                payment_date=day,
            )
            for day, deadline in (
                (date(2026, 11, 25), date(2026, 10, 31)),
                (date(2028, 8, 25), date(2028, 7, 31)),
            )
        )

    def _training(self, first: str, last: str, year: int = 2026, **details):
        teacher = TeacherFactory(
            trs_first_name=first,
            trs_last_name=last,
            **{"ect_first_became_eligible_for_training_at": noon(date(2026, 9, 14))}
            if not details.get("for_mentor")
            else {"mentor_first_became_eligible_for_training_at": noon(date(2026, 9, 14))},
            **details.pop("person", {}),
        )
        schedule = Schedule.objects.get(
            contract_period=year, identifier=ScheduleIdentifier.STANDARD_SEPTEMBER
        )
        return TrainingPeriodFactory(
            teacher=teacher,
            school_partnership=self.partnerships[year],
            schedule=schedule,
            **{"started_on": date(year, 9, 1), **details},
        )

    def _imogen(self):
        training = self._training("Imogen", "Farrow", person={"trn": "4417093"})
        placement = training.ect_at_school_period
        placement.email = "i.farrow@larkhill.example"
        placement.save()
        InductionPeriodFactory(teacher=training.teacher, started_on=SEPTEMBER)
        self.unfunded = MentorAtSchoolPeriodFactory(
            school=self.school,
            started_on=SEPTEMBER,
            email="g.mallory@larkhill.example",
            teacher=TeacherFactory(trs_first_name="Gareth", trs_last_name="Mallory", trn="3902215"),
        )
        MentorshipPeriodFactory(
            ect_at_school_period=placement, mentor_at_school_period=self.unfunded
        )
        return training.teacher.api_id

    def _somebody(self, first: str, last: str):
        return self._training(first, last).teacher.api_id

    def _deferred(self):
        training = self._training(
            "Leo",
            "Marchbank",
            finished_on=date(2026, 9, 28),
            deferred_at=noon(date(2026, 9, 28)),
            deferral_reason="parental_leave",
        )
        return training.teacher.api_id

    def _mentor(self):
        return self._training("Dev", "Varga", for_mentor=True).teacher.api_id

    def _of_a_frozen_cohort(self):
        return self._training("Iris", "Quillan", 2022).teacher.api_id

    def _declared(self):
        training = self._training("Cerys", "Thistle")
        declaration = DeclarationFactory(
            training_period=training,
            payment_status="eligible",
            payment_statement=self.statement,
            declaration_date=noon(date(2026, 9, 15)),
            evidence_type="training-event-attended",
        )
        return declaration.api_id

    def _transferred(self):
        left_on, joined_on = date(2026, 10, 16), date(2026, 11, 2)
        placement = ECTAtSchoolPeriodFactory(
            school=self.school, started_on=SEPTEMBER, finished_on=left_on
        )
        TrainingPeriodFactory(
            ect_at_school_period=placement,
            school_partnership=self.partnership,
            started_on=SEPTEMBER,
            finished_on=left_on,
        )
        TrainingPeriodFactory(
            teacher=placement.teacher,
            lead_provider=LeadProviderFactory(name="Northgate Teach"),
            school=SchoolFactory(gias_school__urn=138854),
            started_on=joined_on,
            year=2026,
        )
        return placement.teacher.api_id

    def _merged(self):
        survivor = self._training("Tess", "Alder").teacher
        change = TeacherIdChangeFactory(to_teacher=survivor)
        return change.from_teacher.api_id

    def _waiting_school(self):
        school = SchoolFactory(
            gias_school__urn=140117,
            gias_school__name="Marsh Lane School",
            induction_tutor_name="Tomos Hughes",
            induction_tutor_email="t.hughes@marshlane.example",
        )
        active = self.partnership.lead_provider_delivery_partnership.active_lead_provider
        TrainingPeriodFactory(
            eoi_only=True,
            expression_of_interest=active,
            school=school,
            started_on=SEPTEMBER,
            schedule=Schedule.objects.get(
                contract_period=ContractPeriod.objects.get(pk=2026),
                identifier=ScheduleIdentifier.STANDARD_SEPTEMBER,
            ),
        )
        return school.api_id
