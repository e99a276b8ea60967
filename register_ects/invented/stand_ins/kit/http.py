"""Just enough HTTP for a stand-in: a request, a response, and WSGI on either side of them."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

HANG_UP = "register_ects.hang_up"  # the environ key under which the server puts its hang-up


@dataclass(frozen=True)
class Request:
    """What the caller sent. The last value of a repeated query parameter counts."""

    method: str
    path: str
    query: Mapping[str, str]
    environ: "WSGIEnvironment"
    body: bytes

    def header(self, name: str) -> str:
        """Return a header's value, empty when absent."""
        value: str = self.environ.get(f"HTTP_{name.upper().replace('-', '_')}", "")
        return value

    def is_form(self) -> bool:
        """Whether a browser's form sent this."""
        kind: str = self.environ.get("CONTENT_TYPE", "")
        return kind.startswith("application/x-www-form-urlencoded")

    def json(self) -> Any:
        """Return the body as JSON. Raises ValueError if it is not."""
        return json.loads(self.body)

    def form(self) -> dict[str, str]:
        """Return the fields of a browser's form."""
        return dict(parse_qsl(self.body.decode()))

    def hang_up(self) -> None:
        """Close the connection without a reply, where the server can."""
        close: Callable[[], None] | None = self.environ.get(HANG_UP)
        if close:
            close()


@dataclass(frozen=True)
class Response:
    """What the caller gets."""

    status: int
    body: str = ""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


def json_response(status: int, body: object, headers: Mapping[str, str] | None = None) -> Response:
    """Return a reply with a JSON body."""
    return Response(status, json.dumps(body, ensure_ascii=False), headers=headers or {})


def problem(
    status: int, title: str, *, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """Return problem JSON; ``more`` are further keys of its body."""
    body = {"title": title, "detail": title, "status": status, **more}
    return Response(status, json.dumps(body), "application/problem+json", headers or {})


def read_request(environ: "WSGIEnvironment") -> Request:
    """Return the request in a WSGI environ."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    return Request(
        method=environ["REQUEST_METHOD"],
        path=environ["PATH_INFO"],
        query=dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)),
        environ=environ,
        body=environ["wsgi.input"].read(length),
    )


def send(response: Response, start_response: "StartResponse") -> Iterable[bytes]:
    """Give a response to a WSGI server."""
    body = response.body.encode()
    headers = {"Content-Length": f"{len(body)}", **response.headers}
    if body:
        headers["Content-Type"] = f"{response.content_type}; charset=utf-8"
    phrase = HTTPStatus(response.status).phrase
    start_response(f"{response.status} {phrase}", list(headers.items()))
    return [body]
