"""A world in which the examples of the API's description are true: its ids are theirs."""

from datetime import date

import pytest

from providers.schemas import base
from register_ects import clock
from register_ects.models import LeadProvider
from register_ects.projections.refresh import catch_up
from register_ects.rules.enumerations import ScheduleIdentifier
from tests.factories import (
    DeclarationFactory,
    DeliveryPartnerFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    MilestoneFactory,
    PairingFactory,
    ScheduleFactory,
    SchoolFactory,
    SchoolPartnershipFactory,
    StatementFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)

#: A day on which the examples can be sent.
DAY = "2026-01-06"


@pytest.fixture(scope="module")
def documented_provider(one_transaction: None) -> LeadProvider:
    """The lead provider of the documented world, which is made once for a module's tests."""
    with clock.pretend(date.fromisoformat(DAY)):
        lead_provider: LeadProvider = LeadProviderFactory(name="Harbour Learning")
        documented_world(lead_provider)
    return lead_provider


@pytest.fixture
def lead_provider(documented_provider: LeadProvider) -> LeadProvider:
    """The provider that calls the API."""
    return documented_provider


def documented_world(lead_provider: LeadProvider) -> None:
    """Make the participant, mentor, school and so on that the examples name."""
    hub = DeliveryPartnerFactory(api_id=base.DELIVERY_PARTNER_ID)
    school = SchoolFactory(api_id=base.SCHOOL_ID, with_tutor=True)
    partnership = SchoolPartnershipFactory(
        api_id=base.PARTNERSHIP_ID,
        school=school,
        lead_provider=lead_provider,
        delivery_partner=hub,
    )
    PairingFactory(lead_provider=lead_provider, year=2025)
    training = TrainingPeriodFactory(
        school_partnership=partnership,
        teacher=TeacherFactory(api_id=base.PARTICIPANT_ID),
    )
    mentor = MentorAtSchoolPeriodFactory(
        school=school, teacher=TeacherFactory(api_id=base.MENTOR_ID)
    )
    MentorshipPeriodFactory(
        ect_at_school_period=training.ect_at_school_period, mentor_at_school_period=mentor
    )
    ScheduleFactory(
        contract_period=training.schedule.contract_period,
        identifier=ScheduleIdentifier.EXTENDED_SEPTEMBER,
    )
    MilestoneFactory(schedule=training.schedule)
    StatementFactory(
        api_id=base.STATEMENT_ID,
        active_lead_provider=partnership.lead_provider_delivery_partnership.active_lead_provider,
        year=2026,
        month=4,
        deadline_date=date(2026, 3, 31),
        payment_date=date(2026, 4, 25),
    )
    _somebody_else(lead_provider)
    catch_up()


def _somebody_else(lead_provider: LeadProvider) -> None:
    """Make people in other states: deferred, withdrawn, a mentor, and a declaration to void."""
    TrainingPeriodFactory(lead_provider=lead_provider, deferred=True)
    TrainingPeriodFactory(lead_provider=lead_provider, withdrawn=True)
    TrainingPeriodFactory(lead_provider=lead_provider, for_mentor=True)
    declared = TrainingPeriodFactory(lead_provider=lead_provider)
    DeclarationFactory(api_id=base.DECLARATION_ID, training_period=declared)
