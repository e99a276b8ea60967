"""Read the body of a write: ``{"data": {"attributes": {…}}}`` as JSON or as a form.

Source: spec 02 §2.3, spec 00.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Collection
from io import BytesIO
from typing import Any

import orjson
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from pydantic import BaseModel

from providers.errors import bad_envelope, bad_request
from providers.schemas.base import attributes_in

#: Characters that are read of an attribute: all are ids, dates and enumerations, far shorter.
LONGEST = 1_000
_KEY_PART = re.compile(r"\[([^\[\]]*)\]")


def attributes(request: HttpRequest, known: Collection[str]) -> dict[str, str | None]:
    """Return the attributes that the endpoint knows, as text; None is a null that was sent.

    Numbers become text; lists and objects count as absent; unknown names are ignored; the last
    of repeated names counts. Raises a 400 for a body without a usable envelope or without any
    known attribute.
    """
    return attributes_of(_data(request), known)


def attributes_of_shape(request: HttpRequest, body: type[BaseModel]) -> dict[str, str | None]:
    """Return the attributes that a body is described to have, as ``attributes`` does."""
    return attributes(request, attributes_in(body).model_fields)


def items(request: HttpRequest) -> list[Any]:
    """Return the list under ``data``, whatever its items are. Raises a 400 when there is none."""
    data = _data(request)
    if not isinstance(data, list) or not data:
        raise bad_request(
            "The body needs a data list that holds at least one item. See the API documentation.",
            code="request.bad_envelope",
        )
    return data


def attributes_of(data: Any, known: Collection[str]) -> dict[str, str | None]:
    """Return the attributes of one ``data`` object, as ``attributes`` does. Raises a 400."""
    sent = data.get("attributes") if isinstance(data, dict) else None
    if not isinstance(sent, dict):
        raise bad_envelope()
    found = {
        name: _text(sent[name])
        for name in known
        if name in sent and not isinstance(sent[name], dict | list)
    }
    if not found:
        raise bad_envelope()
    return found


def _data(request: HttpRequest) -> Any:
    content = _content(request)
    return content.get("data") if isinstance(content, dict) else None


def _content(request: HttpRequest) -> Any:
    body = request.body.removeprefix(BOM_UTF8).strip()
    if request.content_type == "application/json" or body.startswith(b"{"):
        return _json(body)
    if request.content_type == "application/x-www-form-urlencoded":
        return _form(QueryDict(body, encoding="utf-8"))
    if request.content_type == "multipart/form-data":
        return _form(_multipart(request))
    return None


def _json(body: bytes) -> Any:
    if not body:
        return None
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise bad_request("The body is not valid JSON.", code="request.invalid_json") from None


def _multipart(request: HttpRequest) -> QueryDict:
    """Return the fields of a form in parts; files in it are left out. Raises a 400."""
    described = {**request.META, "CONTENT_LENGTH": str(len(request.body))}
    handlers = [MemoryFileUploadHandler(request)]
    try:
        fields, _ = MultiPartParser(described, BytesIO(request.body), handlers, "utf-8").parse()
    except (MultiPartParserError, ValueError):
        raise bad_request("The parts of the body cannot be told apart.") from None
    return fields


def _form(fields: QueryDict) -> dict[str, Any]:
    """Return the object that bracket keys spell: ``data[attributes][reason]=other``."""
    root: dict[str, Any] = {}
    for key, value in fields.items():
        name, _, rest = key.partition("[")
        path = [name, *_KEY_PART.findall(f"[{rest}" if rest else "")]
        place = root
        for part in path[:-1]:
            inner = place.setdefault(part, {})
            place = inner if isinstance(inner, dict) else {}
        place[path[-1]] = value
    return root


def _text(value: Any) -> str | None:
    """Return a scalar as text.

    A NUL, which the database cannot hold, matches nothing instead, and so does text that is too
    long: its beginning is kept, marked at its end.
    """
    if value is None:
        return None
    if isinstance(value, str):
        text = value if len(value) <= LONGEST else f"{value[:LONGEST]}\ufffd"
        return text.replace("\0", "\ufffd")
    return "true" if value is True else "false" if value is False else str(value)
