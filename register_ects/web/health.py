"""Is the web process alive, and is everything there that it needs (spec 07 §14 Improve)."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from register_ects.models import TRSInductionUpdate
from register_ects.redis_connection import redis_client
from register_ects.rules.enumerations import TRSUpdateState


@require_safe
def healthcheck(request: HttpRequest) -> JsonResponse:
    """Answer 200 while this process serves, whatever what it depends on does."""
    return _answer({"status": "ok", "commit_sha": settings.COMMIT_SHA})


@require_safe
def readiness(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database, its structure, Redis and the queue are there; else 503.

    Beside them stands what tells how well jobs and TRS keep up; that alone is no reason for 503.
    Anybody may ask, as often as they like: a process looks once a second.
    """
    facts = _newest.facts()
    return _answer(facts, status=200 if facts["status"] == "ready" else 503)


class _Newest:
    """What was found last, looked for again when it is older than a second.

    While one looks, the others get what there is, so that no more than one thread waits for what
    does not answer.
    """

    SECONDS = 1.0

    def __init__(self) -> None:
        self._found: dict[str, Any] | None = None
        self._until = 0.0  # monotonic
        self._looking = threading.Lock()

    def facts(self) -> dict[str, Any]:
        """Return the facts; waits only while there are none yet."""
        found = self._found
        if found is not None and time.monotonic() < self._until:
            return found
        if not self._looking.acquire(blocking=found is None):
            return found or {}
        try:
            if self._found is None or time.monotonic() >= self._until:
                self._found = _look()
                self._until = time.monotonic() + self.SECONDS
            return self._found
        finally:
            self._looking.release()

    def forget(self) -> None:
        """Look again at the next question."""
        self._found = None


_newest = _Newest()


def _look() -> dict[str, Any]:
    needed: dict[str, Callable[[], Any]] = {
        "database": _look_at_database,
        "redis": lambda: redis_client().ping(),
        "queue": _waiting_jobs,
        "pending_migrations": _pending_migrations,
    }
    found = {name: _found(look) for name, look in needed.items()}
    is_ready = _UNAVAILABLE not in found.values() and not found["pending_migrations"]
    return {
        "status": "ready" if is_ready else _UNAVAILABLE,
        "database": "ok" if found["database"] != _UNAVAILABLE else _UNAVAILABLE,
        "redis": "ok" if found["redis"] != _UNAVAILABLE else _UNAVAILABLE,
        "queue": "ok" if found["queue"] != _UNAVAILABLE else _UNAVAILABLE,
        "jobs_waiting": found["queue"],
        "pending_migrations": found["pending_migrations"],
        "trs_last_answered_at": _found(_trs_last_answered_at),
        "commit_sha": settings.COMMIT_SHA,
    }


_UNAVAILABLE = "unavailable"


def _found(look: Callable[[], Any]) -> Any:
    try:
        return look()
    except Exception:  # whatever is wrong, the answer is that it is not there
        return _UNAVAILABLE


def _look_at_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _waiting_jobs() -> int:
    waiting: Any = redis_client().llen(settings.CELERY_TASK_DEFAULT_QUEUE)
    return int(waiting)


def _pending_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _trs_last_answered_at() -> str | None:
    """Return when TRS last accepted what we had to tell, as an ISO instant."""
    sent = TRSInductionUpdate.objects.filter(state=TRSUpdateState.SENT).order_by("-pk")
    newest = sent.values_list("updated_at", flat=True).first()
    return newest.isoformat() if newest else None


def _answer(facts: dict[str, Any], *, status: int = 200) -> JsonResponse:
    response = JsonResponse(facts, status=status)
    response["Cache-Control"] = "no-store"
    return response
