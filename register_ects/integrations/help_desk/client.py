"""Make tickets in Zendesk over HTTP, each once.

A call takes up to seven seconds: never make one inside a database transaction. Nothing here
retries; callers do, and HelpDeskUnavailable says that they may.
"""

import base64
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from register_ects.circuit import Circuit
from register_ects.integrations.help_desk.errors import (
    HelpDeskError,
    HelpDeskRejected,
    HelpDeskUnavailable,
)
from register_ects.integrations.http import Answer, Connection, Unreachable, attempt
from register_ects.integrations.retry_after import seconds_to_wait

#: Seconds for which nobody in a process asks a help desk that did not answer.
REST = 15
_TICKETS = "/api/v2/tickets"
_MOST_OF_A_REASON = 300
_making = threading.Lock()


@dataclass(frozen=True, repr=False)  # a repr would carry personal data into logs
class Ticket:
    """A question. ``key`` is our name for it, which no other has."""

    key: str
    subject: str
    message: str
    requester_name: str
    requester_email: str
    tags: tuple[str, ...]


class HelpDeskClient:
    """One connection pool. Safe to share between threads, not between processes."""

    def __init__(self, base_url: str, user: str, api_key: str, *, read_timeout: float = 4) -> None:
        """Sign in as ``user`` (an email address and ``/token``) with a key."""
        self._http = Connection(base_url, read_timeout=read_timeout)
        signed = base64.b64encode(f"{user}:{api_key}".encode()).decode()
        self._headers = {"Authorization": f"Basic {signed}"}
        self._circuit = Circuit(rest_seconds=REST, failures=(Unreachable, HelpDeskUnavailable))

    def create_ticket(self, ticket: Ticket) -> int:
        """Make a ticket; return its number. The same key again within hours is the same ticket.

        Raises HelpDeskUnavailable, after which the ticket may be there nevertheless: look with
        ``find_ticket``; or HelpDeskRejected.
        """
        body = {
            "ticket": {
                "external_id": ticket.key,
                "subject": ticket.subject,
                "comment": {"body": ticket.message},
                "requester": {"name": ticket.requester_name, "email": ticket.requester_email},
                "tags": list(ticket.tags),
            }
        }
        answer = self._send("POST", f"{_TICKETS}.json", key=ticket.key, body=body)
        return _number_of(answer.json().get("ticket"))

    def find_ticket(self, key: str) -> int | None:
        """Return the number of the ticket with our key; None when there is none."""
        answer = self._send("GET", f"{_TICKETS}.json", params={"external_id": key})
        found = answer.json().get("tickets")
        if not isinstance(found, list):
            raise HelpDeskUnavailable("an unreadable answer")
        return _number_of(found[0]) if found else None

    def _send(
        self,
        method: str,
        path: str,
        *,
        key: str | None = None,
        params: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Answer:
        headers = {**self._headers, **({"Idempotency-Key": key} if key else {})}
        with attempt(self._circuit, HelpDeskUnavailable):
            answer = self._http.send(method, path, headers=headers, params=params, body=body)
            if not answer.is_success:
                raise _meaning_of(answer)
        return answer


def get_client() -> HelpDeskClient:
    """Return this process's client, as the settings say."""
    # The process is part of the key: a forked worker must not share its parent's connections.
    with _making:
        return _shared_client(
            settings.HELP_DESK_URL, settings.HELP_DESK_USER, settings.HELP_DESK_KEY, os.getpid()
        )


def forget_clients() -> None:
    """Begin anew: a test must not find the help desk counted as down because of another."""
    _shared_client.cache_clear()


@cache
def _shared_client(base_url: str, user: str, api_key: str, _process_id: int) -> HelpDeskClient:
    return HelpDeskClient(base_url, user, api_key)


def _number_of(ticket: Any) -> int:
    number = ticket.get("id") if isinstance(ticket, dict) else None
    if type(number) is not int or number < 1:
        raise HelpDeskUnavailable("an answer without a ticket")
    return number


def _meaning_of(answer: Answer) -> HelpDeskError:
    """Return the error that a reply other than 2xx stands for."""
    status = answer.status
    # 401 to 404 are about the key or the address: no reason to give a question up.
    if status in {401, 403, 404, 408, 409, 429} or not 400 <= status < 500:
        wait = seconds_to_wait(answer.headers)
        return HelpDeskUnavailable(f"status {status}", retry_after=wait)
    reason = str(answer.json().get("description") or answer.json().get("error") or "")
    return HelpDeskRejected(status, reason[:_MOST_OF_A_REASON])
