"""Keep a sick TRS from taking the service with it: few calls at once, none while it is down.

Of the threads of a process only some may wait for TRS; the others are told at once that it is
busy. After a few failures in a row nobody asks for a while. Source: spec 07 §7.4 Improve 2.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from circuitbreaker import CircuitBreaker

from register_ects.integrations.trs.errors import TRSMisconfigured, TRSUnavailable

#: Failures in a row after which TRS counts as down, and seconds until it is asked again.
MOST_FAILURES, REST = 4, 15
#: Seconds that a call waits for its turn: a healthy TRS answers many in that time.
PATIENCE = 0.3


class Guard:
    """Admits calls to TRS. Thread safe; each process has its own.

    ``most_at_once`` is how many threads may wait for TRS at the same time, ``rest`` how many
    seconds nobody asks once TRS counts as down; then one answer makes it count as up again.
    """

    def __init__(self, most_at_once: int, rest: float = REST) -> None:
        self._turns = threading.BoundedSemaphore(most_at_once)
        self._breaker = CircuitBreaker(MOST_FAILURES, rest, _says_that_trs_is_down)

    @contextmanager
    def call(self) -> Iterator[None]:
        """Admit one call. What it raises decides whether TRS counts as down.

        Raises TRSUnavailable, without any call, when TRS is known to be down or no turn is free.
        """
        if self._breaker.opened or not self._turns.acquire(timeout=PATIENCE):
            raise TRSUnavailable("not asked, because it is down or other calls wait for it")
        try:
            if self._breaker.opened:  # it went down while we waited for our turn
                raise TRSUnavailable("not asked, because it is down")
            with self._breaker:
                yield
        finally:
            self._turns.release()


def _says_that_trs_is_down(_kind: type[BaseException], error: BaseException) -> bool:
    return isinstance(error, TRSUnavailable) and not isinstance(error, TRSMisconfigured)
