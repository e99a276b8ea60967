"""Sessions in Redis. While Redis is down a session is unknown, not empty.

Django's own engine takes a cache that does not answer for a session that has ended, and signs
people out.
"""

from typing import Any

from django.contrib.sessions.backends import cache


class SessionStore(cache.SessionStore):
    """A session that raises RedisError when it cannot be read."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; {} for one that has ended."""
        data: dict[str, Any] | None = self._cache.get(self.cache_key)  # type: ignore[attr-defined]
        if data is not None:
            return data
        self._session_key = None
        return {}
