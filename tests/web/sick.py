"""A door before a real service that can be shut, or let everybody in and then say nothing."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BLOCK = 65536


class Door:
    """Passes connections on to a service; ``target`` is an address or the path of a socket."""

    def __init__(self, target: tuple[str, int] | str) -> None:
        self._target = target
        self._passing = threading.Event()
        self._passing.set()
        self._sockets: list[socket.socket] = []
        self._listener: socket.socket | None = None
        self.port = 0
        self.open()

    def open(self) -> None:
        """Let everybody in, as at first."""
        self._passing.set()
        if self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", self.port), reuse_port=False)
            self.port = self._listener.getsockname()[1]
            threading.Thread(target=self._welcome, args=[self._listener], daemon=True).start()

    def shut(self) -> None:
        """End every connection and refuse new ones."""
        if self._listener:
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        self._end_all()

    def hang(self) -> None:
        """Let everybody in, pass nothing on and say nothing."""
        self._passing.clear()

    def recover(self) -> None:
        """End what hung, and be as at first."""
        self._end_all()
        self.open()

    def _end_all(self) -> None:
        for each in self._sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._sockets = []

    def _welcome(self, listener: socket.socket) -> None:
        while True:
            try:
                inner, _ = listener.accept()
            except OSError:
                return
            outer = socket.socket(
                socket.AF_UNIX if isinstance(self._target, str) else socket.AF_INET
            )
            outer.connect(self._target)
            self._sockets += [inner, outer]
            for source, sink in ((inner, outer), (outer, inner)):
                threading.Thread(target=self._pass, args=[source, sink], daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(BLOCK):
                self._passing.wait()
                sink.sendall(data)
        for each in (source, sink):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


class WebServer:
    """One web process as production runs it, with an environment of its own."""

    def __init__(self, log: Path, **environment: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "gunicorn"),
                    *("--config", "python:register_ects.gunicorn"),
                    "register_ects.wsgi:application",
                ],
                cwd=ROOT,
                env={
                    **os.environ,
                    "BIND": f"127.0.0.1:{self.port}",
                    "WEB_CONCURRENCY": "1",
                    **environment,
                },
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self._wait_until_it_serves()

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> "Answer":
        """Send one request on a connection of its own."""
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=sent)
        response = connection.getresponse()
        body = response.read().decode()
        connection.close()
        return Answer(response.status, body, dict(response.getheaders()), time.monotonic() - began)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)

    def _wait_until_it_serves(self) -> None:
        for _attempt in range(300):
            with contextlib.suppress(OSError):
                if self.ask("/healthcheck").status == 200:
                    return
            assert self._process.poll() is None, self.log.read_text()
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())


class Answer:
    """What came back, and after how many seconds."""

    def __init__(self, status: int, body: str, headers: dict[str, str], seconds: float) -> None:
        self.status = status
        self.body = body
        self.headers = headers
        self.seconds = seconds
