"""Serve a stand-in on this machine only: as a process, or inside a test."""

import argparse
import os
import signal
import socket
import socketserver
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import httpx

from register_ects.invented.stand_ins.kit.app import StandInApp
from register_ects.invented.stand_ins.kit.http import HANG_UP

_HOST = "127.0.0.1"


@contextmanager
def serve(app: StandInApp) -> Iterator[tuple[str, httpx.Client]]:
    """Serve on a free port for as long as the block lasts; give its address and a client of it."""
    with _server(0, app) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            address = f"http://{_HOST}:{server.server_port}"
            with httpx.Client(base_url=address, trust_env=False) as client:
                yield address, client
        finally:
            server.shutdown()
            thread.join()


def run_from_command_line(name: str, build: Callable[[Path], StandInApp]) -> int:
    """Serve until interrupted or told to end (SIGTERM); return the exit status.

    ``build`` is given the file to keep things in. Call it in the main thread. Refuses to run in
    production.
    """
    parser = argparse.ArgumentParser(description=f"A stand-in of {name}.")
    parser.add_argument("--port", type=int, required=True, help="on 127.0.0.1; 0 picks a free one")
    parser.add_argument("--database", type=Path, required=True, help="SQLite file, made if absent")
    options = parser.parse_args()

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "register_ects.settings")
    from django.conf import settings

    if settings.PRODUCTION:
        sys.stderr.write(f"The {name} stand-in does not run in production.\n")
        return 1
    signal.signal(signal.SIGTERM, _leave)
    with _server(options.port, build(options.database)) as server:
        sys.stdout.write(f"{name} stand-in: http://{_HOST}:{server.server_port}/\n")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            server.serve_forever(0.1)
    return 0


@contextmanager
def _server(port: int, app: StandInApp) -> Iterator["_Server"]:
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
        """Log nothing: addresses may hold what is about a person."""

    def _hang_up(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
