"""``Idempotency-Key``: a write that is sent again gets the first answer, and is done once.

The answer is stored in the transaction of the write itself: there is never one without the other,
whenever the process ends. Source: spec 02 §2.22.4.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from django.db import connection, transaction
from django.http import HttpResponse

from providers.errors import bad_request, key_used_before, still_running
from providers.requests import ProviderRequest
from register_ects import clock
from register_ects.models import IdempotentAnswer, LeadProvider

KEPT_FOR = timedelta(hours=24)
WRITES = frozenset({"POST", "PUT", "PATCH"})

_KEY = re.compile(r"[!-~]{1,255}", re.ASCII)
#: Answers that say nothing about the write: whoever sends it again deserves a new one.
_NOT_KEPT = frozenset({401, 429})


def has_key(request: ProviderRequest) -> bool:
    """Whether this is a write that must be answered once."""
    return request.method in WRITES and "Idempotency-Key" in request.headers


def answer_once(
    request: ProviderRequest, target: str, answer: Callable[[], HttpResponse]
) -> HttpResponse:
    """Return the first answer to this key, or call ``answer`` and keep what it returns.

    ``target`` is the path below ``/api/v3``. ``answer`` returns refusals too; what it raises
    undoes everything and keeps nothing. Raises a 400 for a key of the wrong format, a 409 while
    the first request is being answered, and a 422 when the key belongs to another request.
    """
    key = _key(request)
    asked = IdempotentAnswer(
        lead_provider=request.auth,
        key=key,
        method=request.method or "",
        target=f"{target}?{request.META.get('QUERY_STRING', '')}".rstrip("?"),
        body_digest=sha256(request.body).digest(),
        created_at=clock.real_now(),
    )
    # Whoever only wants the stored answer holds nobody up: the key is taken to write, not to read.
    kept = _kept_answer(request.auth, key)
    if kept is not None and not _is_old(kept):
        return _replayed(request, kept, asked)
    with transaction.atomic():
        is_ours = _is_ours_to_answer(request.auth, key)
        kept = _kept_answer(request.auth, key)  # the first request may have ended since
        if kept is not None and not _is_old(kept):
            return _replayed(request, kept, asked)
        if not is_ours:
            raise still_running()
        if kept is not None:
            kept.delete()
        response = answer()
        if _is_kept(request, response):
            asked.status = response.status_code
            asked.content_type = response["Content-Type"]
            asked.content = response.content
            asked.save()
    return response


def delete_old_answers() -> int:
    """Delete the answers that are no longer kept; return how many."""
    old = IdempotentAnswer.objects.filter(created_at__lt=clock.real_now() - KEPT_FOR)
    return old.delete()[0]


def _key(request: ProviderRequest) -> str:
    key = request.headers["Idempotency-Key"].strip()
    if not _KEY.fullmatch(key):
        raise bad_request(
            "Idempotency-Key must be 1 to 255 visible ASCII characters, for example a UUID.",
            code="request.bad_idempotency_key",
        )
    return key


def _is_ours_to_answer(provider: LeadProvider, key: str) -> bool:
    """Take the key until the transaction ends; False when another request holds it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"idempotency {provider.pk} {key}"],
        )
        return bool(cursor.fetchone()[0])


def _is_kept(request: ProviderRequest, response: HttpResponse) -> bool:
    """Whether an answer is that of a write: faults, limits and dry runs are not."""
    return (
        response.status_code < 500
        and response.status_code not in _NOT_KEPT
        and not request.is_dry_run
    )


def _kept_answer(provider: LeadProvider, key: str) -> IdempotentAnswer | None:
    return IdempotentAnswer.objects.filter(lead_provider=provider, key=key).first()


def _is_old(kept: IdempotentAnswer) -> bool:
    """Whether an answer is too old to count."""
    return kept.created_at < clock.real_now() - KEPT_FOR


def _replayed(
    request: ProviderRequest, kept: IdempotentAnswer, asked: IdempotentAnswer
) -> HttpResponse:
    if (kept.method, kept.target, bytes(kept.body_digest)) != (
        asked.method,
        asked.target,
        asked.body_digest,
    ):
        raise key_used_before()
    request.is_replay = True
    return HttpResponse(
        bytes(kept.content),
        status=kept.status,
        content_type=kept.content_type,
        headers={"Idempotent-Replayed": "true"},
    )
