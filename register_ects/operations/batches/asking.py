"""Asks TRS for the people of a batch, for as long as a worker can be spared."""

import contextvars
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Generic, TypeVar

from django.conf import settings

from register_ects.operations.batches.held import Held

#: Seconds after which a job asks no more, and answers that may fail to come in a row.
SECONDS, MOST_UNANSWERED = 300, 8

Asked = TypeVar("Asked")


class Asking(Generic[Asked]):
    """The questions of one job: ``look_up`` gets a row, and whether TRS may be asked.

    When TRS has not answered several times in a row, or the time is up, the others are left as
    unanswered: their rows say that they are to be checked again.
    """

    def __init__(self, look_up: Callable[[Asked, Callable[[], bool]], Held]) -> None:
        self._ask = look_up
        self._until = monotonic() + SECONDS
        self._unanswered = 0

    @property
    def time_is_up(self) -> bool:
        """Whether the job has asked for so long that another is to go on."""
        return monotonic() >= self._until

    def ask(self, rows: Iterable[Asked]) -> list[Held]:
        """Return the rows looked up, in as many threads as may wait for TRS."""
        with ThreadPoolExecutor(settings.TRS_MOST_AT_ONCE) as pool:
            # Each thread has the clock and the log of this one.
            asked = [
                pool.submit(contextvars.copy_context().run, self._look_up, row) for row in rows
            ]
            return [each.result() for each in asked]

    def _look_up(self, row: Asked) -> Held:
        held = self._ask(row, self._goes_on)
        self._unanswered = self._unanswered + 1 if held.outcome == "unavailable" else 0
        return held

    def _goes_on(self) -> bool:
        return self._unanswered < MOST_UNANSWERED and not self.time_is_up
