"""Sessions that could not be ended when their owners signed out: tried again until they can be.

Each web process remembers those that it was asked to end. One that stops before Redis is back
leaves them to end by themselves, after the idle time.
"""

import threading
import time

from redis import RedisError

from register_ects.web.sessions import SessionStore

#: Seconds between two attempts, and how many sessions are remembered.
AGAIN = 2.0
MOST = 1000

_lock = threading.Lock()
_keys: set[str] = set()


def end_later(key: str) -> None:
    """End a session as soon as Redis answers again. ``key`` is what its cookie holds."""
    with _lock:
        if len(_keys) >= MOST:
            return
        is_first = not _keys
        _keys.add(key)
    if is_first:
        threading.Thread(target=_end_all, name="sessions-to-end", daemon=True).start()


def _end_all() -> None:
    while True:
        time.sleep(AGAIN)
        with _lock:
            keys = set(_keys)
        ended = {key for key in keys if _is_ended(key)}
        with _lock:
            _keys.difference_update(ended)
            if not _keys:
                return


def _is_ended(key: str) -> bool:
    try:
        SessionStore().delete(key)
    except RedisError:
        return False
    return True
