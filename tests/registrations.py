"""The world that registrations happen in: the years 2021 to 2026, a provider, a hub, schools."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from register_ects import clock
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import (
    AppropriateBody,
    DeliveryPartner,
    LeadProvider,
    Schedule,
    School,
)
from register_ects.operations.base import Author
from register_ects.operations.placements.mentoring import MentorRegistration
from register_ects.operations.placements.registration import ECTRegistration
from register_ects.rules.enumerations import ScheduleIdentifier
from tests.factories import (
    ActiveLeadProviderFactory,
    AppropriateBodyFactory,
    ContractPeriodFactory,
    DeliveryPartnerFactory,
    LeadProviderFactory,
    PairingFactory,
    SchoolFactory,
)

AUTHOR = Author.school_user(name="Tilda Marsh", email="tilda@oak.example.com")
FROZEN = {2021, 2022}
DAY = date(2026, 9, 10)


@dataclass
class World:
    """Larch Learning works with Tern Trust in every year; Oak and Elm are state schools."""

    larch: LeadProvider
    tern: DeliveryPartner
    hub: AppropriateBody
    oak: School
    elm: School


def make_world() -> World:
    """Write the world's rows, on its day."""
    larch, tern = (
        LeadProviderFactory(name="Larch Learning"),
        DeliveryPartnerFactory(name="Tern Trust"),
    )
    successor = ContractPeriodFactory(year=2024)
    for year in range(2021, 2027):
        frozen = {"frozen": True, "successor": successor} if year in FROZEN else {}
        period = ContractPeriodFactory(year=year, **frozen)
        Schedule.objects.bulk_create(
            Schedule(contract_period=period, identifier=identifier)
            for identifier in ScheduleIdentifier
        )
        ActiveLeadProviderFactory(lead_provider=larch, contract_period=period)
        PairingFactory(lead_provider=larch, year=year, delivery_partner=tern)
    return World(
        larch=larch,
        tern=tern,
        hub=AppropriateBodyFactory(active=True, name="Hub A"),
        oak=SchoolFactory(gias_school__name="Oak School"),
        elm=SchoolFactory(gias_school__name="Elm School"),
    )


@pytest.fixture(scope="module")
def worlds_rows(one_transaction: None) -> World:
    """The world, made once for the tests of a module."""
    with clock.pretend(DAY):
        return make_world()


@pytest.fixture
def world(worlds_rows: World, on: Callable[[date], None]) -> World:
    on(DAY)
    return deepcopy(worlds_rows)


def record(trn: str = "4000001", **changes: Any) -> TeacherRecord:
    """Return what TRS says about an invented person."""
    values: dict[str, Any] = {
        "trn": trn,
        "first_name": "Asha",
        "middle_name": "",
        "last_name": "Rao",
        "date_of_birth": date(1999, 4, 5),
        "national_insurance_number": None,
        "email": None,
        "induction_status": "RequiredToComplete",
        "induction_start_date": None,
        "induction_completed_date": None,
        "induction_exemption_reasons": (),
        "qts_awarded_on": date(2026, 7, 1),
        "qts_status_description": "QualifiedTeacherStatus",
        "itt_provider_name": "Northmoor SCITT",
        "itt_start_date": None,
        "itt_end_date": date(2026, 6, 30),
        "alerts": (),
        "read_at": clock.now(),
    }
    return TeacherRecord(**{**values, **changes})


def ect(world: World, **changes: Any) -> ECTRegistration:
    """Return a provider-led registration of Asha Rao from 1 September 2026."""
    values: dict[str, Any] = {
        "record": record(),
        "corrected_name": None,
        "email": "asha@oak.example.com",
        "started_on": date(2026, 9, 1),
        "working_pattern": "full_time",
        "appropriate_body": world.hub,
        "training_programme": "provider_led",
        "lead_provider": world.larch,
        "reused": None,
    }
    return ECTRegistration(**{**values, **changes})


def mentor(**changes: Any) -> MentorRegistration:
    """Return a registration of Ben Lowe as a mentor."""
    values: dict[str, Any] = {
        "record": record("4000002", first_name="Ben", last_name="Lowe"),
        "corrected_name": None,
        "email": "ben@oak.example.com",
        "started_on": None,
        "only_here": None,
        "lead_provider": None,
    }
    return MentorRegistration(**{**values, **changes})
