"""A small catalogue, as the reference data would give: years, providers, schools, statements."""

from datetime import date

import pytest

from register_ects.models import ContractPeriod
from register_ects.rules.enumerations import ScheduleIdentifier, StatementStatus
from tests.factories import (
    ActiveLeadProviderFactory,
    AppropriateBodyFactory,
    ContractPeriodFactory,
    PairingFactory,
    ScheduleFactory,
    SchoolFactory,
    StatementFactory,
)

YEARS = range(2021, 2027)


@pytest.fixture(autouse=True)
def _november(on):
    on("2026-11-24")


@pytest.fixture
def catalogue(harbour, northgate):
    AppropriateBodyFactory(active=True)
    for year in YEARS:
        period = ContractPeriodFactory(year=year, frozen=year < 2023)
        for identifier in (
            ScheduleIdentifier.STANDARD_SEPTEMBER,
            ScheduleIdentifier.EXTENDED_SEPTEMBER,
        ):
            ScheduleFactory(contract_period=period, identifier=identifier)
        for provider in (harbour, northgate):
            for _ in range(2):
                PairingFactory(lead_provider=provider, year=year)
            _statements(ActiveLeadProviderFactory(lead_provider=provider, year=year), period)
    SchoolFactory.create_batch(200)


def _statements(active, period: ContractPeriod) -> None:
    """One paid in November, one payable in January, one open until the end of the next year."""
    year = period.year
    for status, of_year, month, deadline in (
        (StatementStatus.PAID, year, 11, date(year, 10, 31)),
        (StatementStatus.PAID, year + 1, 8, date(year + 1, 7, 31)),
        (StatementStatus.PAYABLE, 2026, 12, date(2026, 11, 22)),
        (StatementStatus.OPEN, 2027, 1, date(2026, 12, 31)),
    ):
        StatementFactory(
            active_lead_provider=active,
            year=of_year,
            month=month,
            deadline_date=deadline,
            payment_date=date(of_year + (month == 12), month % 12 + 1, 25),
            status=status,
        )
