"""A circuit breaker: while a service is known to be out of reach, nobody waits for it.

The first who fails opens the circuit. For the seconds of its rest everybody else is refused at
once; then one caller, and only one, tries again, and closes it by succeeding. Each process learns
for itself. (Kept libraries hold a lock during the call, or let everybody try at once: either way
all threads of a web process would wait for what does not answer.)
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class CircuitOpen(Exception):
    """The service could not be reached a moment ago; it was not asked again."""


class Circuit:
    """Guards calls of one service. Safe between threads."""

    def __init__(self, *, rest_seconds: float, failures: tuple[type[Exception], ...]) -> None:
        """Open for ``rest_seconds`` after one of ``failures``; other exceptions mean it answers."""
        self._rest_seconds = rest_seconds
        self._failures = failures
        self._lock = threading.Lock()
        self._next_try: float | None = None  # monotonic; None while closed
        self._is_tried = False

    @property
    def is_open(self) -> bool:
        """Whether the last attempt failed and none has succeeded since."""
        return self._next_try is not None

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Make the call inside this. Raises CircuitOpen, and nothing is called, while it rests."""
        self._enter()
        try:
            yield
        except self._failures:
            self.fail()
            raise
        except BaseException:
            self.close()
            raise
        self.close()

    def _enter(self) -> None:
        if not self.is_open:
            return
        with self._lock:
            if self._next_try is None:  # closed meanwhile
                return
            if self._is_tried or time.monotonic() < self._next_try:
                raise CircuitOpen
            self._is_tried = True

    def close(self) -> None:
        """Let everybody through, as at first."""
        if self._next_try is not None:
            with self._lock:
                self._next_try, self._is_tried = None, False

    def fail(self) -> None:
        """Open it: somebody who had been let through earlier got no answer."""
        with self._lock:
            self._next_try = time.monotonic() + self._rest_seconds
            self._is_tried = False
