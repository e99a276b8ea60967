"""Notify's protocol under /v2/, over the emails of one SQLite file."""

import threading
from collections.abc import Mapping
from pathlib import Path

from register_ects.invented.stand_ins.kit import (
    Lever,
    Request,
    Response,
    StandInApp,
    json_response,
)
from register_ects.invented.stand_ins.kit.records import RecordStore
from register_ects.invented.stand_ins.notify.page import outbox
from register_ects.invented.stand_ins.notify.protocol import (
    Refused,
    check_caller,
    list_emails,
    now,
    show_email,
    take_email,
)
from register_ects.invented.stand_ins.notify.receipts import (
    Callback,
    is_told,
    outcome_of,
    send_receipt,
)
from register_ects.invented.stand_ins.notify.wording import templates_in

_EMAILS = "/v2/notifications"


class NotifyApp(StandInApp):
    """GOV.UK Notify with the templates of a folder.

    What becomes of an email is known ``settles_after`` seconds after it was taken, and sent to
    ``callback``, if there is one.
    """

    name = "Notify"

    def __init__(
        self,
        database_path: Path,
        templates: Path,
        *,
        api_key: str,
        callback: Callback | None = None,
        settles_after: float = 1.0,
    ) -> None:
        super().__init__()
        self._api_key, self._callback, self._settles_after = api_key, callback, settles_after
        self._templates = templates_in(templates)
        self._store = RecordStore(database_path)
        self._stopping = threading.Event()
        self._settling: set[threading.Timer] = set()

    def stop(self) -> None:
        """Settle nothing more, and wait until what is being settled is."""
        self._stopping.set()
        for timer in tuple(self._settling):
            timer.cancel()
            timer.join()

    def answer(self, request: Request) -> Response:
        """Answer a call as Notify does."""
        try:
            check_caller(request, self._api_key)
            if request.method == "POST" and request.path == f"{_EMAILS}/email":
                message, response = take_email(self._store, self._templates, request)
                self._settle_later(message["id"])
                return response
            if request.method == "GET" and request.path == _EMAILS:
                return list_emails(self._store, request)
            if request.method == "GET" and request.path.startswith(f"{_EMAILS}/"):
                return show_email(self._store, request.path.removeprefix(f"{_EMAILS}/"))
            raise Refused(404, "NotFound", "The requested URL was not found")
        except Refused as refusal:
            return refusal.response

    def page(self) -> Response:
        """Return the outbox."""
        return outbox(self, self._store.everything())

    def reset(self) -> None:
        """Forget every email, and where receipts go."""
        self._store.empty()
        self._callback = None

    def levers(self) -> Mapping[tuple[str, str], Lever]:
        """Add the emails, and where receipts go, to what every stand-in lets one do."""
        return {
            **super().levers(),
            ("GET", "messages"): lambda _: json_response(
                200, {"messages": self._store.everything()}
            ),
            ("POST", "callback"): self._set_callback,
        }

    def _set_callback(self, request: Request) -> Response:
        given = request.json()
        if not isinstance(given, dict):
            raise ValueError("A callback is a JSON object")
        url = given.get("url")
        self._callback = Callback(str(url), str(given.get("token"))) if url else None
        return json_response(200, {"url": url})

    def _settle_later(self, message_id: str) -> None:
        timer = threading.Timer(self._settles_after, self._settle, (message_id,))
        timer.daemon = True
        self._settling = {each for each in self._settling if each.is_alive()} | {timer}
        timer.start()

    def _settle(self, message_id: str) -> None:
        if self._stopping.is_set():
            return
        message = self._store.find(message_id)
        if message is None:
            return
        moment, address = now(), message["email_address"]
        message = self._store.change(
            message_id, status=outcome_of(address), sent_at=moment, completed_at=moment
        )
        if message and self._callback and is_told(address):
            send_receipt(self._callback, message, self._stopping)
