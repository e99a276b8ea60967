"""Build the search indexes of the schools after the rows, when there were none before.

Filling a GIN index row by row costs more than building it once (a quarter of a first import).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def built_afterwards() -> Iterator[None]:
    """Drop the GIN indexes of ``gias_school``, and build them again when the block ends.

    Only for an empty table and inside a transaction: others wait for its end, and a failure
    leaves the indexes as they were.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT indexname, indexdef FROM pg_indexes
            WHERE schemaname = current_schema() AND tablename = 'gias_school'
                AND indexdef LIKE '%% USING gin %%'"""
        )
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        cursor.execute("SET LOCAL maintenance_work_mem = '128MB'")
        for _name, definition in indexes:
            cursor.execute(definition)
