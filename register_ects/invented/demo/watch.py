"""Watch PostgreSQL and Redis while the demo runs: start again what ends, report what hangs."""

import os
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from register_ects.embedded import CannotStart, postgresql, redis
from register_ects.embedded.processes import end_of

#: How often each is looked at, and how long one may be silent before that is told, in seconds.
EVERY_SECONDS, SILENT_SECONDS = 2.0, 10.0
#: More than this many ends within a minute, and it is given up.
MOST_ENDS, WITHIN_SECONDS = 3, 60.0


class ServiceLost(Exception):
    """A service that the demo needs ends again and again. The message holds the end of its log."""


@dataclass(frozen=True)
class Ours:
    """How to look after a service that the demo itself has started.

    ``runs``: whether its process is there. ``costs``: what its end means to whoever is at work.
    """

    runs: Callable[[], bool]
    start: Callable[[], object]
    log: Path
    costs: str


@dataclass
class Service:
    """PostgreSQL or Redis. What is not ours can only be reported.

    ``answers``: whether it does its work, found out within seconds.
    """

    name: str
    answers: Callable[[], bool]
    ours: Ours | None = None
    ends: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_ENDS + 1))
    silent_since: float | None = None
    reported: bool = False


def services_of(data_dir: Path) -> list[Service]:
    """Return what to watch: the services whose addresses the environment names."""
    database, cache = data_dir / "postgresql", data_dir / "redis"
    database_url, cache_url = os.environ["DATABASE_URL"], os.environ["REDIS_URL"]
    our_database = Ours(
        runs=lambda: postgresql.runs(database),
        start=lambda: postgresql.start_again(database),
        log=database / "log",
        costs="what was being saved at that moment has to be done again",
    )
    our_cache = Ours(
        runs=lambda: redis.runs(cache),
        start=lambda: redis.start(cache),
        log=cache / "log",
        costs="whoever was signed in has to sign in again",
    )
    return [
        Service(
            "PostgreSQL",
            lambda: postgresql.answers(database_url),
            our_database if postgresql.is_ours(database, database_url) else None,
        ),
        Service(
            "Redis",
            lambda: redis.answers(cache_url),
            our_cache if redis.is_ours(cache, cache_url) else None,
        ),
    ]


class Watch:
    """Looks after services; ``tell`` prints a line, ``now`` counts seconds."""

    def __init__(
        self,
        services: Iterable[Service],
        *,
        tell: Callable[[str], object],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._services = list(services)
        self._tell = tell
        self._now = now
        self._looked_at = now()

    def check(self) -> None:
        """Look at each service, if it is time. Raises ServiceLost."""
        if self._now() - self._looked_at < EVERY_SECONDS:
            return
        for service in self._services:
            if service.ours and not service.ours.runs():
                self._start_again(service, service.ours)
            else:
                self._listen_to(service)
        self._looked_at = self._now()

    def _start_again(self, service: Service, ours: Ours) -> None:
        service.ends.append(self._now())
        if len(service.ends) > MOST_ENDS and self._now() - service.ends[0] < WITHIN_SECONDS:
            raise ServiceLost(_lost(service, ours, "ends again and again"))
        try:
            ours.start()
        except CannotStart as problem:
            what = f"has ended and cannot be started again: {problem}"
            raise ServiceLost(_lost(service, ours, what)) from problem
        service.silent_since, service.reported = None, False
        self._tell(f"{service.name} had ended by itself and was started again: {ours.costs}")

    def _listen_to(self, service: Service) -> None:
        now = self._now()
        if service.answers():
            if service.reported:
                self._tell(f"{service.name} answers again")
            service.silent_since, service.reported = None, False
            return
        if service.silent_since is None:
            service.silent_since = now
        if now - service.silent_since >= SILENT_SECONDS and not service.reported:
            service.reported = True
            more = f": see {service.ours.log}" if service.ours else ""
            self._tell(f"{service.name} has not answered for {SILENT_SECONDS:.0f} seconds{more}")


def _lost(service: Service, ours: Ours, what: str) -> str:
    return f"{service.name} {what}. The end of {ours.log}:\n{end_of(ours.log)}"
