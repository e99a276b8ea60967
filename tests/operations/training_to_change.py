"""What the tests of changed training begin with: another provider, an ECT and a mentor at Oak."""

from datetime import date, timedelta

import pytest

from register_ects.models import Event, LeadProvider, MentorAtSchoolPeriod, Schedule
from tests.factories import (
    ActiveLeadProviderFactory,
    ECTAtSchoolPeriodFactory,
    LeadProviderFactory,
    MentorAtSchoolPeriodFactory,
    MentorshipPeriodFactory,
    SchoolPartnershipFactory,
    TeacherFactory,
    TrainingPeriodFactory,
)
from tests.registrations import DAY

YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)


def make_provider(name: str, *years: int) -> LeadProvider:
    """Return a lead provider with contracts for years."""
    provider = LeadProviderFactory(name=name)
    for year in years:
        ActiveLeadProviderFactory(lead_provider=provider, year=year)
    return provider


@pytest.fixture
def birch(world):
    """Birch, with a contract for every year but 2021."""
    return make_provider("Birch", 2022, 2023, 2024, 2025, 2026)


@pytest.fixture
def asha(world):
    """Asha Rao, an ECT at Oak since September 2025."""
    return ECTAtSchoolPeriodFactory(
        teacher=TeacherFactory(trs_first_name="Asha", trs_last_name="Rao"),
        school=world.oak,
        started_on=date(2025, 9, 1),
    )


@pytest.fixture
def ben(world):
    """Ben Lowe, a mentor at Oak since September 2025."""
    return MentorAtSchoolPeriodFactory(
        teacher=TeacherFactory(trs_first_name="Ben", trs_last_name="Lowe"),
        school=world.oak,
        started_on=date(2025, 9, 1),
    )


@pytest.fixture(params=["ect", "mentor"])
def placement(request, asha, ben):
    """Asha's placement, and in another test Ben's."""
    return asha if request.param == "ect" else ben


@pytest.fixture
def mentored(asha, ben):
    """Ben mentors Asha; he has never been trained."""
    return MentorshipPeriodFactory(
        ect_at_school_period=asha, mentor_at_school_period=ben, started_on=date(2025, 9, 1)
    )


def trained(world, placement, year=2025, name="standard-september", **changes):
    """Return training of a placement with Larch, confirmed unless told otherwise."""
    if isinstance(placement, MentorAtSchoolPeriod):
        belongs = {"for_mentor": True, "mentor_at_school_period": placement}
    else:
        belongs = {"ect_at_school_period": placement}
    given = {
        "lead_provider": world.larch,
        "year": year,
        "school": world.oak,
        "started_on": placement.started_on,
        "schedule": schedule(year, name),
        **belongs,
        **changes,
    }
    return TrainingPeriodFactory(**given)


def school_led(placement, **changes):
    """Return training that the school leads."""
    given = {"started_on": placement.started_on, **changes}
    return TrainingPeriodFactory(school_led=True, ect_at_school_period=placement, **given)


def partnership(world, provider, year):
    return SchoolPartnershipFactory(
        school=world.oak, lead_provider=provider, delivery_partner=world.tern, year=year
    )


def schedule(year, name):
    return Schedule.objects.get(contract_period=year, identifier=f"ecf-{name}")


def days(training):
    """Return the first and last day of training as they are stored."""
    training.refresh_from_db()
    return training.started_on, training.finished_on


def told():
    """Return the types of the events that have been recorded, in order."""
    return list(Event.objects.order_by("pk").values_list("event_type", flat=True))


def problems(broken) -> list[str]:
    return [f"{p.field} {p.code}".strip() for p in broken.value.problems]
