"""A stand-in of TRS, asked in raw HTTP."""

import httpx
import pytest

from tests.invented.stand_ins.raw_trs import HEADERS


@pytest.fixture
def stand_in(fresh_trs):
    return fresh_trs


@pytest.fixture(scope="module")
def connection(running_trs):
    with httpx.Client(
        base_url=running_trs.base_url, headers=HEADERS, trust_env=False
    ) as connection:
        yield connection


@pytest.fixture
def http(stand_in, connection):
    return connection
