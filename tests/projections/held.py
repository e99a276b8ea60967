"""Transactions that have done everything but commit, and wait until they are told to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

from django.db import connection, transaction

from register_ects.rules.problems import RuleBroken

PATIENCE = 60


class Held:
    """A change made in a thread and a connection of its own, up to but without its commit."""

    def __init__(self, change: Callable[[], Any]) -> None:
        self.change, self.problem = change, None
        self.ready, self._go = threading.Event(), threading.Event()
        run = copy_context().run  # the pretended clock, too
        self.thread = threading.Thread(target=lambda: run(self._run), daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            with transaction.atomic():
                self.change()
                self.ready.set()
                self._go.wait(PATIENCE)
        except RuleBroken:  # refused: nothing was changed
            pass
        except Exception as problem:
            self.problem = problem
        finally:
            self.ready.set()
            connection.close()

    def is_ready(self, within: float) -> bool:
        """Whether all is done but the commit; False while it waits for somebody."""
        return self.ready.wait(within)

    def commit(self) -> None:
        """Let it commit, once it is ready, and raise what went wrong."""
        assert self.ready.wait(PATIENCE), "waits for a transaction that nobody ends"
        self._go.set()
        self.thread.join(PATIENCE)
        if self.problem is not None:
            raise self.problem

    def let_go(self) -> None:
        """Let it end, whatever comes of it."""
        self._go.set()
        self.thread.join(PATIENCE)
