"""Redis itself, for what Django's cache cannot do: scripts and lists.

It is never waited for long: whoever uses it must be able to go on without.
"""

from functools import cache

from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

#: How long to wait for Redis, in seconds.
PATIENCE = 1.0


@cache
def redis_client() -> Redis:
    """Return this process's client; connections are made when first used, and kept."""
    return Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        retry=Retry(NoBackoff(), retries=1),  # a connection may have been closed meanwhile
    )


def redis_key(name: str) -> str:
    """Return the key for ``name``, under the prefix of this environment."""
    return f"{settings.CACHES['default']['KEY_PREFIX']}:{name}"
