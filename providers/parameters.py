"""Read the query of a request exactly as today's clients expect (spec 02 §2.5 to §2.7, spec 00).

Parsing is our own: a framework that coerces types would refuse what must be accepted.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import unquote

from django.http import QueryDict

from providers.errors import bad_filter, bad_request
from register_ects.rules.instants import read_instant

PER_PAGE, MOST_PER_PAGE = 100, 3000
#: Beyond any page that can exist; also keeps offsets within the database's integers.
_LAST_PAGE = 10**9
_KEY = re.compile(r"(?P<name>[^\[\]]+)\[(?P<key>[^\[\]]*)\](?P<rest>.*)", re.DOTALL)
_INTEGER_PREFIX = re.compile(r"\s*([+-]?[0-9]+)", re.ASCII)
_LOST_PLUS = re.compile(r" (?=\d{2}(?::?\d{2})?$)", re.ASCII)


@dataclass
class Value:
    """What was sent under one bracketed key: scalars in order, and whether anything was nested."""

    scalars: list[str] = field(default_factory=list)
    is_list: bool = False
    is_nested: bool = False

    @property
    def last(self) -> str | None:
        """Return the last scalar without spaces around it: the one that counts."""
        return self.scalars[-1].strip() if self.scalars else None

    @property
    def is_blank(self) -> bool:
        """Say whether nothing but spaces was sent."""
        counted = self.scalars if self.is_list else self.scalars[-1:]
        return not self.is_nested and not any(text.strip() for text in counted)


@dataclass(frozen=True)
class Page:
    """Which rows of a list to return."""

    offset: int
    size: int


def bracketed(query: QueryDict, name: str) -> dict[str, Value]:
    """Return the values of ``name[key]``. Raises ValueError when ``name`` is not a keyed object."""
    values: dict[str, Value] = {}
    for raw_key, texts in query.lists():
        if raw_key == name:
            raise ValueError(f"{name} is not a keyed object")
        parts = _KEY.fullmatch(raw_key)
        if parts is None or parts["name"] != name:
            continue
        if parts["key"] == "":
            raise ValueError(f"{name} is not a keyed object")
        value = values.setdefault(parts["key"], Value())
        if parts["rest"] in ("", "[]"):
            value.scalars.extend(texts)
            value.is_list = value.is_list or parts["rest"] == "[]"
        else:
            value.is_nested = True
    return values


def filters(query: QueryDict) -> dict[str, Value]:
    """Return the filters of a read. Raises a 400 for ``filter=x`` and the like."""
    try:
        return bracketed(query, "filter")
    except ValueError:
        raise bad_filter() from None


def page(query: QueryDict) -> Page:
    """Return the page asked for, 100 rows by default and 3,000 at most. Raises a 400."""
    try:
        values = bracketed(query, "page")
        number = _positive(values, "page", 1)
        size = min(_positive(values, "per_page", PER_PAGE), MOST_PER_PAGE)
    except ValueError:
        raise bad_request(
            "page[page] and page[per_page] must be positive numbers, for example"
            " page[page]=1&page[per_page]=100."
        ) from None
    return Page(offset=(min(number, _LAST_PAGE) - 1) * size, size=size)


def _positive(values: Mapping[str, Value], key: str, default: int) -> int:
    value = values.get(key)
    if value is None:
        return default
    if value.is_nested or value.is_list:
        raise ValueError(key)
    number = integer_prefix(value.scalars[-1])
    if number < 1:
        raise ValueError(key)
    return number


def integer_prefix(text: str) -> int:
    """Return the whole number that ``text`` begins with, 0 if none: "2.9" and "2abc" are 2."""
    found = _INTEGER_PREFIX.match(text)
    return int(found[1][:20]) if found else 0


def years(values: Mapping[str, Value], key: str = "cohort") -> list[int] | None:
    """Return the years of a list filter; None when it is not applied, empty when none is valid."""
    texts = scalars(values, key)
    if texts is None:
        return None
    return [int(text) for text in texts if re.fullmatch(r"[0-9]{1,4}", text, re.ASCII)]


def scalars(values: Mapping[str, Value], key: str) -> list[str] | None:
    """Return the comma-separated values of a list filter, trimmed; None when not applied."""
    value = values.get(key)
    if value is None or value.is_blank:
        return None
    counted = value.scalars if value.is_list else value.scalars[-1:]
    return [text.strip() for joined in counted for text in joined.split(",")]


def single(values: Mapping[str, Value], key: str) -> str | None:
    """Return the value of a single-value filter; None when not applied, "" when it is invalid."""
    value = values.get(key)
    if value is None or value.is_blank:
        return None
    return value.last or (None if not value.is_nested else "")


def updated_since(values: Mapping[str, Value]) -> datetime | None:
    """Return the instant from which changes are wanted, inclusive. Raises a 400.

    The value is decoded once more, because older clients encode twice; a space before a zone at
    the end is a ``+`` that was not encoded. A plain date is midnight UTC.
    """
    text = single(values, "updated_since")
    if text is None:
        return None
    decoded = _LOST_PLUS.sub("+", unquote(text).strip())
    try:
        return read_instant(decoded, date_allowed=True, zone_of_dates=UTC)
    except ValueError:
        raise bad_request(
            "filter[updated_since] must be an ISO 8601 date or date-time, such as"
            " 2025-10-03T09:30:00Z."
        ) from None


def ordering(query: QueryDict, fields: Mapping[str, str], default: str) -> list[str]:
    """Return the ORM ordering that ``sort`` asks for, made total by the primary key.

    ``fields`` maps what may be sorted by to the column. Unknown keys and lists are dropped; when
    nothing is left ``default`` applies.
    """
    wanted = []
    for text in query.get("sort", "").split(","):
        key = text.strip().lstrip("+")
        name = key.removeprefix("-")
        if name in fields:
            wanted.append(f"-{fields[name]}" if key.startswith("-") else fields[name])
    wanted = wanted or [default]
    return [*wanted, "-pk" if wanted[-1].startswith("-") else "pk"]
