"""Asks TRS for the people of a list, for as long as a worker can be spared."""

import contextvars
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from django.conf import settings

from register_ects.operations.batches.held import Held
from schools.several.looking_up import Looked, look_up

#: Seconds after which a job asks no more, and answers that may fail to come in a row.
SECONDS, MOST_UNANSWERED = 300, 8


class Asking:
    """The questions of one job: ``asker`` is whose failures are counted.

    When TRS has not answered several times in a row, or the time is up, the others are left as
    unanswered: their rows say that they are to be checked again.
    """

    def __init__(self, asker: str) -> None:
        self._asker = asker
        self._until = monotonic() + SECONDS
        self._unanswered = 0

    def ask(self, rows: Iterable[Looked]) -> list[Held]:
        """Return the rows looked up, in as many threads as may wait for TRS."""
        with ThreadPoolExecutor(settings.TRS_MOST_AT_ONCE) as pool:
            # Each thread has the clock and the log of this one.
            asked = [
                pool.submit(contextvars.copy_context().run, self._look_up, row) for row in rows
            ]
            return [each.result() for each in asked]

    def _look_up(self, row: Looked) -> Held:
        held = look_up(*row, asker=self._asker, in_file=True, may_ask=self._goes_on)
        self._unanswered = self._unanswered + 1 if held.outcome == "unavailable" else 0
        return held

    def _goes_on(self) -> bool:
        return self._unanswered < MOST_UNANSWERED and monotonic() < self._until
