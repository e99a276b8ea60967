"""A few places before a service that may fall silent: a queue ends when it no longer moves.

Where the service is well a queue is short and moves: whoever waits is let in. Where nobody has
got anything for a while, nobody else waits for it either.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class StandsStill(Exception):
    """All places are taken, and for a while nobody who had one got what they came for."""


class Places:
    """Lets ``number`` through at the same time. Safe between threads."""

    def __init__(self, number: int, *, patience: float) -> None:
        """Refuse whoever would wait once nothing has moved for ``patience`` seconds."""
        self._free = number
        self._number = number
        self._patience = patience
        self._changed = threading.Condition()
        self._moved_at = 0.0  # monotonic

    @contextmanager
    def one(self) -> Iterator[None]:
        """Hold a place inside this. Raises StandsStill; leaving without an error is a move."""
        self._enter()
        try:
            yield
        except BaseException:
            self._leave()
            raise
        self._leave(has_moved=True)

    def _enter(self) -> None:
        with self._changed:
            if self._free == self._number:  # nobody was waiting for anything
                self._moved_at = time.monotonic()
            while not self._free:
                left = self._moved_at + self._patience - time.monotonic()
                if left <= 0:
                    raise StandsStill
                self._changed.wait(left)
            self._free -= 1

    def _leave(self, *, has_moved: bool = False) -> None:
        with self._changed:
            self._free += 1
            if has_moved:
                self._moved_at = time.monotonic()
            self._changed.notify()
