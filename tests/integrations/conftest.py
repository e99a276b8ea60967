"""The TRS client, connected to a stand-in over real HTTP."""

import pytest

from register_ects.integrations.trs import TRSClient
from register_ects.invented.stand_ins.trs import serving


@pytest.fixture(scope="module")
def running():
    with serving() as stand_in:
        yield stand_in


@pytest.fixture
def stand_in(running):
    running.reset()
    return running


@pytest.fixture(scope="module")
def connection(running):
    with TRSClient(running.base_url, running.api_key, "20260120", read_timeout=2) as connection:
        yield connection


@pytest.fixture
def trs(stand_in, connection):
    return connection
