"""A connection to PostgreSQL that is given up when PostgreSQL has fallen silent.

A statement may take its time. So whoever has waited for one for a moment asks PostgreSQL, on a
connection of its own, whether it is there at all; a PostgreSQL that hangs does not answer that.
"""

from collections.abc import Generator
from typing import Any

import psycopg
from psycopg import waiting

from register_ects.circuit import Circuit

#: How long PostgreSQL is left alone after it could not be reached, in seconds.
REST = 1.0
#: Seconds after which a statement is slow enough to ask, and those between later questions.
SLOW, AGAIN = 0.75, 5.0
#: Whole seconds in which PostgreSQL has to say that it is there.
ANSWERS_WITHIN = 2

circuit = Circuit(rest_seconds=REST, failures=(psycopg.OperationalError,))


class WatchedConnection(psycopg.Connection[Any]):
    """Raises OperationalError, and is closed, when PostgreSQL has not said anything for long."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for an answer, asking now and then whether there is anybody to give it."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        patience = SLOW
        while True:
            try:
                return super().wait(gen, interval, patience)
            except psycopg.errors._WaitTimeout:
                self._make_sure_that_it_lives()
                gen, patience = _resumed(gen), AGAIN

    def _make_sure_that_it_lives(self) -> None:
        try:
            psycopg.connect(
                self.info.dsn, password=self.info.password, connect_timeout=ANSWERS_WITHIN
            ).close()
        except psycopg.errors.ConnectionTimeout as silence:
            self.pgconn.finish()
            circuit.fail()
            raise psycopg.OperationalError("PostgreSQL does not answer") from silence
        except psycopg.OperationalError:
            return  # it refuses us, and so it lives; or this connection has broken too, and says so


def _resumed(gen: Any) -> Generator[Any, Any, Any]:
    """Go on with what was waited for: it expects to be told what is ready, and nothing is."""
    ready: Any = waiting.READY_NONE
    while True:
        try:
            wanted = gen.send(ready)
        except StopIteration as end:
            return end.value
        ready = yield wanted
