"""Talk to GOV.UK Notify over HTTP: three of its calls.

Notify's own client for Python depends on a package that has no wheel (docopt), which we do not
install. A call takes up to seven seconds: never make one inside a database transaction. Nothing
here retries; callers do, and NotifyUnavailable says that they may.
"""

import base64
import hashlib
import hmac
import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings

from register_ects import clock
from register_ects.circuit import Circuit
from register_ects.integrations.http import Answer, Connection, Unreachable, attempt
from register_ects.integrations.notify.errors import (
    NotifyError,
    NotifyMisconfigured,
    NotifyRejected,
    NotifyUnavailable,
)
from register_ects.integrations.retry_after import seconds_to_wait

#: Seconds for which nobody in a process asks a Notify that did not answer.
REST = 15
_UUID_LENGTH = 36
_MOST_OF_A_REASON = 300
_making = threading.Lock()


@dataclass(frozen=True)
class Delivery:
    """How far an email has come: Notify's word for it, and since when, where it is known."""

    status: str
    at: datetime | None


class NotifyClient:
    """One connection pool to Notify. Safe to share between threads, not between processes."""

    def __init__(
        self, base_url: str, api_key: str, *, connect_timeout: float = 3, read_timeout: float = 4
    ) -> None:
        """Use ``api_key`` as Notify shows it: a name, the service's id and the secret."""
        self._http = Connection(
            base_url, connect_timeout=connect_timeout, read_timeout=read_timeout
        )
        self._secret = api_key[-_UUID_LENGTH:]
        self._service_id = api_key[-2 * _UUID_LENGTH - 1 : -_UUID_LENGTH - 1]
        self._circuit = Circuit(rest_seconds=REST, failures=(Unreachable, NotifyUnavailable))

    def send_email(
        self,
        *,
        template_id: str,
        recipient: str,
        personalisation: Mapping[str, str],
        reference: str,
    ) -> str:
        """Hand an email to Notify; return Notify's id for it.

        Raises NotifyUnavailable, after which it may have been sent nevertheless: look with
        ``find_email``; or NotifyRejected.
        """
        body = {
            "email_address": recipient,
            "template_id": template_id,
            "personalisation": dict(personalisation),
            "reference": reference,
        }
        return _id_in(self._send("POST", "/v2/notifications/email", body=body).json())

    def find_email(self, reference: str) -> str | None:
        """Return Notify's id for an email with this reference; None when it has none."""
        answer = self._send("GET", "/v2/notifications", params={"reference": reference})
        found = answer.json().get("notifications")
        if not isinstance(found, list):
            raise NotifyUnavailable("an unreadable answer")
        return _id_in(found[0]) if found else None

    def delivery(self, notify_id: str) -> Delivery:
        """Return what became of an email. Raises NotifyUnavailable or NotifyRejected."""
        body = self._send("GET", f"/v2/notifications/{notify_id}").json()
        return Delivery(str(body.get("status")), moment_of(body.get("completed_at")))

    def _send(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Answer:
        headers = {"Authorization": f"Bearer {_token(self._service_id, self._secret)}"}
        with attempt(self._circuit, NotifyUnavailable):
            answer = self._http.send(method, path, headers=headers, params=params, body=body)
            if not answer.is_success:
                raise _meaning_of(answer)
        return answer


def moment_of(text: object) -> datetime | None:
    """Return an instant as Notify writes it (``2026-03-12T09:15:00.000000Z``), else None."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def get_client() -> NotifyClient:
    """Return this process's client, as the settings say."""
    # The process is part of the key: a forked worker must not share its parent's connections.
    with _making:
        return _shared_client(settings.NOTIFY_BASE_URL, settings.NOTIFY_API_KEY, os.getpid())


def forget_clients() -> None:
    """Begin anew: a test must not find Notify counted as down because of the test before it."""
    _shared_client.cache_clear()


@cache
def _shared_client(base_url: str, api_key: str, _process_id: int) -> NotifyClient:
    return NotifyClient(base_url, api_key)


def _token(service_id: str, secret: str) -> str:
    """Return the JSON web token that Notify wants with every call; it is good for 30 seconds."""
    claims = {"iss": service_id, "iat": int(clock.real_now().timestamp())}
    signed = b".".join(_part(each) for each in ({"typ": "JWT", "alg": "HS256"}, claims))
    signature = hmac.digest(secret.encode(), signed, hashlib.sha256)
    return b".".join((signed, _base64(signature))).decode()


def _part(value: Mapping[str, Any]) -> bytes:
    return _base64(json.dumps(value).encode())


def _base64(value: bytes) -> bytes:
    return base64.urlsafe_b64encode(value).rstrip(b"=")


def _id_in(body: Any) -> str:
    found = body.get("id") if isinstance(body, dict) else None
    if not isinstance(found, str) or len(found) != _UUID_LENGTH:
        raise NotifyUnavailable("an answer without an id")
    return found


def _meaning_of(answer: Answer) -> NotifyError:
    """Return the error that a reply other than 2xx stands for."""
    status = answer.status
    # Of the key, the clock or the address: taking it for a refusal would fail every email that day.
    if status in {401, 403, 404}:
        return NotifyMisconfigured(f"status {status}. {_reasons(answer)}")
    if status in {408, 429} or not 400 <= status < 500:
        wait = seconds_to_wait(answer.headers)
        return NotifyUnavailable(f"status {status}. {_reasons(answer)}", retry_after=wait)
    return NotifyRejected(status, _reasons(answer))


def _reasons(answer: Answer) -> str:
    errors = answer.json().get("errors")
    listed = errors if isinstance(errors, list) else []
    reasons = [str(each.get("message")) for each in listed if isinstance(each, dict)]
    return ", ".join(reasons)[:_MOST_OF_A_REASON]
