"""Ask another service in JSON over HTTP: whole answers, in bounded time, or none.

What an answer means is for each service's client to say.
"""

import json
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx

from register_ects.circuit import Circuit, CircuitOpen

_LONGEST_ANSWER = 1_000_000  # bytes


class Unreachable(Exception):
    """No whole answer came: whether the service did what was asked is not known."""


@dataclass(frozen=True, repr=False)  # a repr would carry personal data into logs
class Answer:
    """A whole reply."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def is_success(self) -> bool:
        """Whether the service did what was asked."""
        return 200 <= self.status < 300

    def json(self) -> dict[str, Any]:
        """Return the JSON object of the body; empty when it is none."""
        try:
            body = json.loads(self.content)
        except ValueError:
            return {}
        return body if isinstance(body, dict) else {}


class Connection:
    """A connection pool to one service. Safe to share between threads, not between processes.

    The timeouts are in seconds; ``read_timeout`` also bounds the time in which a whole answer
    must arrive.
    """

    def __init__(
        self, base_url: str, *, connect_timeout: float = 3, read_timeout: float = 4
    ) -> None:
        self._longest = read_timeout
        self._http = httpx.Client(
            base_url=base_url,
            headers={"Accept": "application/json"},
            timeout=httpx.Timeout(read_timeout, connect=connect_timeout),
            verify=_trusted(),
            follow_redirects=False,  # of TRS one is data: the record was merged
            mounts={"all://127.0.0.1": None},  # a stand-in is never behind a proxy
        )

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Return what the service answers. Raises Unreachable."""
        try:
            with self._http.stream(
                method, path, params=params, json=body, headers=headers
            ) as response:
                return self._whole(response)
        except httpx.HTTPError as error:
            raise Unreachable(type(error).__name__) from None

    def _whole(self, response: httpx.Response) -> Answer:
        """Read a reply to its end: httpx bounds the wait for each piece, this bounds them all."""
        content, until = bytearray(), time.monotonic() + self._longest
        for piece in response.iter_bytes():
            content += piece
            if len(content) > _LONGEST_ANSWER or time.monotonic() > until:
                raise Unreachable("an answer without end")
        return Answer(response.status_code, response.headers, bytes(content))


@contextmanager
def attempt(circuit: Circuit, unavailable: Callable[[str], Exception]) -> Iterator[None]:
    """Make a call inside this; raise ``unavailable`` of why no answer came, or nobody asked."""
    try:
        with circuit.attempt():
            yield
    except CircuitOpen:
        raise unavailable("not asked, because it did not answer just now") from None
    except Unreachable as error:
        raise unavailable(str(error)) from None


@cache
def _trusted() -> ssl.SSLContext:
    """Return whom a connection may trust: to read the certificates takes 20 ms, so only once."""
    return httpx.create_ssl_context()
