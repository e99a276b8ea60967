"""Pages of an appropriate body: its user, TRS over HTTP, a day in July 2026."""

from datetime import date

import pytest

from register_ects.invented.stand_ins.trs import person
from tests.factories import AppropriateBodyFactory, InductionPeriodFactory
from tests.inductions import BORN_ON


@pytest.fixture(autouse=True)
def _today(on):
    on("2026-07-16")


@pytest.fixture
def trs(trs):
    """TRS with Amara Oduya, who may be claimed."""
    trs.upsert(
        person(
            "3000101",
            first_name="Amara",
            last_name="Oduya",
            date_of_birth=BORN_ON,
            qts_held_from=date(2023, 7, 1),
        )
    )
    return trs


@pytest.fixture
def hub():
    return AppropriateBodyFactory(active=True, name="Hub A")


@pytest.fixture
def period(hub):
    """Ada Okafor's induction with Hub A, which is open."""
    return InductionPeriodFactory(
        appropriate_body=hub,
        started_on=date(2024, 9, 2),
        teacher__trs_first_name="Ada",
        teacher__trs_last_name="Okafor",
    )


@pytest.fixture
def user(hub, sign_in):
    """A browser in which somebody of Hub A is signed in."""
    return sign_in(hub)
