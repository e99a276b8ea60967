"""Pages of an appropriate body: its user, TRS over HTTP, a day in July 2026."""

from collections.abc import Iterator
from datetime import date

import pytest

from register_ects.integrations.trs.client import forget_clients
from register_ects.invented.stand_ins.trs import person, serving
from tests.factories import AppropriateBodyFactory
from tests.inductions import BORN_ON


@pytest.fixture(autouse=True)
def _today(on):
    on("2026-07-16")


@pytest.fixture(scope="session")
def _running_trs() -> Iterator[object]:
    with serving() as stand_in:
        yield stand_in


@pytest.fixture
def trs(_running_trs, settings):
    """TRS with Amara Oduya, who may be claimed."""
    _running_trs.reset()
    forget_clients()
    settings.TRS_API_BASE_URL = _running_trs.base_url
    settings.TRS_API_KEY = _running_trs.api_key
    _running_trs.upsert(
        person(
            "3000101",
            first_name="Amara",
            last_name="Oduya",
            date_of_birth=BORN_ON,
            qts_held_from=date(2023, 7, 1),
        )
    )
    return _running_trs


@pytest.fixture
def hub():
    return AppropriateBodyFactory(active=True, name="Hub A")


@pytest.fixture
def user(hub, sign_in):
    """A browser in which somebody of Hub A is signed in."""
    return sign_in(hub)
