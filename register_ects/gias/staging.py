"""Put an extract's rows into a temporary table, ready to be compared with what we hold.

Rows that say something impossible (a bad date, an unknown status) are set aside with their
line number; the first row of a URN counts and later ones are set aside too.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from register_ects.gias.reader import Extract, FileRefused, Malformed
from register_ects.gias.values import Field

Row = tuple[Any, ...]


def stage(extract: Extract, *, fields: Sequence[Field], key: Sequence[str], table: str) -> int:
    """Copy the rows that can be read into ``table``, a new temporary table; return how many.

    The table has ``line``, the line number, and a column for each field; ``key`` names the
    columns no two rows may share. It lasts until the end of the transaction. Raises FileRefused
    when the file is damaged or has no row at all.
    """
    names = ["line", *(field.name for field in fields)]
    definitions = ["line integer", *(f"{field.name} {field.sql_type}" for field in fields)]
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {table} ({', '.join(definitions)}) ON COMMIT DROP")
        with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
            for row in _rows(extract, fields, [field.name for field in fields].index, key):
                copy.write_row(row)
                count += 1
        if not count:
            raise FileRefused(f"{extract.name}: no row can be read")
        cursor.execute(f"ANALYZE {table}")
    return count


def _rows(
    extract: Extract, fields: Sequence[Field], index: Any, key: Sequence[str]
) -> Iterator[Row]:
    readers = [(extract.columns.index(field.source), field) for field in fields]
    key_positions = [index(name) for name in key]
    seen: dict[Any, int] = {}
    for line, values in extract.rows():
        try:
            row = _read(values, readers)
        except ValueError as error:
            extract.malformed.append(Malformed(line, str(error)))
            continue
        identity = tuple(row[position] for position in key_positions)
        first = seen.setdefault(identity, line)
        if first != line:
            shown = " to ".join(str(value) for value in identity)
            extract.malformed.append(Malformed(line, f"{shown} is already on line {first}"))
            continue
        yield (line, *row)


def _read(values: list[str], readers: Sequence[tuple[int, Field]]) -> list[Any]:
    row = []
    for position, field in readers:
        try:
            row.append(field.read(values[position]))
        except ValueError as error:
            raise ValueError(f"{field.source}: {error}") from None
    return row
