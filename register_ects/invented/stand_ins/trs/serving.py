"""A stand-in of TRS inside a test."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from register_ects.invented.stand_ins.kit import StandIn, serve
from register_ects.invented.stand_ins.trs.app import TRSApp

DEMO_API_KEY = "demo-trs-key"
TEST_TODAY = date(2026, 7, 20)  # the day our examples play on


class TRSStandIn(StandIn):
    """A running stand-in of TRS: arrange people and faults, then see what was asked."""

    def __init__(self, base_url: str, levers: httpx.Client, api_key: str) -> None:
        super().__init__(base_url, levers)
        self.api_key = api_key

    def upsert(self, *people: Mapping[str, Any]) -> None:
        """Add people, or change some keys of those who exist. ``trn`` is always needed."""
        self._pull("POST", "people", [dict(each) for each in people])

    def person(self, trn: str) -> dict[str, Any]:
        """Return one person as stored. Raises IndexError if there is none."""
        people: list[dict[str, Any]] = self._pull("GET", f"people?trn={trn}").json()["people"]
        return people[0]


@contextmanager
def serving(
    database_path: Path | None = None, *, api_key: str = DEMO_API_KEY, today: date = TEST_TODAY
) -> Iterator[TRSStandIn]:
    """Run a stand-in on a free port for as long as the block lasts.

    Without a path its people are forgotten at the end. ``today`` dates the seeds.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # late answers
        path = database_path or Path(folder) / "trs.sqlite3"
        with serve(TRSApp(path, api_key=api_key, today=today)) as (address, levers):
            yield TRSStandIn(address, levers, api_key)
