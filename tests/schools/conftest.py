"""School pages are tested in the registrations' world, with TRS answering over HTTP."""

from datetime import date

import pytest

from register_ects.invented.stand_ins.trs import serving
from register_ects.operations.placements.registration import register_ect
from tests.registrations import AUTHOR, ect, world, worlds_rows  # noqa: F401


@pytest.fixture(scope="session")
def running_trs():
    """A stand-in of TRS whose people are as of the day of the tests."""
    with serving(today=date(2026, 9, 10)) as stand_in:
        yield stand_in


@pytest.fixture
def oak(world, sign_in):  # noqa: F811
    """A browser in which somebody at Oak is signed in."""
    return sign_in(world.oak)


@pytest.fixture
def colleague(world, sign_in):  # noqa: F811
    """A browser in which somebody else at Oak is signed in."""
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
