"""Places in a list, as opaque text that a client hands back to read on from there.

A cursor is signed, and bound to what was asked: provider, path, filters and sort. It holds the
values that the list is sorted by, of the last row sent. Source: spec 02 §2.22.2.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256

import orjson
from django.core.signing import BadSignature, Signer
from django.http import QueryDict

#: What a list may be sorted by.
CursorValue = datetime | date | int | str


def write_cursor(values: Sequence[CursorValue], *, binding: str) -> str:
    """Return the cursor for the row with these sort values, to be used with ``binding`` only."""
    return _signer(binding).sign_object([_written(value) for value in values])


def read_cursor(cursor: str, *, binding: str) -> tuple[CursorValue, ...]:
    """Return the values that ``write_cursor`` was given.

    Raises ValueError for a cursor that is not ours or was made for something else.
    """
    try:
        written: list[list[str]] = _signer(binding).unsign_object(cursor)
    except (BadSignature, UnicodeError):
        raise ValueError("The cursor was not made for this request") from None
    return tuple(_read(kind, text) for kind, text in written)


def binding_of(*, provider_id: int, path: str, query: QueryDict) -> str:
    """Return what stands for a request that reads one list: the size of pages may vary."""
    asked = sorted(
        (key, texts) for key, texts in query.lists() if key.startswith(("filter[", "sort"))
    )
    return sha256(orjson.dumps([provider_id, path, asked])).hexdigest()


def _signer(binding: str) -> Signer:
    return Signer(salt=f"providers.cursors:{binding}", sep=".")


def _written(value: CursorValue) -> list[str]:
    if isinstance(value, datetime):
        return ["instant", value.astimezone(UTC).isoformat()]
    if isinstance(value, date):
        return ["day", value.isoformat()]
    return ["number", str(value)] if isinstance(value, int) else ["text", value]


def _read(kind: str, text: str) -> CursorValue:
    if kind == "instant":
        return datetime.fromisoformat(text)
    if kind == "day":
        return date.fromisoformat(text)
    return int(text) if kind == "number" else text
