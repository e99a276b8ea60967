"""Zendesk's calls about tickets, over one SQLite file, and a page that shows the tickets."""

import base64
import threading
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from register_ects.invented.stand_ins.kit import (
    Lever,
    Request,
    Response,
    StandInApp,
    json_response,
)
from register_ects.invented.stand_ins.kit.page import page
from register_ects.invented.stand_ins.kit.records import Record, RecordStore

_TICKETS = "/api/v2/tickets.json"
_FIRST_NUMBER = 1001
_INTRODUCTION = (
    "Nobody answers here: this is not the real help desk, and runs on this computer only. Every"
    " question that a school sent is shown as support would read it, the newest first."
)


class HelpDeskApp(StandInApp):
    """A help desk that knows one user and keeps tickets. One idempotency key, one ticket."""

    name = "Help desk"

    def __init__(self, database_path: Path, *, user: str, api_key: str) -> None:
        super().__init__()
        self._signed = base64.b64encode(f"{user}:{api_key}".encode()).decode()
        self._store = RecordStore(database_path)
        self._making = threading.Lock()

    def answer(self, request: Request) -> Response:
        """Answer a call as Zendesk does."""
        if request.header("Authorization") != f"Basic {self._signed}":
            return json_response(401, {"error": "Couldn't authenticate you"})
        if request.path != _TICKETS:
            return json_response(404, {"error": "InvalidEndpoint", "description": "Not found"})
        if request.method == "POST":
            return self._create(request)
        found = self._store.with_reference(request.query.get("external_id", ""))
        return json_response(200, {"tickets": found, "count": len(found)})

    def page(self) -> Response:
        """Return the tickets."""
        tickets = "".join(map(_ticket, self._store.everything()[::-1]))
        return page(
            self, self.name, _INTRODUCTION, [f"<h2>Tickets</h2>{tickets or '<p>None yet.</p>'}"]
        )

    def reset(self) -> None:
        """Forget every ticket."""
        self._store.empty()

    def levers(self) -> Mapping[tuple[str, str], Lever]:
        """Add the tickets to what every stand-in lets one do."""
        return {
            **super().levers(),
            ("GET", "tickets"): lambda _: json_response(200, {"tickets": self._store.everything()}),
        }

    def _create(self, request: Request) -> Response:
        wanted = _wanted(request)
        if wanted is None:
            return json_response(
                422, {"error": "RecordInvalid", "description": "Record validation errors"}
            )
        key = request.header("Idempotency-Key")
        with self._making:
            everything = self._store.everything()
            same = [each for each in everything if key and each["idempotency_key"] == key]
            if same and same[0]["wanted"] != wanted:
                return json_response(
                    400, {"error": "IdempotentRequestError", "description": "Key used before"}
                )
            ticket = same[0] if same else self._add(_FIRST_NUMBER + len(everything), key, wanted)
        headers = {"x-idempotency-lookup": "hit" if same else "miss"}
        return json_response(201, {"ticket": ticket}, headers)

    def _add(self, number: int, key: str, wanted: Record) -> Record:
        ticket = {
            "id": number,
            "reference": wanted.get("external_id"),
            "external_id": wanted.get("external_id"),
            "status": "new",
            "idempotency_key": key,
            "wanted": wanted,
        }
        self._store.add(ticket)
        return ticket


def _wanted(request: Request) -> Record | None:
    """Return what a ticket should hold; None when it cannot be made."""
    body: Any
    try:
        body = request.json()
        wanted = body["ticket"]
        is_whole = bool(wanted["comment"]["body"] and wanted["requester"]["email"])
    except (ValueError, KeyError, TypeError):
        return None
    return dict(wanted) if is_whole else None


def _ticket(ticket: Record) -> str:
    wanted = ticket["wanted"]
    asker = wanted["requester"]
    message = escape(wanted["comment"]["body"]).replace("\n", "<br>")
    return (
        f"<details><summary>{ticket['id']}: {escape(wanted.get('subject', ''))}</summary>"
        f"<p>From {escape(asker.get('name', ''))}, {escape(asker['email'])}."
        f" Tags: {escape(', '.join(wanted.get('tags', [])))}</p><p>{message}</p></details>"
    )
