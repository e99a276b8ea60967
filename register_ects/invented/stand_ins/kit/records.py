"""Keep what a stand-in was given in one SQLite file, so that it outlives a restart."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Record = dict[str, Any]

_TABLE = """
CREATE TABLE IF NOT EXISTS records (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, reference TEXT, record TEXT NOT NULL
)
"""


class RecordStore:
    """Records in the order in which they came. Each method is one transaction: thread safe.

    ``id`` is the stand-in's name for a record, ``reference`` the caller's.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._transaction() as database:
            database.execute(_TABLE)

    def add(self, record: Record) -> None:
        """Keep a new record, which has an ``id`` and perhaps a ``reference``."""
        with self._transaction() as database:
            database.execute(
                "INSERT INTO records (id, reference, record) VALUES (?, ?, ?)",
                (record["id"], record.get("reference"), json.dumps(record)),
            )

    def change(self, record_id: str, **changes: Any) -> Record | None:
        """Change some keys of a record; return it, or None if it is not there."""
        with self._transaction() as database:
            found = _read(database, "WHERE id = ?", record_id)
            if not found:
                return None
            record = {**found[0], **changes}
            database.execute(
                "UPDATE records SET record = ? WHERE id = ?", (json.dumps(record), record_id)
            )
        return record

    def find(self, record_id: str) -> Record | None:
        """Return one record, or None."""
        with self._transaction() as database:
            found = _read(database, "WHERE id = ?", record_id)
        return found[0] if found else None

    def with_reference(self, reference: str) -> list[Record]:
        """Return the records with a reference, newest first."""
        with self._transaction() as database:
            return _read(database, "WHERE reference = ?", reference)[::-1]

    def everything(self) -> list[Record]:
        """Return all records, oldest first."""
        with self._transaction() as database:
            return _read(database)

    def empty(self) -> None:
        """Forget everything."""
        with self._transaction() as database:
            database.execute("DELETE FROM records")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        database = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        try:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("BEGIN IMMEDIATE")
            yield database
            database.execute("COMMIT")
        finally:
            database.close()  # without COMMIT this undoes everything


def _read(database: sqlite3.Connection, where: str = "", *values: str) -> list[Record]:
    rows = database.execute(f"SELECT record FROM records {where} ORDER BY number", values)  # noqa: S608
    return [json.loads(record) for (record,) in rows]
