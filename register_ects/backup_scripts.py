"""Runs what ``pg_restore`` writes through a connection of ours, so that we decide on its commit.

``pg_restore`` alone would go on when we have been killed, and commit. Its script is SQL, one entry
after the other, with the rows of a table after the COPY that reads them.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import psycopg

#: What begins the next entry; and what only psql understands.
_HEADING = re.compile(rb"-- (?:Data for )?Name: ")
_FOR_PSQL = re.compile(rb"\\(?:un)?restrict ")
_COPY = re.compile(rb"(COPY .* FROM stdin);\n")
_END_OF_ROWS = b"\\.\n"
_BLOCK = 256 * 1024


class ScriptEnded(Exception):
    """The script ends in the middle of the rows of a table."""


def run_script(lines: Iterable[bytes], connection: psycopg.Connection[Any]) -> None:
    """Run a script in the transaction of ``connection``.

    Raises ScriptEnded, or psycopg.Error with what PostgreSQL refused.
    """
    rest = iter(lines)
    entry: list[bytes] = []
    for line in rest:
        copy = _COPY.fullmatch(line)
        if copy or _HEADING.match(line):
            _execute(entry, connection)
            entry = []
        if copy:
            _copy(copy[1], rest, connection)
        elif not _FOR_PSQL.match(line):
            entry.append(line)
    _execute(entry, connection)


def _execute(entry: list[bytes], connection: psycopg.Connection[Any]) -> None:
    if any(line.strip() and not line.startswith(b"--") for line in entry):
        connection.execute(b"".join(entry), prepare=False)


def _copy(statement: bytes, rest: Iterator[bytes], connection: psycopg.Connection[Any]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        block: list[bytes] = []
        size = 0
        for row in rest:
            if row == _END_OF_ROWS:
                copy.write(b"".join(block))
                return
            block.append(row)
            size += len(row)
            if size > _BLOCK:
                copy.write(b"".join(block))
                block, size = [], 0
        raise ScriptEnded
