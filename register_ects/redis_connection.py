"""Redis: how its connections are made, and the client for what Django's cache cannot do.

It is never waited for long: whoever uses it must be able to go on without. A connection waits a
second. Once Redis has refused or left unanswered a new connection, no other is tried for two
seconds (each process knows for itself): everybody else fails at once instead of waiting too.
"""

from functools import cache

from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.connection import Connection, ConnectionPool, SSLConnection
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

from register_ects.circuit import Circuit, CircuitOpen

#: How long to wait for Redis, in seconds.
PATIENCE = 1.0
#: How long to leave it alone after it could not be reached, in seconds.
REST = 2.0

#: Opens when Redis cannot be reached; closed again by whoever reaches it.
circuit = Circuit(rest_seconds=REST, failures=(RedisConnectionError, RedisTimeoutError))


class GuardedConnection(Connection):
    """A connection that is not tried while Redis is known to be out of reach."""

    def connect(self) -> None:
        """Connect, if it is not. Raises redis.exceptions.ConnectionError or TimeoutError."""
        if self.is_connected:
            return
        try:
            with circuit.attempt():
                super().connect()  # type: ignore[no-untyped-call]
        except CircuitOpen as rests:
            raise RedisConnectionError("Redis could not be reached a moment ago") from rests


class GuardedSSLConnection(GuardedConnection, SSLConnection):
    """The same for ``rediss://``."""


_GUARDED = {Connection: GuardedConnection, SSLConnection: GuardedSSLConnection}


class GuardedPool(ConnectionPool):
    """Connections that wait no longer than ``PATIENCE``, for Django's cache and for ours."""

    @classmethod
    def from_url(cls, url: str, **options: object) -> "GuardedPool":
        """Return a pool for an address such as ``redis://host:6379/0``."""
        pool: GuardedPool = super().from_url(
            url,
            **{
                "socket_timeout": PATIENCE,
                "socket_connect_timeout": PATIENCE,
                # The server may have closed a connection meanwhile: once more, but not after
                # waiting for an answer in vain.
                "retry": Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,)),
                **options,
            },
        )
        pool.connection_class = _GUARDED.get(pool.connection_class, pool.connection_class)
        return pool


@cache
def redis_client() -> Redis:
    """Return this process's client; connections are made when first used, and kept."""
    return Redis(connection_pool=GuardedPool.from_url(settings.REDIS_URL))


def redis_key(name: str) -> str:
    """Return the key for ``name``, under the prefix of this environment."""
    return f"{settings.CACHES['default']['KEY_PREFIX']}:{name}"
