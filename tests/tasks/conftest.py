"""A stand-in of TRS that answers over HTTP, as new for every test."""

from collections.abc import Iterator

import pytest

from register_ects.integrations.trs.client import forget_clients
from register_ects.invented.stand_ins.trs import serving


@pytest.fixture(scope="session")
def _running_trs() -> Iterator[object]:
    with serving() as stand_in:
        yield stand_in


@pytest.fixture
def trs(_running_trs, settings):
    """TRS with its usual people and no faults; the settings point to it."""
    _running_trs.reset()
    forget_clients()
    settings.TRS_API_BASE_URL = _running_trs.base_url
    settings.TRS_API_KEY = _running_trs.api_key
    return _running_trs
