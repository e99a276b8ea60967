"""Add rows that are missing, and leave those that are held alone.

Staff may have corrected what was loaded before (renamed a partner, frozen a year): loading
again must not undo that.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)
Key = tuple[object, ...]


def add_missing(rows: Iterable[M], *keys: Sequence[str]) -> list[M]:
    """Insert the rows of which no key is held, and return them.

    A key is a list of field names (of columns, for foreign keys). Texts compare without regard
    to case. ``save`` is not called: set copied columns beforehand.
    """
    rows = list(rows)
    if not rows:
        return []
    model = type(rows[0])
    held = [{_plain(key) for key in model._default_manager.values_list(*names)} for names in keys]
    missing = [
        row
        for row in rows
        if not any(
            _plain(tuple(getattr(row, name) for name in names)) in keys_held
            for names, keys_held in zip(keys, held, strict=True)
        )
    ]
    return model._default_manager.bulk_create(missing, batch_size=2_000)


def _plain(key: Iterable[object]) -> Key:
    return tuple(part.casefold() if isinstance(part, str) else part for part in key)
