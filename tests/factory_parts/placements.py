"""Factories of placements, mentorships and training."""

from datetime import date
from typing import Any

import factory

from register_ects import models
from register_ects.rules.enumerations import DeferralReason, TrainingProgramme, WithdrawalReason
from tests.factory_parts.base import PeriodFactory, noon
from tests.factory_parts.catalogue import (
    ActiveLeadProviderFactory,
    ContractPeriodFactory,
    DeliveryPartnerFactory,
    LeadProviderFactory,
    ScheduleFactory,
)
from tests.factory_parts.people import AppropriateBodyFactory, TeacherFactory
from tests.factory_parts.schools import SchoolFactory, SchoolPartnershipFactory


class ECTAtSchoolPeriodFactory(PeriodFactory):
    """An ECT's open placement. Traits: with_appropriate_body."""

    class Meta:
        model = models.ECTAtSchoolPeriod

    class Params:
        with_appropriate_body = factory.Trait(
            school_reported_appropriate_body=factory.SubFactory(AppropriateBodyFactory, active=True)
        )

    teacher = factory.SubFactory(TeacherFactory)
    school = factory.SubFactory(SchoolFactory)
    email = factory.Sequence(lambda n: f"ect{n}@school.example.com")
    working_pattern = "full_time"


class MentorAtSchoolPeriodFactory(PeriodFactory):
    """A mentor's open placement."""

    class Meta:
        model = models.MentorAtSchoolPeriod

    teacher = factory.SubFactory(TeacherFactory)
    school = factory.SubFactory(SchoolFactory)
    email = factory.Sequence(lambda n: f"mentor{n}@school.example.com")


class MentorshipPeriodFactory(PeriodFactory):
    """A mentor and an ECT of one school; give either placement, the other follows it."""

    class Meta:
        model = models.MentorshipPeriod

    class Params:
        school = factory.SubFactory(SchoolFactory)

    ect_at_school_period = factory.SubFactory(
        ECTAtSchoolPeriodFactory,
        school=factory.SelfAttribute("..school"),
        started_on=factory.SelfAttribute("..started_on"),
    )
    mentor_at_school_period = factory.SubFactory(
        MentorAtSchoolPeriodFactory,
        school=factory.SelfAttribute("..school"),
        started_on=factory.SelfAttribute("..started_on"),
    )

    @classmethod
    def _generate(cls, strategy: Any, params: dict[str, Any]) -> Any:
        for placement in ("ect_at_school_period", "mentor_at_school_period"):
            if params.get(placement) is not None:
                params.setdefault("school", params[placement].school)
                params.setdefault("started_on", params[placement].started_on)
        return super()._generate(strategy, params)


class TrainingPeriodFactory(PeriodFactory):
    """An ECT's confirmed provider-led training from 1 September of ``year``.

    Give a placement, a partnership, a school, a lead provider or a year: the rest follows.
    Traits: for_ect (default), for_mentor, provider_led (default), school_led, confirmed
    (default), eoi_only, withdrawn, deferred, finished.
    """

    class Meta:
        model = models.TrainingPeriod

    class Params:
        year = 2025
        school = factory.SubFactory(SchoolFactory)
        lead_provider = factory.SubFactory(LeadProviderFactory)
        delivery_partner = factory.SubFactory(DeliveryPartnerFactory)
        teacher = factory.SubFactory(TeacherFactory)
        for_ect = factory.Trait()
        for_mentor = factory.Trait(
            ect_at_school_period=None,
            mentor_at_school_period=factory.SubFactory(
                MentorAtSchoolPeriodFactory,
                teacher=factory.SelfAttribute("..teacher"),
                school=factory.SelfAttribute("..school"),
                started_on=factory.SelfAttribute("..started_on"),
            ),
        )
        provider_led = factory.Trait()
        confirmed = factory.Trait()
        school_led = factory.Trait(
            training_programme=TrainingProgramme.SCHOOL_LED,
            school_partnership=None,
            schedule=None,
        )
        eoi_only = factory.Trait(
            school_partnership=None,
            expression_of_interest=factory.SubFactory(
                ActiveLeadProviderFactory,
                lead_provider=factory.SelfAttribute("..lead_provider"),
                year=factory.SelfAttribute("..year"),
            ),
        )
        withdrawn = factory.Trait(
            finished=True,
            withdrawn_at=factory.LazyAttribute(lambda o: noon(o.finished_on)),
            withdrawal_reason=WithdrawalReason.LEFT_TEACHING_PROFESSION,
        )
        deferred = factory.Trait(
            finished=True,
            deferred_at=factory.LazyAttribute(lambda o: noon(o.finished_on)),
            deferral_reason=DeferralReason.PARENTAL_LEAVE,
        )

    started_on = factory.LazyAttribute(lambda o: date(o.year, 9, 1))
    training_programme = TrainingProgramme.PROVIDER_LED
    ect_at_school_period = factory.SubFactory(
        ECTAtSchoolPeriodFactory,
        teacher=factory.SelfAttribute("..teacher"),
        school=factory.SelfAttribute("..school"),
        started_on=factory.SelfAttribute("..started_on"),
    )
    mentor_at_school_period = None
    school_partnership = factory.SubFactory(
        SchoolPartnershipFactory,
        school=factory.SelfAttribute("..school"),
        lead_provider=factory.SelfAttribute("..lead_provider"),
        delivery_partner=factory.SelfAttribute("..delivery_partner"),
        year=factory.SelfAttribute("..year"),
    )
    expression_of_interest = None
    schedule = factory.SubFactory(
        ScheduleFactory,
        contract_period=factory.LazyAttribute(
            lambda o: ContractPeriodFactory(year=o.factory_parent.year)
        ),
    )

    @classmethod
    def _generate(cls, strategy: Any, params: dict[str, Any]) -> Any:
        """Let what is given decide what is not."""
        mentor, ect = params.get("mentor_at_school_period"), params.get("ect_at_school_period")
        partnership = params.get("school_partnership")
        agreement = partnership or params.get("expression_of_interest")
        if mentor:
            params.setdefault("ect_at_school_period", None)
        if partnership:
            params.setdefault("school", partnership.school)
        if agreement:
            params.setdefault("lead_provider", agreement.lead_provider)
            params.setdefault("year", agreement.contract_period_id)
        elif params.get("schedule"):
            params.setdefault("year", params["schedule"].contract_period_id)
        if placement := mentor or ect:
            params.setdefault("school", placement.school)
            params.setdefault("started_on", placement.started_on)
        return super()._generate(strategy, params)
