"""gunicorn's worker with threads, answering in JSON what is no proper HTTP request.

Such requests never reach the service; gunicorn's own answer is HTML and repeats what was sent.
Whoever sends one is a program, and clients of the API are promised JSON (spec 02 §2.8.6).
"""

import json
import socket
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from gunicorn.http.errors import (
    ExpectationFailed,
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.workers.gthread import ThreadWorker

#: The status, and what to do about it.
_ANSWERS: dict[type[Exception], tuple[HTTPStatus, str]] = {
    ExpectationFailed: (
        HTTPStatus.EXPECTATION_FAILED,
        "The only Expect header that can be met is 100-continue. Leave it out.",
    ),
    LimitRequestLine: (
        HTTPStatus.REQUEST_URI_TOO_LONG,
        "The address is too long. Ask for fewer things at once.",
    ),
    LimitRequestHeaders: (
        HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
        "The headers are too long or too many. Send fewer.",
    ),
    UnsupportedTransferCoding: (
        HTTPStatus.NOT_IMPLEMENTED,
        "Send the body with a Content-Length, or in chunks.",
    ),
}
_MALFORMED = HTTPStatus.BAD_REQUEST, "This is no HTTP request that can be read."
#: These are our own mistakes in an answer, which gunicorn tells as it tells any other.
_OURS = (InvalidResponseHeader, InvalidResponseHeaderName)


class Worker(ThreadWorker):  # type: ignore[misc]
    """A process that answers requests in several threads."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Answer a request that could not be read; leave other faults to gunicorn.

        Nothing of what was sent is logged or repeated: there may be a token in it.
        """
        if not isinstance(exc, ParseException) or isinstance(exc, _OURS):
            super().handle_error(req, client, addr, exc)
            return
        status, detail = _ANSWERS.get(type(exc), _MALFORMED)
        self.log.warning("Request that cannot be read: %s", type(exc).__name__)
        with suppress(OSError):
            client.sendall(_answer(status, detail))


def _answer(status: HTTPStatus, detail: str) -> bytes:
    item = {"title": _title(status), "detail": detail, "code": "request.unreadable"}
    body = json.dumps({"errors": [item]}).encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\n"
        "Connection: close\r\n"
        "Content-Type: application/json; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\n"
        "Cache-Control: no-store\r\n"
        "X-Content-Type-Options: nosniff\r\n"
        "X-Robots-Tag: none\r\n"
        "\r\n"
    )
    return head.encode("ascii") + body


def _title(status: HTTPStatus) -> str:
    """Return the reason of a status as other errors have it: the first word with a capital."""
    return status.phrase.capitalize()
