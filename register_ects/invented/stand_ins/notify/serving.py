"""A stand-in of Notify inside a test."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from register_ects.invented.stand_ins.kit import StandIn, serve
from register_ects.invented.stand_ins.notify.app import NotifyApp

_ROOT = Path(__file__).resolve().parents[4]
_SERVICE, _SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
DEMO_API_KEY = f"demo-{_SERVICE}-{_SECRET}"


class NotifyStandIn(StandIn):
    """A running stand-in of Notify: see what it was given, and have it send receipts."""

    api_key = DEMO_API_KEY

    def messages(self) -> list[dict[str, Any]]:
        """Return the emails that it took, oldest first."""
        messages: list[dict[str, Any]] = self._pull("GET", "messages").json()["messages"]
        return messages

    def send_receipts_to(self, url: str | None, token: str = "") -> None:
        """Send receipts to this address from now on; to none with None."""
        self._pull("POST", "callback", {"url": url, "token": token})


@contextmanager
def serving() -> Iterator[NotifyStandIn]:
    """Run a stand-in on a free port for as long as the block lasts. It sends no receipts yet."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # late answers
        app = NotifyApp(
            Path(folder) / "notify.sqlite3",
            _ROOT / "templates" / "emails",
            api_key=DEMO_API_KEY,
            settles_after=0.05,
        )
        try:
            with serve(app) as (address, levers):
                yield NotifyStandIn(address, levers)
        finally:
            app.stop()
