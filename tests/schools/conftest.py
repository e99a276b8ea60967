"""School pages are tested in the registrations' world, with TRS answering over HTTP."""

from datetime import date

import pytest

from register_ects.integrations.trs.client import forget_clients
from register_ects.invented.stand_ins.trs import serving
from register_ects.operations.registration import register_ect
from tests.registrations import AUTHOR, ect, world, worlds_rows  # noqa: F401


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory):
    """One TRS stand-in for all tests of a run."""
    path = tmp_path_factory.mktemp("trs") / "people.sqlite3"
    with serving(path, today=date(2026, 9, 10)) as running:
        yield running


@pytest.fixture
def trs(stand_in, settings):
    """TRS as at the start: nothing wrong with it, and the people it is seeded with."""
    settings.TRS_API_BASE_URL = stand_in.base_url
    settings.TRS_API_KEY = stand_in.api_key
    forget_clients()
    yield stand_in
    stand_in.clear_faults()


@pytest.fixture
def oak(world, sign_in):  # noqa: F811
    """A browser in which somebody at Oak is signed in."""
    return sign_in(world.oak)


@pytest.fixture
def asha(world):  # noqa: F811
    """Asha Rao, registered at Oak with provider-led training from today."""
    return register_ect(world.oak, ect(world), author=AUTHOR)


@pytest.fixture
def school_led(world):  # noqa: F811
    """Asha Rao, with school-led training."""
    details = ect(world, training_programme="school_led", lead_provider=None)
    return register_ect(world.oak, details, author=AUTHOR)
