"""gunicorn's worker with threads: a thread gets a request once all of its head is there.

gunicorn's own gives a thread to whoever connects, and a few visitors who never finish their
headers hold all of them (ADR 0011). Here the main loop collects heads, which costs no thread;
bodies are read in a thread, for so long and no longer. It speaks plain HTTP/1.1, without TLS.

What is no proper HTTP request is answered in JSON. Such requests never reach the service;
gunicorn's own answer is HTML and repeats what was sent. Whoever sends one is a program, and
clients of the API are promised JSON (spec 02 §2.8.6).
"""

import errno
import json
import re
import selectors
import socket
import time
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import Any

from gunicorn.http import get_parser
from gunicorn.http.errors import (
    ExpectationFailed,
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

#: Seconds in which the whole head of a request must come, from the first byte or before it.
HEAD_SECONDS = 10.0
#: Seconds in which the whole body must come after it.
BODY_SECONDS = 10.0
#: Bytes of a head.
LONGEST_HEAD = 64 * 1024
#: Connections whose heads are waited for at once; of more, the oldest are ended.
MOST_WAITING = 500
_PIECE = 64 * 1024
#: An empty line, or the end of a line that no head may have.
_HEAD_ENDS = re.compile(rb"\r\n\r\n|(?<!\r)\n")

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
#: Why a connection was ended before its request was all there.
_ENDED = {
    HTTPStatus.REQUEST_TIMEOUT: f"The request did not come within {HEAD_SECONDS:.0f} seconds.",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: _ANSWERS[LimitRequestHeaders][1],
    HTTPStatus.SERVICE_UNAVAILABLE: "Too many requests are unfinished. Try again.",
}
_MALFORMED = HTTPStatus.BAD_REQUEST, "This is no HTTP request that can be read."
#: These are our own mistakes in an answer, which gunicorn tells as it tells any other.
_OURS = (InvalidResponseHeader, InvalidResponseHeaderName)


class Unreader(SocketUnreader):  # type: ignore[misc]
    """Reads from a connection until ``deadline`` (monotonic), then raises TimeoutError."""

    deadline = float("inf")

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Return the next piece, of about ``size_hint`` bytes; empty at the end."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("The request did not come in time")
        usual = self.sock.gettimeout()
        self.sock.settimeout(left if usual is None else min(left, usual))
        try:
            return super().chunk(size_hint)  # type: ignore[no-any-return]
        finally:
            self.sock.settimeout(usual)


class Connection(TConn):  # type: ignore[misc]
    """A connection, and what has come of the head of its next request."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.head = bytearray()
        self.parser = get_parser(self.cfg, self.sock, self.client)
        self.parser.unreader = Unreader(self.sock)
        self.data_ready = True  # whenever a thread gets it

    def add_to_head(self, piece: bytes) -> bool:
        """Add what came; say whether the head can now be read, or seen to be none."""
        looked_at = max(0, len(self.head) - 3)
        self.head += piece
        return bool(_HEAD_ENDS.search(self.head, looked_at))


class Worker(ThreadWorker):  # type: ignore[misc]
    """A process that answers requests in several threads."""

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection in, and wait for the head of its first request."""
        try:
            client, address = listener.accept()
        except OSError as problem:
            if problem.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        self.nr_conns += 1
        self._await_head(Connection(self.cfg, client, address, listener.getsockname()))

    def on_client_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        """Wait for the head of the next request on a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._await_head(conn)

    def finish_request(self, conn: Connection, fs: Any) -> None:
        """Close the connection, keep it, or wait for the head whose beginning came already."""
        is_kept = not fs.cancelled() and fs.exception() is None and fs.result() is True
        begun = conn.parser.unreader.take_buffered() if is_kept else b""
        if begun:
            self._await_head(conn, begun)
        else:
            super().finish_request(conn, fs)

    def handle(self, conn: Connection) -> Any:
        """Answer a request whose head is there; in a thread."""
        conn.parser.unreader.deadline = time.monotonic() + BODY_SECONDS
        return super().handle(conn)

    def murder_pending(self) -> None:
        """End the connections whose heads did not come in time."""
        now = time.monotonic()
        while self.pending_conns and self.pending_conns[0].timeout <= now:
            self._end(self.pending_conns[0], HTTPStatus.REQUEST_TIMEOUT)

    def _cap_keepalive(self, deadline: float) -> None:
        """Wait no longer than to ``deadline`` for anything new: the process is to stop."""
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)

    def _await_head(self, conn: Connection, begun: bytes = b"") -> None:
        conn.timeout = time.monotonic() + HEAD_SECONDS
        conn.sock.setblocking(False)
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._read_head, conn))
        if conn.add_to_head(begun):
            self._hand_over(conn)
        elif len(self.pending_conns) > MOST_WAITING:
            self._end(self.pending_conns[0], HTTPStatus.SERVICE_UNAVAILABLE)

    def _read_head(self, conn: Connection, client: socket.socket) -> None:
        """Read what has come of a head; in the main loop, which never waits."""
        try:
            piece = client.recv(_PIECE)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if not piece:
            self._end(conn)
        elif conn.add_to_head(piece):
            self._hand_over(conn)
        elif len(conn.head) > LONGEST_HEAD:
            self._end(conn, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def _hand_over(self, conn: Connection) -> None:
        """Give a thread the connection with all that was read of it."""
        self._forget(conn)
        conn.parser.unreader.unread(bytes(conn.head))
        conn.head = bytearray()
        self.enqueue_req(conn)

    def _end(self, conn: Connection, status: HTTPStatus | None = None) -> None:
        """Close a connection, with an answer if it had begun to ask."""
        self._forget(conn)
        self.nr_conns -= 1
        if status and conn.head:
            with suppress(OSError):
                conn.sock.send(_answer(status, _ENDED[status]))
        conn.close()

    def _forget(self, conn: Connection) -> None:
        self.pending_conns.remove(conn)
        with suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)

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
