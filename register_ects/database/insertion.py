"""Insert rows by a statement that is written once, and that PostgreSQL plans once.

Django writes the same INSERT anew for every row it saves, which takes longer than to run it.
"""

import functools
from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

from register_ects.database.compiled import prepared_cursor, sent

#: Rows of one statement that is kept: more are rare, and Django's own way serves them better.
FEW = 4


def insert(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model and give them their keys, in their order; no signals are sent.

    For models whose key the database gives, and whose other columns have no defaults there.
    """
    if not rows:
        return
    model = type(rows[0])
    if len(rows) > FEW:
        model._base_manager.bulk_create(rows, batch_size=1000)
        return
    with prepared_cursor() as cursor:
        cursor.execute(*_statement_for(rows))
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def _statement_for(rows: Sequence[models.Model]) -> tuple[str, list[Any]]:
    """Return the statement, without the columns that none of the rows fills, and its values."""
    connection, model = connections[DEFAULT_DB_ALIAS], type(rows[0])
    values: dict[str, list[Any]] = {}
    for field in model._meta.concrete_fields:
        if not field.primary_key and not field.generated:
            column = [
                sent(field.get_db_prep_save(field.pre_save(row, add=True), connection))
                for row in rows
            ]
            if any(value is not None for value in column):
                values[str(field.column)] = column
    in_order = [column[place] for place in range(len(rows)) for column in values.values()]
    return _statement(model, len(rows), *values), in_order


@functools.cache
def _statement(model: type[models.Model], count: int, *columns: str) -> str:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    row = f"({', '.join(['%s'] * len(columns))})"
    return (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"  # noqa: S608
        f" VALUES {', '.join([row] * count)} RETURNING {quote(str(model._meta.pk.column))}"
    )
