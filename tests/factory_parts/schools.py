"""Factories of schools and their partnerships."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from register_ects import models
from tests.factory_parts.catalogue import (
    ContractPeriodFactory,
    DeliveryPartnerFactory,
    LeadProviderFactory,
    PairingFactory,
)


class GIASSchoolFactory(DjangoModelFactory):
    """An eligible community school. Traits: independent, section_41, closed, children_centre."""

    class Meta:
        model = models.GIASSchool

    class Params:
        independent = factory.Trait(type_name="Other independent school", eligible=False)
        section_41 = factory.Trait(
            type_name="Other independent special school", section_41_approved=True
        )
        closed = factory.Trait(status="closed", eligible=False, closed_on=date(2025, 8, 31))

    urn = factory.Sequence(lambda n: 100_001 + n)
    name = factory.Sequence(lambda n: f"Hillside School {n}")
    type_name = "Community school"
    status = "open"
    in_england = True
    section_41_approved = False
    eligible = True
    local_authority_code = 999
    local_authority_name = "Northshire"
    administrative_district_name = "Northshire"
    phase_name = "Secondary"
    address_line1 = "1 School Lane"
    postcode = "ZZ1 1AA"


class GIASSchoolLinkFactory(DjangoModelFactory):
    """A link to the school that took this one's place."""

    class Meta:
        model = models.GIASSchoolLink

    urn = factory.SubFactory(GIASSchoolFactory, closed=True)
    link_urn = factory.Sequence(lambda n: 200_001 + n)
    link_type = "Successor"


class RegisterImportFactory(DjangoModelFactory):
    """An import of the register."""

    class Meta:
        model = models.RegisterImport

    kind = "register"
    file_name = "edubasealldata.csv"
    newest_change = date(2025, 9, 1)
    rows = 3
    malformed = 0
    created = 2
    updated = 1


class SchoolFactory(DjangoModelFactory):
    """A state-funded school. Traits: independent, section_41, with_tutor."""

    class Meta:
        model = models.School

    class Params:
        independent = factory.Trait(gias_school__independent=True)
        section_41 = factory.Trait(gias_school__section_41=True)
        with_tutor = factory.Trait(
            induction_tutor_name="Tilda Marsh",
            induction_tutor_email=factory.Sequence(lambda n: f"tutor{n}@school.example.com"),
        )

    gias_school = factory.SubFactory(GIASSchoolFactory)


class SchoolFundingEligibilityFactory(DjangoModelFactory):
    """No uplift. Set ``pupil_premium_uplift`` or ``sparsity_uplift``."""

    class Meta:
        model = models.SchoolFundingEligibility

    class Params:
        year = 2024

    gias_school = factory.SubFactory(GIASSchoolFactory)
    contract_period = factory.SubFactory(
        ContractPeriodFactory, year=factory.SelfAttribute("..year")
    )


class SchoolPartnershipFactory(DjangoModelFactory):
    """A school with a pairing; choose with ``lead_provider``, ``delivery_partner``, ``year``."""

    class Meta:
        model = models.SchoolPartnership

    class Params:
        year = 2025
        lead_provider = factory.SubFactory(LeadProviderFactory)
        delivery_partner = factory.SubFactory(DeliveryPartnerFactory)

    school = factory.SubFactory(SchoolFactory)
    lead_provider_delivery_partnership = factory.SubFactory(
        PairingFactory,
        lead_provider=factory.SelfAttribute("..lead_provider"),
        delivery_partner=factory.SelfAttribute("..delivery_partner"),
        year=factory.SelfAttribute("..year"),
    )
