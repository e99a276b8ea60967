"""Sessions in Redis. While Redis is down a session is unknown, not empty.

Django's own engine takes a cache that does not answer for a session that has ended, and signs
people out.
"""

from typing import Any

from django.contrib.sessions.backends import cache
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest


class SessionStore(cache.SessionStore):
    """A session that raises RedisError when it cannot be read."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; {} for one that has ended."""
        data: dict[str, Any] | None = self._cache.get(self.cache_key)  # type: ignore[attr-defined]
        if data is not None:
            return data
        self._session_key = None
        return {}

    def save(self, must_create: bool = False) -> None:
        """Keep what the session holds. Raises UpdateError if it has ended meanwhile.

        One command where Django asks first whether the session is still there.
        """
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        data = self._get_session(no_load=False)  # type: ignore[attr-defined]
        if not self._cache.replace(self.cache_key, data, self.get_expiry_age()):  # type: ignore[attr-defined]
            raise UpdateError


def unread_key(request: HttpRequest) -> str | None:
    """Return the key of what may be a session, but cannot be read now; else None."""
    return getattr(request, "unread_session_key", None)
