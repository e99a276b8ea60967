"""Several people change the same facts at the same moment."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from threading import Barrier
from typing import TypeVar

from django.db import connection, connections, transaction

from register_ects.rules.problems import RuleBroken

Answer = TypeVar("Answer")


def all_at_once(*jobs: Callable[[], Answer]) -> list[Answer | RuleBroken]:
    """Do all at the same moment, each on a connection of its own and with this clock.

    Return in their order what each returns, or is refused with. For tests whose database is not
    one transaction.
    """
    start = Barrier(len(jobs))

    def do(job: Callable[[], Answer]) -> Answer | RuleBroken:
        connection.ensure_connection()
        start.wait(timeout=60)
        try:
            return job()
        except RuleBroken as refusal:
            return refusal

    with ThreadPoolExecutor(len(jobs)) as pool:
        doing = [
            pool.submit(copy_context().run, _on_a_connection_of_its_own, partial(do, job))
            for job in jobs
        ]
        return [each.result() for each in doing]


def answer_while(change: Callable[[], object], ask: Callable[[], Answer]) -> Answer:
    """Return what ``ask`` gives when ``change`` is committed while ``ask`` waits for it.

    ``ask`` begins once ``change`` is written, so that it cannot see it, and must come to wait for
    it. For tests whose database is not one transaction.
    """
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            change()
            asking = pool.submit(copy_context().run, _on_a_connection_of_its_own, ask)
            assert _waits(asking), "nothing waited for the change"
        return asking.result(timeout=30)


def _on_a_connection_of_its_own(ask: Callable[[], Answer]) -> Answer:
    try:
        return ask()
    finally:
        connections.close_all()


def _waits(asking: Future[Answer]) -> bool:
    until = time.monotonic() + 30
    while time.monotonic() < until and not asking.done():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT 1 FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
            )
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.02)
    return False
