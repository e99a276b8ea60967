"""What becomes of an email at its address, and telling the service so.

Addresses at ``bounce.…`` do not exist, at ``full.…`` take nothing for days, at ``broken.…`` cannot
be sent to; of those at ``silent.…`` the service is told nothing. All others take everything.
"""

import threading
from contextlib import suppress
from dataclasses import dataclass

import httpx

from register_ects.invented.stand_ins.kit.records import Record

_BY_DOMAIN = {
    "bounce": "permanent-failure",
    "full": "temporary-failure",
    "broken": "technical-failure",
}
#: How often a receipt is sent that the service does not take, and the seconds between.
_TRIES, _BETWEEN = 5, 3.0


@dataclass(frozen=True)
class Callback:
    """Where receipts go, and the bearer token that comes with them."""

    url: str
    token: str


def outcome_of(address: str) -> str:
    """Return Notify's word for what becomes of an email to this address."""
    return _BY_DOMAIN.get(_host(address), "delivered")


def is_told(address: str) -> bool:
    """Whether the service gets a receipt for this address."""
    return _host(address) != "silent"


def send_receipt(callback: Callback, message: Record, stopping: threading.Event) -> None:
    """Send a receipt until the service takes it, some times at most."""
    receipt = {
        "id": message["id"],
        "reference": message["reference"],
        "to": message["email_address"],
        "status": message["status"],
        "created_at": message["created_at"],
        "completed_at": message["completed_at"],
        "sent_at": message["sent_at"],
        "notification_type": "email",
        "template_id": message["template"]["id"],
        "template_version": message["template"]["version"],
    }
    headers = {"Authorization": f"Bearer {callback.token}"}
    for _try in range(_TRIES):
        with suppress(httpx.HTTPError):
            answer = httpx.post(
                callback.url, json=receipt, headers=headers, timeout=5, trust_env=False
            )
            if answer.is_success:
                return
        if stopping.wait(_BETWEEN):
            return


def _host(address: str) -> str:
    return address.rpartition("@")[2].partition(".")[0].lower()
