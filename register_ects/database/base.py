"""Django's PostgreSQL backend, whose pool makes nobody wait long for a sick database.

A web process has as many pooled connections as threads, so while PostgreSQL is well a thread
never waits for one. When PostgreSQL is out of reach, two threads at most wait (the pool's
``timeout``); the others are refused after a tenth of a second, and once one has waited in vain
at once. One that hangs is given up just as soon (``watched``). So static pages and the liveness
check always find a thread.
"""

import threading
from typing import Any

from django.db.backends.postgresql import base
from django.db.utils import OperationalError

from register_ects.circuit import CircuitOpen
from register_ects.database.watched import circuit

#: Threads that may wait for a connection at the same time, and how long for that, in seconds.
WAITING, PATIENCE = 2, 0.1

_places = threading.BoundedSemaphore(WAITING)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection of the pool, or OperationalError soon."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Take a connection. Raises OperationalError within the pool's ``timeout``."""
        if not _places.acquire(timeout=PATIENCE):
            raise OperationalError("Others wait for PostgreSQL already")
        try:
            with circuit.attempt():
                return super().get_new_connection(conn_params)
        except CircuitOpen as rests:
            raise OperationalError("PostgreSQL could not be reached a moment ago") from rests
        finally:
            _places.release()
