"""Django's PostgreSQL backend, whose pool makes nobody wait long for a sick database.

A web process has as many pooled connections as threads, so while PostgreSQL is well a thread
waits for one only as long as it takes to open it or to see that it is alive. Two threads do that
at a time and the others queue behind them. When PostgreSQL is out of reach the two wait in vain
(the pool's ``timeout``); the queue, which no longer moves, ends after a moment, and once one of
the two has given up nobody waits at all. A connection that hangs is given up just as soon
(``watched``). So static pages and the liveness check always find a thread.
"""

from typing import Any

from django.db.backends.postgresql import base
from django.db.utils import OperationalError
from psycopg_pool import PoolTimeout

from register_ects.circuit import CircuitOpen
from register_ects.database.places import Places, StandsStill
from register_ects.database.watched import circuit

#: Seconds in which nobody was given a connection, after which nobody else waits for one.
STANDSTILL = 0.75

_places = Places(2, patience=STANDSTILL)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection of the pool, or OperationalError soon."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Take a connection. Raises OperationalError within the pool's ``timeout``."""
        try:
            with _places.one(), circuit.attempt():
                return super().get_new_connection(conn_params)
        except PoolTimeout:
            # What the pool holds is dead. It would find that out one by one, resting a second or
            # more after each: PostgreSQL would be back long before we are.
            self.pool.drain()
            raise
        except CircuitOpen as rests:
            raise OperationalError("PostgreSQL could not be reached a moment ago") from rests
        except StandsStill as queue:
            raise OperationalError("Others wait for PostgreSQL already") from queue
