"""Reads what is left of a request's body before its answer goes out.

An answer that is ready early (the body is too large, the token unknown) would otherwise meet a
client that is still sending: the web server closes the connection, and the client sees that
instead of the answer.
"""

import socket
import time
from collections.abc import Callable, Iterable
from typing import Any

#: How much is read, and for how long, before the client is left to itself.
MOST_BYTES, MOST_SECONDS = 64 * 1024 * 1024, 10.0
_PIECE = 64 * 1024

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def reading_to_the_end(application: Application) -> Application:
    """Return a WSGI application that leaves nothing unread.

    Only from web servers that say where a body ends.
    """

    def read_on(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer = application(environ, start_response)
        if environ.get("wsgi.input_terminated"):
            _read_rest(environ)
        return answer

    return read_on


def _read_rest(environ: Environ) -> None:
    """Read the rest of the body, if there is one; never longer than ``MOST_SECONDS``."""
    body, left = environ["wsgi.input"], MOST_BYTES
    connection: socket.socket | None = environ.get("gunicorn.socket")
    usual = connection.gettimeout() if connection else None
    deadline = time.monotonic() + MOST_SECONDS
    try:
        while left > 0 and (seconds := deadline - time.monotonic()) > 0:
            if connection:
                connection.settimeout(seconds)
            piece = body.read(_PIECE)
            if not piece:
                break
            left -= len(piece)
    except Exception:  # noqa: S110  whatever the client does, the answer is ready
        pass
    finally:
        if connection:
            connection.settimeout(usual)
