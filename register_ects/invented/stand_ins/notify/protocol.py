"""Answer the calls that the service makes to Notify, as its documentation describes them."""

import base64
import hashlib
import hmac
import json
import re
import uuid
from collections.abc import Mapping
from typing import Any

from register_ects import clock
from register_ects.invented.stand_ins.kit import Request, Response, json_response
from register_ects.invented.stand_ins.kit.records import Record, RecordStore
from register_ects.invented.stand_ins.notify.wording import Template

_MOST_SECONDS_APART = 30
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_UUID_LENGTH = 36


class Refused(Exception):
    """The call ends here, with this response."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.response = json_response(
            status, {"status_code": status, "errors": [{"error": error, "message": message}]}
        )


def check_caller(request: Request, api_key: str) -> None:
    """Refuse a caller whose token was not made with the key, or not just now (403)."""
    token = request.header("Authorization").removeprefix("Bearer ")
    signed, _, signature = token.rpartition(".")
    secret, service = api_key[-_UUID_LENGTH:], api_key[-2 * _UUID_LENGTH - 1 : -_UUID_LENGTH - 1]
    expected = hmac.digest(secret.encode(), signed.encode(), hashlib.sha256)
    try:
        claims = json.loads(_decoded(signed.partition(".")[2]))
        is_ours = hmac.compare_digest(_decoded(signature), expected) and claims["iss"] == service
        age = abs(clock.real_now().timestamp() - claims["iat"])
    except (ValueError, KeyError, TypeError):
        raise Refused(403, "AuthError", "Invalid token: not a valid JWT") from None
    if not is_ours:
        raise Refused(403, "AuthError", "Invalid token: API key not found")
    if age > _MOST_SECONDS_APART:
        raise Refused(
            403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds"
        )


def take_email(
    store: RecordStore, templates: Mapping[str, Template], request: Request
) -> tuple[Record, Response]:
    """Answer POST /v2/notifications/email."""
    body = _body(request)
    address, values = body.get("email_address"), body.get("personalisation") or {}
    if not (isinstance(address, str) and _EMAIL.fullmatch(address)):
        raise Refused(400, "ValidationError", "email_address Not a valid email address")
    template = templates.get(str(body.get("template_id")))
    if template is None:
        raise Refused(400, "BadRequestError", "Template not found")
    if missing := template.missing(values):
        raise Refused(400, "BadRequestError", f"Missing personalisation: {', '.join(missing)}")
    subject, text = template.filled(values)
    message: Record = {
        "id": str(uuid.uuid4()),
        "reference": body.get("reference"),
        "email_address": address,
        "type": "email",
        "status": "created",
        "template": {"id": template.id, "version": 1, "name": template.name},
        "subject": subject,
        "body": text,
        "created_at": now(),
        "sent_at": None,
        "completed_at": None,
    }
    store.add(message)
    answer = {
        "id": message["id"],
        "reference": message["reference"],
        "uri": f"/v2/notifications/{message['id']}",
        "template": {"id": template.id, "version": 1, "uri": f"/v2/template/{template.id}"},
        "content": {"subject": subject, "body": text, "from_email": "demo@notify.example"},
        "scheduled_for": None,
    }
    return message, json_response(201, answer)


def show_email(store: RecordStore, message_id: str) -> Response:
    """Answer GET /v2/notifications/{id}."""
    try:
        message = store.find(str(uuid.UUID(message_id)))
    except ValueError:
        raise Refused(400, "ValidationError", "id is not a valid UUID") from None
    if message is None:
        raise Refused(404, "NoResultFound", "No result found")
    return json_response(200, message)


def list_emails(store: RecordStore, request: Request) -> Response:
    """Answer GET /v2/notifications, which may ask for a reference."""
    reference = request.query.get("reference")
    found = store.with_reference(reference) if reference else store.everything()[::-1]
    return json_response(200, {"notifications": found[:250], "links": {}})


def now() -> str:
    """Return the present moment as Notify writes it."""
    return clock.real_now().isoformat(timespec="microseconds").replace("+00:00", "Z")


def _body(request: Request) -> dict[str, Any]:
    try:
        body = request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refused(400, "ValidationError", "The body is not a JSON object")
    return body


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
