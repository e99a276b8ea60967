"""A stand-in of the help desk inside a test."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from register_ects.invented.stand_ins.help_desk.app import HelpDeskApp
from register_ects.invented.stand_ins.kit import StandIn, serve


class HelpDeskStandIn(StandIn):
    """A running stand-in of the help desk: see its tickets."""

    user, api_key = "demo@example.com/token", "demo-help-desk-key"

    def tickets(self) -> list[dict[str, Any]]:
        """Return the tickets, oldest first."""
        tickets: list[dict[str, Any]] = self._pull("GET", "tickets").json()["tickets"]
        return tickets


@contextmanager
def serving() -> Iterator[HelpDeskStandIn]:
    """Run a stand-in on a free port for as long as the block lasts."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # late answers
        path = Path(folder) / "help_desk.sqlite3"
        app = HelpDeskApp(path, user=HelpDeskStandIn.user, api_key=HelpDeskStandIn.api_key)
        with serve(app) as (address, levers):
            yield HelpDeskStandIn(address, levers)
