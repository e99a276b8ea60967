"""SQL statements that write past the models, for tests of what the database itself refuses."""

from typing import Any
from uuid import uuid4

from django.db import models

Statement = tuple[Any, ...]


def changed(row: models.Model, **columns: Any) -> Statement:
    """Return an UPDATE of one row, with its parameters. ``columns`` are column names."""
    settings = ", ".join(f"{column} = %s" for column in columns)
    table, key = row._meta.db_table, row._meta.pk.column
    return f"UPDATE {table} SET {settings} WHERE {key} = %s", *columns.values(), row.pk


def copied(row: models.Model, **columns: Any) -> Statement:
    """Return an INSERT of a copy of one row with some columns changed; its ``api_id`` is new."""
    values = {
        field.column: field.get_db_prep_save(getattr(row, field.attname), _connection())
        for field in row._meta.concrete_fields
        if not field.generated and not field.primary_key
    }
    for field in row._meta.concrete_fields:
        if field.column.startswith("api_") and field.unique:
            values[field.column] = uuid4()
    values |= columns
    names, places = ", ".join(values), ", ".join(["%s"] * len(values))
    table = row._meta.db_table
    return f"INSERT INTO {table} ({names}) VALUES ({places})", *values.values()


def removed(row: models.Model) -> Statement:
    """Return a DELETE of one row."""
    return f"DELETE FROM {row._meta.db_table} WHERE {row._meta.pk.column} = %s", row.pk


def _connection() -> Any:
    from django.db import connection

    return connection
