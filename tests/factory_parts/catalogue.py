"""Factories of funding years, lead providers and delivery partners."""

import uuid
from datetime import date

import factory
from factory.django import DjangoModelFactory

from register_ects import models
from register_ects.rules.enumerations import DeclarationType, ScheduleIdentifier
from tests.factory_parts.base import noon


class ContractPeriodFactory(DjangoModelFactory):
    """1 June to 31 May; made once for each year. Traits: frozen."""

    class Meta:
        model = models.ContractPeriod
        django_get_or_create = ("year",)

    class Params:
        frozen = factory.Trait(
            payments_frozen_at=factory.LazyAttribute(lambda o: noon(date(o.year + 3, 6, 1)))
        )

    year = 2025
    started_on = factory.LazyAttribute(lambda o: date(o.year, 6, 1))
    finished_on = factory.LazyAttribute(lambda o: date(o.year + 1, 5, 31))
    enabled = True
    mentor_funding_enabled = factory.LazyAttribute(lambda o: o.year >= 2025)
    detailed_evidence_types_enabled = factory.LazyAttribute(lambda o: o.year >= 2025)
    uplift_fees_enabled = factory.LazyAttribute(lambda o: o.year < 2025)
    declarations_in_sequence = factory.LazyAttribute(lambda o: o.year >= 2025)


class ScheduleFactory(DjangoModelFactory):
    """``ecf-standard-september``; made once for each year. Traits: extended, reduced …"""

    class Meta:
        model = models.Schedule
        django_get_or_create = ("contract_period", "identifier")

    class Params:
        extended = factory.Trait(identifier=ScheduleIdentifier.EXTENDED_SEPTEMBER)
        reduced = factory.Trait(identifier=ScheduleIdentifier.REDUCED_SEPTEMBER)
        replacement = factory.Trait(identifier=ScheduleIdentifier.REPLACEMENT_SEPTEMBER)

    contract_period = factory.SubFactory(ContractPeriodFactory)
    identifier = ScheduleIdentifier.STANDARD_SEPTEMBER


class MilestoneFactory(DjangoModelFactory):
    """``started``, from 1 June to 31 December of the contract year."""

    class Meta:
        model = models.Milestone
        django_get_or_create = ("schedule", "declaration_type")

    schedule = factory.SubFactory(ScheduleFactory)
    declaration_type = DeclarationType.STARTED
    start_date = factory.LazyAttribute(lambda o: date(o.schedule.contract_period_id, 6, 1))
    milestone_date = factory.LazyAttribute(lambda o: date(o.start_date.year, 12, 31))


class LeadProviderFactory(DjangoModelFactory):
    """A VAT-registered lead provider."""

    class Meta:
        model = models.LeadProvider

    name = factory.Sequence(lambda n: f"Lead Provider {n}")


class ActiveLeadProviderFactory(DjangoModelFactory):
    """A lead provider with a contract year; made once for each provider and year."""

    class Meta:
        model = models.ActiveLeadProvider
        django_get_or_create = ("lead_provider", "contract_period")

    class Params:
        year = 2025

    lead_provider = factory.SubFactory(LeadProviderFactory)
    contract_period = factory.SubFactory(
        ContractPeriodFactory, year=factory.SelfAttribute("..year")
    )


class DeliveryPartnerFactory(DjangoModelFactory):
    """A delivery partner."""

    class Meta:
        model = models.DeliveryPartner

    name = factory.Sequence(lambda n: f"Delivery Partner {n}")


class PairingFactory(DjangoModelFactory):
    """A lead provider's agreement with a delivery partner, made once."""

    class Meta:
        model = models.LeadProviderDeliveryPartnership
        django_get_or_create = ("active_lead_provider", "delivery_partner")

    class Params:
        year = 2025
        lead_provider = factory.SubFactory(LeadProviderFactory)

    active_lead_provider = factory.SubFactory(
        ActiveLeadProviderFactory,
        lead_provider=factory.SelfAttribute("..lead_provider"),
        year=factory.SelfAttribute("..year"),
    )
    delivery_partner = factory.SubFactory(DeliveryPartnerFactory)


LPDPFactory = PairingFactory


class APITokenFactory(DjangoModelFactory):
    """A token that nobody holds; tests that sign in make theirs with the operation."""

    class Meta:
        model = models.APIToken

    class Params:
        revoked = factory.Trait(revoked_at=noon(date(2025, 9, 1)))

    lead_provider = factory.SubFactory(LeadProviderFactory)
    prefix = "abc123"
    digest = factory.LazyFunction(lambda: uuid.uuid4().bytes + uuid.uuid4().bytes)
    description = "Main token"
