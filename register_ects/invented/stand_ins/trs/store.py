"""Keep the stand-in's people in one SQLite file, so that writes outlive a restart."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from register_ects.invented.stand_ins.trs.people import Record

_TABLE = """
CREATE TABLE IF NOT EXISTS people (
    trn TEXT PRIMARY KEY,
    record TEXT NOT NULL,
    induction_modified_on TEXT
)
"""


class PeopleStore:
    """The people, by TRN. Each method is one transaction on its own connection: thread safe."""

    def __init__(self, database_path: Path) -> None:
        self._path = database_path
        self._was_written = True
        database_path.parent.mkdir(parents=True, exist_ok=True)
        with self._transaction() as database:
            database.execute(_TABLE)

    def find(self, trn: str) -> Record | None:
        """Return one person, or None."""
        with self._transaction("DEFERRED") as database:
            return _find(database, trn)

    def everyone(self) -> list[Record]:
        """Return all people, in order of TRN."""
        with self._transaction("DEFERRED") as database:
            rows = database.execute("SELECT record FROM people ORDER BY trn")
            return [json.loads(record) for (record,) in rows]

    def upsert(
        self, people: Iterable[Mapping[str, Any]], newcomer: Callable[[str], Record]
    ) -> None:
        """Add people, or change the keys given of those who exist.

        ``newcomer`` returns, by TRN, what an added person is beyond the keys given.
        """
        with self._writing() as database:
            for given in people:
                known = _find(database, given["trn"]) or newcomer(given["trn"])
                _save(database, [{**known, **given}])

    def replace_everyone(self, people: Iterable[Record]) -> None:
        """Forget everybody and every write, then start from these people, always the same.

        Nothing to do where nobody has written since the last time.
        """
        if not self._was_written:
            return
        with self._transaction() as database:
            database.execute("DELETE FROM people")
            _save(database, people)
        self._was_written = False

    def is_empty(self) -> bool:
        """Whether nobody is there yet."""
        with self._transaction("DEFERRED") as database:
            return database.execute("SELECT 1 FROM people LIMIT 1").fetchone() is None

    def write_induction(self, trn: str, induction: Record, modified_on: str) -> bool:
        """Change an induction; return False, changing nothing, if a later change came before.

        ``modified_on`` values compare as text: UTC, always with microseconds.
        """
        with self._writing() as database:
            record = _find(database, trn)
            if record is None or _is_stale(database, trn, modified_on):
                return False
            record["induction"] = {**(record.get("induction") or {}), **induction}
            _save(database, [record])
            database.execute(
                "UPDATE people SET induction_modified_on = ? WHERE trn = ?", (modified_on, trn)
            )
            return True

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        self._was_written = True
        with self._transaction() as database:
            yield database

    @contextmanager
    def _transaction(self, kind: str = "IMMEDIATE") -> Iterator[sqlite3.Connection]:
        # IMMEDIATE makes two writes for one person take turns; readers need not queue.
        database = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        try:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            database.execute(f"BEGIN {kind}")
            yield database
            database.execute("COMMIT")
        finally:
            database.close()  # without COMMIT this undoes everything


def _find(database: sqlite3.Connection, trn: str) -> Record | None:
    row = database.execute("SELECT record FROM people WHERE trn = ?", (trn,)).fetchone()
    found: Record | None = json.loads(row[0]) if row else None
    return found


def _save(database: sqlite3.Connection, people: Iterable[Record]) -> None:
    database.executemany(
        "INSERT INTO people (trn, record) VALUES (?, ?)"
        " ON CONFLICT (trn) DO UPDATE SET record = excluded.record",
        ((record["trn"], json.dumps(record)) for record in people),
    )


def _is_stale(database: sqlite3.Connection, trn: str, modified_on: str) -> bool:
    query = "SELECT induction_modified_on FROM people WHERE trn = ?"
    (accepted,) = database.execute(query, (trn,)).fetchone()
    return accepted is not None and modified_on < accepted
