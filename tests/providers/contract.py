"""Hold what the API answers against its published description.

Stricter than clients need be: an attribute or a header that is not described is drift too.
"""

import gzip
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs

from providers.openapi.document import document

_WHOLE_SECONDS = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
#: What web servers, browsers and caches know; not part of the contract.
_EVERYDAY_HEADERS = {
    "cache-control",
    "content-length",
    "content-security-policy",
    "content-type",
    "cross-origin-opener-policy",
    "permissions-policy",
    "referrer-policy",
    "strict-transport-security",
    "vary",
    "x-content-type-options",
    "x-frame-options",
    "x-permitted-cross-domain-policies",
    "x-robots-tag",
}
#: What is answered where nothing is described: at another path, or with another method. An
#: Idempotency-Key and the query are looked at before either.
_ELSEWHERE = {
    "400": "BadBody",
    "401": "AccessDenied",
    "404": "NotFound",
    "405": "MethodNotAllowed",
    "409": "StillRunning",
    "422": "BadBody",
    "429": "TooManyRequests",
    "500": "InternalServerError",
    "503": "ServiceUnavailable",
}
_ALIASES = {"HEAD": "get", "PATCH": "put"}


def assert_described(method: str, path: str, response: Any) -> None:
    """Fail unless the description allows this response to ``method`` at ``path``.

    ``path`` begins with ``/api/v3``; ``response`` is Django's or a test client's.
    """
    found = list(_drift(method, path, response))
    assert not found, f"{method} {path}: {response.status_code} is not as described: {found}"


def _drift(method: str, path: str, response: Any) -> Iterator[str]:
    described = _described(method, path, response)
    if described is None:
        yield "this status is not described"
        return
    yield from _drift_of_headers(described.get("headers", {}), response)
    content = described.get("content")
    if method == "HEAD" or content is None:
        if response.content:
            yield "a body was not expected"
        return
    media_type, _, charset = response.headers["Content-Type"].partition("; ")
    if media_type not in content or charset != "charset=utf-8":
        yield f"Content-Type {media_type}; {charset}"
        return
    reference = content[media_type]["schema"]["$ref"]
    packed = response.headers.get("Content-Encoding") == "gzip"  # whatever is long
    body = gzip.decompress(response.content) if packed else response.content
    for error in _validator(reference).iter_errors(json.loads(body)):
        yield f"{'/'.join(map(str, error.instance_path))}: {error.message}"


def _drift_of_headers(described: dict[str, Any], response: Any) -> Iterator[str]:
    headers = {name.lower(): value for name, value in response.headers.items()}
    known = {name.lower(): _resolved(each) for name, each in described.items()}
    for name, header in known.items():
        if header["required"] and name not in headers:
            yield f"{name} is missing"
    for name in sorted(headers.keys() - known.keys() - _EVERYDAY_HEADERS):
        yield f"{name} is not described"


def _described(method: str, path: str, response: Any) -> dict[str, Any] | None:
    status = str(response.status_code)
    operation = _operation(_ALIASES.get(method, method.lower()), path)
    if operation is not None:
        found = operation["responses"].get(status)
        return _resolved(found) if found else None
    name = _ELSEWHERE.get(status)
    return document()["components"]["responses"][name] if name else None


def _operation(method: str, path: str) -> dict[str, Any] | None:
    plain = path.partition("?")[0].rstrip("/").removesuffix(".json")
    for template, pattern in _patterns():
        if pattern.fullmatch(plain):
            operation: dict[str, Any] | None = document()["paths"][template].get(method)
            return operation
    return None


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Return every path of the file with what matches it, those without an id first."""
    paths = sorted(document()["paths"], key=lambda path: path.count("{"))
    return [(path, re.compile(re.sub(r"\{\w+\}", "[^/]+", path))) for path in paths]


def _resolved(described: dict[str, Any]) -> dict[str, Any]:
    reference = described.get("$ref")
    if reference is None:
        return described
    place: Any = document()
    for part in reference.removeprefix("#/").split("/"):
        place = place[part]
    resolved: dict[str, Any] = place
    return resolved


@cache
def _validator(reference: str) -> Any:
    schemas = document()["components"]["schemas"]
    closed = {name: _closed(schema) for name, schema in schemas.items()}
    return jsonschema_rs.Draft202012Validator(
        {"$ref": reference, "components": {"schemas": closed}},
        validate_formats=True,
        formats={"date-time": lambda text: bool(_WHOLE_SECONDS.fullmatch(text))},
    )


def _closed(schema: Any) -> Any:
    """Return a schema that allows no attribute besides those it describes."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(value) for name, value in schema.items()}
    if isinstance(closed.get("properties"), dict) and closed.get("type") == "object":
        closed["additionalProperties"] = False
    return closed
