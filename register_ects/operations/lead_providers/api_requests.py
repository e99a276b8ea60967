"""The log of requests to the lead provider API: queue, store, find and forget them.

Queueing costs a request one round trip to Redis; a timer stores what is queued, in bulk. What is
queued is stored exactly once, also when a worker dies half-way. Source: spec 02 §2.17.1.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

import orjson
import structlog
from django.db import DatabaseError, connection, transaction
from redis import ResponseError

from register_ects import clock
from register_ects.models import APIRequest
from register_ects.redis_connection import redis_client, redis_key

log = structlog.get_logger(__name__)

KEPT_FOR = timedelta(days=90)
#: Requests that may wait to be stored; beyond, the oldest are lost rather than Redis filled.
LONGEST_QUEUE = 500_000
#: Requests stored in one statement, and statements in one run.
BATCH, MOST_BATCHES = 2_000, 50

_QUEUE, _BEING_STORED = "api-request-log", "api-request-log-being-stored"


def queue_api_request(record: bytes) -> None:
    """Queue the fields of one APIRequest, as JSON, to be stored. Raises RedisError."""
    key = redis_key(_QUEUE)
    pipeline = redis_client().pipeline(transaction=False)
    pipeline.rpush(key, record)
    pipeline.ltrim(key, -LONGEST_QUEUE, -1)
    pipeline.execute()


def store_queued_api_requests() -> int:
    """Store what is queued; return how many requests. Does nothing while another worker does.

    A batch leaves Redis once it is committed: stored again after a crash, it changes nothing,
    because each request has its id from the start.
    """
    stored = 0
    with _only_worker() as is_only:
        for _ in range(MOST_BATCHES if is_only else 0):
            batch = _next_batch()
            if not batch:
                break
            _store(batch)
            redis_client().ltrim(redis_key(_BEING_STORED), len(batch), -1)
            stored += len(batch)
    return stored


def delete_old_api_requests() -> int:
    """Delete the requests that are older than 90 days; return how many."""
    return APIRequest.objects.filter(received_at__lt=clock.real_now() - KEPT_FOR).delete()[0]


@contextmanager
def _only_worker() -> Iterator[bool]:
    """Keep other workers from storing meanwhile; False when one of them already does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [_QUEUE])
        is_only = bool(cursor.fetchone()[0])
        try:
            yield is_only
        finally:
            if is_only:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [_QUEUE])


def _next_batch() -> list[bytes | str]:
    """Return the oldest requests: those that a dead worker left, then what has been queued."""
    client, aside = redis_client(), redis_key(_BEING_STORED)
    batch = client.lrange(aside, 0, BATCH - 1)
    if batch:
        return batch
    try:
        client.rename(redis_key(_QUEUE), aside)
    except ResponseError:  # nothing is queued
        return []
    return client.lrange(aside, 0, BATCH - 1)


def _store(batch: Sequence[bytes | str]) -> None:
    rows = [APIRequest(**orjson.loads(record)) for record in batch]
    try:
        with transaction.atomic():
            APIRequest.objects.bulk_create(rows, ignore_conflicts=True)
    except DatabaseError:  # one that cannot be stored must not hold up the others
        for row in rows:
            _store_one(row)


def _store_one(row: APIRequest) -> None:
    try:
        with transaction.atomic():
            APIRequest.objects.bulk_create([row], ignore_conflicts=True)
    except DatabaseError:
        log.exception("api_request_lost", request=row.request_id)
