"""While Redis is down nobody waits for it."""

import time

import pytest
from redis import RedisError

from register_ects import redis_connection
from register_ects.redis_connection import redis_client

pytestmark = pytest.mark.no_database


@pytest.fixture
def _nowhere(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    redis_client.cache_clear()
    yield
    redis_client.cache_clear()
    redis_connection.circuit.close()  # the next test's Redis is there


@pytest.mark.usefixtures("_nowhere")
def test_a_redis_that_refuses_connections_is_given_up_at_once():
    began = time.monotonic()

    with pytest.raises(RedisError):
        redis_client().ping()

    assert time.monotonic() - began < 1


def test_keys_carry_the_prefix_of_the_environment(settings, monkeypatch):
    monkeypatch.setitem(settings.CACHES["default"], "KEY_PREFIX", "sandbox")

    assert redis_connection.redis_key("x") == "sandbox:x"
