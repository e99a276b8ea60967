"""Put rows into a temporary table, ready to be compared with what we hold."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from register_ects.gias.values import Field


def stage(rows: Iterable[Sequence[Any]], *, fields: Sequence[Field], table: str) -> int:
    """Copy ``rows`` into ``table``, a new temporary table; return how many there were.

    Each row is its line number and a value for each field; the table has those columns and
    lasts until the end of the transaction.
    """
    names = ["line", *(field.name for field in fields)]
    definitions = ["line integer", *(f"{field.name} {field.sql_type}" for field in fields)]
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
        cursor.execute(f"CREATE TEMP TABLE {table} ({', '.join(definitions)}) ON COMMIT DROP")
        with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
        cursor.execute(f"ANALYZE {table}")
    return count
