"""Serve the stand-in on this machine only: as a process, or inside a test."""

import signal
import socket
import socketserver
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import httpx

from register_ects.invented.stand_ins.trs.app import TRSApp
from register_ects.invented.stand_ins.trs.http import HANG_UP

DEMO_API_KEY = "demo-trs-key"
TEST_TODAY = date(2026, 7, 20)  # the day our examples play on
_HOST = "127.0.0.1"


class StandIn:
    """A running stand-in, for tests: arrange people and faults, then see what was asked."""

    def __init__(self, base_url: str, api_key: str, admin: httpx.Client) -> None:
        self.base_url = base_url
        self.api_key = api_key
        self._admin = admin

    def upsert(self, *people: Mapping[str, Any]) -> None:
        """Add people, or change some keys of those who exist. ``trn`` is always needed."""
        self._call("POST", "people", [dict(each) for each in people])

    def person(self, trn: str) -> dict[str, Any]:
        """Return one person as stored. Raises LookupError if there is none."""
        people: list[dict[str, Any]] = self._call("GET", f"people?trn={trn}").json()["people"]
        return people[0]

    def fault(self, kind: str, *, times: int | None = None, **seconds: float) -> None:
        """Spoil the next ``times`` calls, or all until cleared: see the admin endpoint."""
        self._call("POST", "faults", {"kind": kind, "times": times, **seconds})

    def clear_faults(self) -> None:
        """Answer as usual from now on."""
        self._call("POST", "faults", {"kind": None})

    def requests(self) -> list[dict[str, Any]]:
        """Return the calls so far, oldest first."""
        calls: list[dict[str, Any]] = self._call("GET", "requests").json()["requests"]
        return calls

    def reset(self) -> None:
        """Go back to the seeds, without faults or remembered calls."""
        self._call("POST", "reset")

    def _call(self, method: str, endpoint: str, body: object = None) -> httpx.Response:
        response = self._admin.request(method, f"/__admin/{endpoint}", json=body)
        if response.is_error:
            raise ValueError(response.json()["title"])
        return response


@contextmanager
def serving(
    database_path: Path | None = None, *, api_key: str = DEMO_API_KEY, today: date = TEST_TODAY
) -> Iterator[StandIn]:
    """Run a stand-in on a free port for as long as the block lasts.

    Without a path its people are forgotten at the end. ``today`` dates the seeds.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = database_path or Path(folder) / "trs.sqlite3"
        with _server(0, TRSApp(path, api_key=api_key, today=today)) as server:
            thread = threading.Thread(target=server.serve_forever, args=(0.02,))
            thread.start()
            base_url = f"http://{_HOST}:{server.server_port}"
            try:
                with httpx.Client(base_url=base_url, trust_env=False) as admin:
                    yield StandIn(base_url, api_key, admin)
            finally:
                server.shutdown()
                thread.join()


def run_stand_in(
    port: int, database_path: Path, *, today: date, api_key: str = DEMO_API_KEY
) -> None:
    """Serve until interrupted or told to end (SIGTERM). Call it in the main thread."""
    signal.signal(signal.SIGTERM, _leave)
    app = TRSApp(database_path, api_key=api_key, today=today)
    with _server(port, app) as server:
        sys.stdout.write(f"TRS stand-in: http://{_HOST}:{server.server_port}/\n")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            server.serve_forever(0.1)


@contextmanager
def _server(port: int, app: TRSApp) -> Iterator["_Server"]:
    with _Server((_HOST, port), _Handler) as server:
        server.set_app(app)
        try:
            yield server
        finally:
            app.faults.stop()


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    request_queue_size = 128
    daemon_threads = True  # an idle connection must not keep the process alive

    def server_bind(self) -> None:
        """Bind without the name look-up of HTTPServer, which can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]
        self.setup_environ()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing when a caller has gone away; report anything else as usual."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(WSGIRequestHandler):
    def get_environ(self) -> dict[str, Any]:
        """Add a way to hang up to the usual environ."""
        return {**super().get_environ(), HANG_UP: self._hang_up}

    def log_message(self, *_: Any) -> None:
        """Log nothing: addresses hold birth dates and NI numbers."""

    def _hang_up(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
