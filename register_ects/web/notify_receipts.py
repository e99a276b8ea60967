"""GOV.UK Notify tells what became of an email (its "delivery receipts", spec 07 §9 Improve)."""

import json
from hmac import compare_digest
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from register_ects import clock
from register_ects.integrations.notify import moment_of
from register_ects.operations.messages.email_delivery import record_receipt


@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Note a receipt; one that came before, or is about no email of ours, is as welcome.

    Anything but 2xx makes Notify send it again. 401 without its token, 400 for what is no receipt.
    """
    if not _is_from_notify(request):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    receipt = _receipt(request)
    if receipt is None:
        return HttpResponse(status=400)
    reference = _uuid(receipt.get("reference"))
    if reference is not None:
        moments = (receipt.get(name) for name in ("completed_at", "sent_at", "created_at"))
        at = next(filter(None, map(moment_of, moments)), clock.now())
        record_receipt(reference, str(receipt.get("status")), min(at, clock.now()))
    return HttpResponse(status=204)


def _is_from_notify(request: HttpRequest) -> bool:
    sent = request.headers.get("Authorization", "").encode()
    return compare_digest(sent, f"Bearer {settings.NOTIFY_CALLBACK_TOKEN}".encode())


def _receipt(request: HttpRequest) -> dict[str, Any] | None:
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _uuid(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
