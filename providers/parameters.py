"""Read the query of a request exactly as today's clients expect (spec 02 §2.5 to §2.7, spec 00).

Parsing is our own: a framework that coerces types would refuse what must be accepted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import unquote

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

from providers.cursors import CursorValue, binding_of, read_cursor, write_cursor
from providers.errors import bad_filter, bad_request, missing_filters
from providers.requests import ProviderRequest
from register_ects.rules.instants import read_instant

PER_PAGE, MOST_PER_PAGE = 100, 3000
#: Beyond any page that can exist; also keeps offsets within the database's integers.
_LAST_PAGE = 10**9
_DRY_RUN = {"true": True, "1": True, "false": False, "0": False, "": False}
_Row = TypeVar("_Row", bound=Model)
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
        """Whether nothing but spaces was sent."""
        counted = self.scalars if self.is_list else self.scalars[-1:]
        return not self.is_nested and not any(text.strip() for text in counted)


@dataclass(frozen=True)
class Page:
    """Which rows of a list to return: the rows from ``offset``, or those after a cursor.

    ``after`` holds the sort values (the tie-break last) of the row that was sent last; None
    means the first page. With ``by_cursor`` the offset is 0 and a full page gets a ``Link`` to
    the next. ``wants_total`` asks for ``meta.total``. Source: spec 02 §2.5, §2.22.2.
    """

    size: int
    offset: int = 0
    by_cursor: bool = False
    after: tuple[CursorValue, ...] | None = None
    wants_total: bool = False

    def rows_of(self, rows: QuerySet[_Row], ordering: Sequence[str]) -> QuerySet[_Row]:
        """Return the rows of this page; ``ordering`` is what ``ordering()`` gave.

        A later page costs a query more: which row comes before it is read from an index alone,
        where an offset would read all payloads before the page.
        """
        ordered, after = rows.order_by(*ordering), self.after
        if self.offset > 0:
            columns = [name.removeprefix("-") for name in ordering]
            keys = ordered.values_list(*columns)
            after = keys[self.offset - 1 : self.offset].first()
            if after is None:
                return ordered.none()
        if after is not None:
            ordered = ordered.filter(rows_after(ordering, after))
        return ordered[: self.size]


def bracketed(query: QueryDict, name: str) -> dict[str, Value]:
    """Return the values of ``name[key]``. Raises ValueError when ``name`` is not a keyed object.

    A NUL, which the database cannot hold, becomes a character that matches nothing.
    """
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
            value.scalars.extend(text.replace("\0", "\ufffd") for text in texts)
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


def required(values: Mapping[str, Value], *names: str) -> None:
    """Refuse a read that lacks a filter it needs; a blank one passes. Raises a 400."""
    missing = [name for name in names if name not in values]
    if missing:
        raise missing_filters(missing)


def page(request: ProviderRequest) -> Page:
    """Return the page asked for, 100 rows by default and 3,000 at most. Raises a 400.

    ``page[page]`` counts pages; ``page[after]`` goes on from a cursor, and begins when blank.
    """
    try:
        values = bracketed(request.GET, "page")
        number = _positive(values, "page", 1)
        size = min(_positive(values, "per_page", PER_PAGE), MOST_PER_PAGE)
    except ValueError:
        raise bad_request(
            "page[page] and page[per_page] must be positive numbers, for example"
            " page[page]=1&page[per_page]=100.",
            code="request.bad_page",
        ) from None
    total = request.GET.get("meta", "").strip() == "1"
    if "after" not in values:
        return Page(size, (min(number, _LAST_PAGE) - 1) * size, wants_total=total)
    if "page" in values:
        raise bad_request(
            "Use either page[page] or page[after], not both.", code="request.two_kinds_of_page"
        )
    after = _position(request, values["after"])
    return Page(size, by_cursor=True, after=after, wants_total=total)


def _position(request: ProviderRequest, value: Value) -> tuple[CursorValue, ...] | None:
    try:
        if value.is_nested or value.is_list:
            raise ValueError("A cursor is one value")
        return read_cursor(value.last, binding=_binding(request)) if value.last else None
    except ValueError:
        raise bad_request(
            "page[after] must be empty, or come from the Link header of the same list with the"
            " same filters and sort. Start again with an empty page[after].",
            code="request.bad_cursor",
        ) from None


def _binding(request: ProviderRequest) -> str:
    path = request.path.rstrip("/").removesuffix(".json")
    return binding_of(provider_id=request.auth.pk, path=path, query=request.GET)


def link_to_next(
    request: ProviderRequest, page: Page, *, count: int, last: Sequence[CursorValue]
) -> str | None:
    """Return the ``Link`` header for a page that was sent with ``count`` rows, if it needs one.

    ``last`` holds the values of the columns of ``ordering()`` in the last row, tie-break
    included. Only cursor pages that are full have a next page.
    """
    if not page.by_cursor or count < page.size:
        return None
    query = request.GET.copy()
    query["page[after]"] = write_cursor(last, binding=_binding(request))
    address = request.build_absolute_uri(f"{request.path}?{query.urlencode(safe='[]')}")
    return f'<{address}>; rel="next"'


def rows_after(ordering: Sequence[str], last: Sequence[CursorValue]) -> Q:
    """Return the condition for the rows that come after the row with the values ``last``.

    ``ordering`` is the ORM's, total, each column not null. Its first column is also bounded on
    its own, so that an index on it is used.
    """
    first, *others = ordering
    name, ahead = first.removeprefix("-"), "lt" if first.startswith("-") else "gt"
    beyond = Q(**{f"{name}__{ahead}": last[0]})
    if not others:
        return beyond
    tied = Q(**{name: last[0]}) & rows_after(others, last[1:])
    return Q(**{f"{name}__{ahead}e": last[0]}) & (beyond | tied)


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
        # No London day is made of it, and the first instant there is means "everything".
        return read_instant(decoded, date_allowed=True, zone_of_dates=UTC, in_london=False)
    except ValueError:
        raise bad_request(
            "filter[updated_since] must be an ISO 8601 date or date-time, such as"
            " 2025-10-03T09:30:00Z.",
            code="request.bad_updated_since",
        ) from None


def dry_run(query: QueryDict) -> bool:
    """Whether a write is only to be tried (spec 02 §2.22.5).

    Raises a 400 for what is neither true nor false: whoever sends it must not write by mistake.
    """
    sent = query.get("dry_run", "").strip().lower()
    if sent not in _DRY_RUN:
        raise bad_request("dry_run must be true or false.", code="request.bad_dry_run")
    return _DRY_RUN[sent]


def ordering(
    query: QueryDict, fields: Mapping[str, str], default: str, *, tie_break: str = "pk"
) -> list[str]:
    """Return the ORM ordering that ``sort`` asks for, made total by ``tie_break``.

    ``fields`` maps what may be sorted by to the column. Unknown keys, lists and a column's
    second mention are dropped; when nothing is left ``default`` applies.
    """
    wanted: dict[str, str] = {}
    for text in query.get("sort", "").split(","):
        key = text.strip()
        name = key[1:] if key.startswith(("+", "-")) else key
        if name in fields:
            column = fields[name]
            wanted.setdefault(column, f"-{column}" if key.startswith("-") else column)
    columns = list(wanted.values()) or [default]
    return [*columns, f"-{tie_break}" if columns[-1].startswith("-") else tie_break]
