"""What of a request may be kept in the log: ids, dates, paging and enumerations, no person.

Source: spec 02 §2.17.1 with its Improve.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import orjson

from providers.api import OPERATIONS
from providers.schemas.base import attributes_in
from providers.schemas.enumerations import NAMED

MASK = "[masked]"
#: Characters of a path, a query or a value that are looked at; what is longer is cut, or masked.
LONGEST = 2000


def is_free_text(schema: Mapping[str, Any]) -> bool:
    """Whether a value may be anything: no id, date, number, truth or word of a list."""
    known = {"$ref", NAMED, "format", "pattern", "enum"}
    return schema.get("type", "string") == "string" and not known & schema.keys()


def _attributes() -> frozenset[str]:
    shapes = [attributes_in(each.body) for each in OPERATIONS if each.body is not None]
    schemas = [pair for each in shapes for pair in each.model_json_schema()["properties"].items()]
    free = {name for name, schema in schemas if is_free_text(schema)}
    return frozenset(name for name, _ in schemas if name not in free)


#: What clients may send as attributes and in the query, but for free text, which may name somebody.
ATTRIBUTES: Final = _attributes()
PARAMETERS: Final = frozenset(
    query.name
    for operation in OPERATIONS
    for query in operation.queries
    if query.checked or not is_free_text(query.schema)
)
#: Places in a list: what ``write_cursor`` makes, of JSON that begins so; and numbers of changes.
_PLACES = {
    "page[after]": re.compile(r"(W1si[A-Za-z0-9_\-]{0,900}\.[A-Za-z0-9_\-]{1,100})?", re.ASCII),
    "after": re.compile(r"[0-9]{0,18}|latest", re.ASCII),
}
_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
#: Numbers and instants, an id, or a word as enumerations are written. A TRN is none of them.
_HARMLESS = re.compile(
    rf"(?!\d{{7}}$)[0-9TtZz:+.\- ]{{0,40}}|{_UUID.pattern}|[+\- ]?[0-9_\-]*[a-z][a-z0-9_\-]*",
    re.ASCII,
)


def masked_path(path: str, *, words: Collection[str]) -> str:
    """Return a path below ``/api/v3``; a part that is neither a known word nor an id is masked."""
    parts = path[: 2 * LONGEST].rstrip("/").removesuffix(".json").split("/")
    return "/".join(
        part if part in words or not part or _UUID.fullmatch(part) else MASK for part in parts
    )[:LONGEST]


def first_id(path: str) -> str | None:
    """Return the first public id in a path."""
    found = _UUID.search(path[:LONGEST])
    return found[0].lower() if found else None


def masked_query(query: str) -> str:
    """Return a query with the values of unknown parameters, and strange values, masked."""
    pairs = parse_qsl(query[:LONGEST], keep_blank_values=True, errors="replace")
    return urlencode(
        [(name, _kept(name, value)) if _is_known(name) else (MASK, MASK) for name, value in pairs],
        safe="[],:",
    )


def masked_body(body: bytes) -> dict[str, Any] | None:
    """Return the known attributes of a JSON body; None when it has none."""
    try:
        sent = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    data = sent.get("data") if isinstance(sent, Mapping) else None
    attributes = data.get("attributes") if isinstance(data, Mapping) else None
    if not isinstance(attributes, Mapping):
        return None
    return {
        name: _harmless(value) if isinstance(value, str) else _plain(value)
        for name, value in attributes.items()
        if name in ATTRIBUTES
    } or None


def printable(text: str, *, longest: int) -> str:
    """Return text that the database takes, cut to ``longest`` characters."""
    return "".join(letter for letter in text[: 4 * longest] if letter.isprintable())[:longest]


def _is_known(name: str) -> bool:
    return name.removesuffix("[]") in PARAMETERS or name == "page"


def _kept(name: str, value: str) -> str:
    if name in _PLACES:
        return value if _PLACES[name].fullmatch(value) else MASK
    return _harmless(value)


def _harmless(value: str) -> str:
    """Return a value, or a list with commas, that holds nothing but ids, dates and words."""
    if len(value) > LONGEST:
        return MASK
    parts = [part.strip() for part in value.split(",")]
    return value if all(_HARMLESS.fullmatch(part) for part in parts) else MASK


def _plain(value: Any) -> Any:
    """Return a value that is not text: small numbers, true, false and null are kept."""
    if value is None or isinstance(value, bool):
        return value
    return value if isinstance(value, int) and 0 <= value < 10**6 else MASK
