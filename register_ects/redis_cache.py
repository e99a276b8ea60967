"""Django's cache in Redis, at the price of the commands alone.

Django makes a client for every command, which costs more than to send it and read the answer.
"""

from functools import cached_property
from typing import Any

from django.core.cache.backends import redis
from redis import Redis


class _Client(redis.RedisCacheClient):
    """One client for all commands of a thread. There is one server."""

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:
        """Return the client that is kept."""
        return self._kept

    @cached_property
    def _kept(self) -> Redis:
        return super().get_client(write=True)

    def replace(self, key: str, value: Any, timeout: int) -> bool:
        """Set a value where there is one, in one command. Return whether there was."""
        stored = self._serializer.dumps(value)  # type: ignore[attr-defined]
        return bool(self._kept.set(key, stored, ex=timeout, xx=True))


class RedisCache(redis.RedisCache):
    """The cache of ``CACHES``."""

    _cache: _Client

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _Client

    def replace(self, key: str, value: Any, timeout: int) -> bool:
        """Set a value, for some seconds, where there is one. Return whether there was."""
        return self._cache.replace(self.make_and_validate_key(key), value, timeout)
