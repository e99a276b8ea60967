"""Insert rows by a statement that is written once, and that PostgreSQL plans once.

Django writes the same INSERT anew for every row it saves, which takes longer than to run it.
"""

from __future__ import annotations

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
        cursor.execute(
            _statement(model, len(rows)), [value for row in rows for value in _values(row)]
        )
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@functools.cache
def _fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.generated
    ]


@functools.cache
def _statement(model: type[models.Model], count: int) -> str:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields, key = _fields(model), quote(str(model._meta.pk.column))
    columns = ", ".join(quote(str(field.column)) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    rows = ", ".join([row] * count)
    table = quote(model._meta.db_table)
    return f"INSERT INTO {table} ({columns}) VALUES {rows} RETURNING {key}"  # noqa: S608 - our names


def _values(row: models.Model) -> list[Any]:
    """Return what stands in the row's columns, as Django would save it."""
    connection = connections[DEFAULT_DB_ALIAS]
    return [
        sent(field.get_db_prep_save(field.pre_save(row, True), connection))
        for field in _fields(type(row))
    ]
