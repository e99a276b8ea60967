"""The TRS client, connected to a stand-in over real HTTP."""

import pytest

from register_ects.integrations.trs import TRSClient


@pytest.fixture
def stand_in(fresh_trs):
    return fresh_trs


@pytest.fixture(scope="module")
def connection(running_trs):
    with TRSClient(
        running_trs.base_url, running_trs.api_key, "20260120", read_timeout=2
    ) as connection:
        yield connection


@pytest.fixture
def trs(stand_in, connection):
    return connection
