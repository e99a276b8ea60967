"""Keep the emails in one SQLite file, so that they outlive a restart."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Message = dict[str, Any]

_TABLE = """
CREATE TABLE IF NOT EXISTS messages (
    number INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, reference TEXT, record TEXT NOT NULL
)
"""


class MessageStore:
    """The emails taken, in their order. Each method is one transaction: thread safe."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._transaction() as database:
            database.execute(_TABLE)

    def add(self, message: Message) -> None:
        """Keep a new email."""
        with self._transaction() as database:
            database.execute(
                "INSERT INTO messages (id, reference, record) VALUES (?, ?, ?)",
                (message["id"], message["reference"], json.dumps(message)),
            )

    def change(self, message_id: str, **changes: Any) -> Message | None:
        """Change some keys of an email; return it, or None if it is not there."""
        with self._transaction() as database:
            found = _read(database, "WHERE id = ?", message_id)
            if not found:
                return None
            message = {**found[0], **changes}
            database.execute(
                "UPDATE messages SET record = ? WHERE id = ?", (json.dumps(message), message_id)
            )
        return message

    def find(self, message_id: str) -> Message | None:
        """Return one email, or None."""
        with self._transaction() as database:
            found = _read(database, "WHERE id = ?", message_id)
        return found[0] if found else None

    def with_reference(self, reference: str) -> list[Message]:
        """Return the emails with a reference, newest first."""
        with self._transaction() as database:
            return _read(database, "WHERE reference = ?", reference)[::-1]

    def everything(self) -> list[Message]:
        """Return all emails, oldest first."""
        with self._transaction() as database:
            return _read(database)

    def empty(self) -> None:
        """Forget everything."""
        with self._transaction() as database:
            database.execute("DELETE FROM messages")

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


def _read(database: sqlite3.Connection, where: str = "", *values: str) -> list[Message]:
    rows = database.execute(f"SELECT record FROM messages {where} ORDER BY number", values)  # noqa: S608
    return [json.loads(record) for (record,) in rows]
