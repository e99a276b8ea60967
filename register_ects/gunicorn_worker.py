"""gunicorn's worker with threads: a thread gets a request once all of it is there.

gunicorn's own gives a thread to whoever connects, and a few visitors who never finish their
headers or bodies hold all of them (ADR 0011). Here the main loop collects heads and bodies, which
costs no thread, and no thread ever waits for what has not come. A body that does not come in time,
or is longer than any may be, is answered without it; what still comes of it is thrown away by the
main loop. So are connections closed. It speaks plain HTTP/1.1, without TLS.

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
from collections.abc import Callable
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

from register_ects.gunicorn_bodies import (
    Body,
    CountedBody,
    body_after,
    expectation,
    without_expectation,
)

#: Seconds in which the whole head of a request must come, from the first byte or before it.
HEAD_SECONDS = 10.0
#: Seconds in which the whole body must come after it; as long, what comes late is thrown away.
BODY_SECONDS = 10.0
#: Bytes of a head.
LONGEST_HEAD = 64 * 1024
#: Bytes of a body that are waited for: somewhat more than any body may have (settings).
LONGEST_BODY = 2 * 1024 * 1024 + 128 * 1024
#: Bytes of one body that are thrown away before the client is left to itself.
MOST_THROWN_AWAY = 64 * 1024 * 1024
#: Connections that are waited for at once, and bytes of theirs; of more, the oldest are ended.
MOST_WAITING = 500
MOST_COLLECTED = 64 * 1024 * 1024
#: Seconds in which a client sees that its connection is closed, when the process is to stop.
_STOP_SECONDS = 2.0
_PIECE = 64 * 1024
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
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
    """Reads what the main loop has collected; for more there is no waiting."""

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Raise TimeoutError: what was to come has not."""
        raise TimeoutError("The request did not come in time")


class Connection(TConn):  # type: ignore[misc]
    """A connection, and what has come of its next request."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.data_ready = True  # whenever a thread gets it
        self.held = 0  # bytes of its request that the worker has counted
        self.begin()

    def begin(self) -> None:
        """Expect a new request."""
        self.received = bytearray()
        self.body: Body | None = None  # None until the head is there
        self.is_overdue = False  # what has not come of the body had its time
        self.thrown_away = 0
        self.parser = get_parser(self.cfg, self.sock, self.client)
        self.parser.unreader = Unreader(self.sock)

    def add(self, piece: bytes) -> bool:
        """Add what came; say whether it is enough for a thread."""
        if self.body is not None:
            self.received += piece
            self.body.take(piece)
            return self._is_enough(self.body)
        looked_at = max(0, len(self.received) - 3)
        self.received += piece
        end = _HEAD_ENDS.search(self.received, looked_at)
        if end is None:
            return False
        head, begun = bytes(self.received[: end.end()]), bytes(self.received[end.end() :])
        self.body = body_after(head)
        self.body.take(begun)
        expected = expectation(head)
        if expected and expected != b"100-continue":
            return True
        if expected and not self._is_enough(self.body):
            self.received = bytearray(without_expectation(head) + begun)
            with suppress(OSError):
                self.sock.send(_CONTINUE)
        return self._is_enough(self.body)

    def _is_enough(self, body: Body) -> bool:
        too_long = isinstance(body, CountedBody) and body.left > LONGEST_BODY
        return body.has_ended or too_long or len(self.received) > LONGEST_HEAD + LONGEST_BODY

    @property
    def is_late(self) -> bool:
        """Whether there is a body of which something has not come."""
        return self.body is not None and not self.body.has_ended


class Worker(ThreadWorker):  # type: ignore[misc]
    """A process that answers requests in several threads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.collected = 0  # bytes of requests that are waited for or being answered

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection in, and wait for its first request."""
        try:
            client, address = listener.accept()
        except OSError as problem:
            if problem.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        self.nr_conns += 1
        self._await(Connection(self.cfg, client, address, listener.getsockname()))

    def on_client_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        """Wait for the next request on a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        conn.begin()
        self._await(conn)

    def finish_request(self, conn: Connection, fs: Any) -> None:
        """Keep the connection, wait for a request whose beginning came already, or close it."""
        self._count(conn, 0)
        is_kept = not fs.cancelled() and fs.exception() is None and fs.result() is True
        begun = b"" if conn.is_late else conn.parser.unreader.take_buffered()
        if not is_kept or conn.is_late:
            self._throw_away(conn, is_kept=is_kept and not conn.is_overdue)
        elif begun:
            conn.begin()
            self._await(conn, begun)
        else:
            super().finish_request(conn, fs)

    def _keepalive_after(self, conn: Connection, keepalive: bool) -> bool:
        """Whether the connection goes on; what did not come is for the main loop."""
        try:
            return bool(keepalive) and (conn.is_late or bool(conn.parser.finish_body()))
        except ParseException:  # nobody read the body, and it cannot be read; it was answered
            return False

    def murder_pending(self) -> None:
        """End the connections whose heads did not come in time; answer without late bodies."""
        now = time.monotonic()
        while self.pending_conns and self.pending_conns[0].timeout <= now:
            conn = self.pending_conns[0]
            if conn.received and conn.is_late:
                conn.is_overdue = True
                self._hand_over(conn)
            else:
                self._end(conn, HTTPStatus.REQUEST_TIMEOUT)

    def _cap_keepalive(self, deadline: float) -> None:
        """Wait no longer than to ``deadline`` for anything new: the process is to stop."""
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)

    def _await(self, conn: Connection, begun: bytes = b"") -> None:
        self._wait_for(conn, HEAD_SECONDS, self._read)
        self._add(conn, begun)

    def _wait_for(self, conn: Connection, seconds: float, callback: Callable[..., None]) -> None:
        conn.timeout = time.monotonic() + seconds
        conn.sock.setblocking(False)
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(callback, conn))
        if len(self.pending_conns) > MOST_WAITING:
            self._end(self.pending_conns[0], HTTPStatus.SERVICE_UNAVAILABLE)

    def _read(self, conn: Connection, client: socket.socket) -> None:
        """Read what has come of a request; in the main loop, which never waits."""
        piece = _received(client)
        if piece is None:
            return
        if piece:
            self._add(conn, piece)
        elif conn.is_late:
            self._hand_over(conn)
        else:
            self._end(conn)

    def _add(self, conn: Connection, piece: bytes) -> None:
        had_head = conn.body is not None
        is_enough = conn.add(piece)
        self._count(conn, len(conn.received))
        if is_enough:
            self._hand_over(conn)
        elif conn.body is None and len(conn.received) > LONGEST_HEAD:
            self._end(conn, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif conn.body is not None and not had_head:  # its time begins
            self.pending_conns.remove(conn)
            self.pending_conns.append(conn)
            conn.timeout = time.monotonic() + BODY_SECONDS
        while self.collected > MOST_COLLECTED and self.pending_conns:
            self._end(self.pending_conns[0], HTTPStatus.SERVICE_UNAVAILABLE)

    def _hand_over(self, conn: Connection) -> None:
        """Give a thread the connection with all that was read of it."""
        self._forget(conn)
        conn.parser.unreader.unread(bytes(conn.received))
        conn.received = bytearray()
        self.enqueue_req(conn)

    def _throw_away(self, conn: Connection, *, is_kept: bool) -> None:
        """Read what still comes of a request that was answered, so that the answer is seen.

        Whoever is still sending when a connection is closed sees that, instead of the answer.
        """
        conn.parser.unreader.take_buffered()
        try:
            if not is_kept:
                conn.sock.shutdown(socket.SHUT_WR)
            seconds = BODY_SECONDS if self.alive else _STOP_SECONDS
            self._wait_for(conn, seconds, partial(self._read_on, is_kept))
        except (OSError, ValueError):  # the client has gone
            self.nr_conns -= 1
            conn.close()

    def _read_on(self, is_kept: bool, conn: Connection, client: socket.socket) -> None:
        piece = _received(client)
        if piece is None:
            return
        conn.thrown_away += len(piece)
        used = conn.body.take(piece) if conn.body else 0
        if not piece or conn.thrown_away > MOST_THROWN_AWAY:
            self._end(conn)
        elif is_kept and not conn.is_late:
            self._forget(conn)
            conn.begin()
            self._await(conn, piece[used:])

    def _end(self, conn: Connection, status: HTTPStatus | None = None) -> None:
        """Close a connection, with an answer if it had begun to ask."""
        has_begun = bool(conn.received)
        self._forget(conn)
        self._count(conn, 0)
        self.nr_conns -= 1
        if status and has_begun:
            with suppress(OSError):
                conn.sock.send(_answer(status, _ENDED[status]))
        conn.close()

    def _count(self, conn: Connection, held: int) -> None:
        """Note how many bytes of a request are held, until it is answered."""
        self.collected += held - conn.held
        conn.held = held

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


def _received(client: socket.socket) -> bytes | None:
    """Return what has come; empty at the end, None when there is nothing yet."""
    try:
        return client.recv(_PIECE)
    except BlockingIOError:
        return None
    except OSError:
        return b""


def _answer(status: HTTPStatus, detail: str) -> bytes:
    title = status.phrase.capitalize()  # as other errors have it
    item = {"title": title, "detail": detail, "code": "request.unreadable"}
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
