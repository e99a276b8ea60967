"""A web server as production runs it, and a connection to it that stays open."""

import http.client
import json
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class Connection:
    """A client of the server; it connects again when the server has closed an idle connection."""

    def __init__(self, port: int) -> None:
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def request(
        self, method: str, path: str, *, body: Any = None, headers: dict[str, str] | None = None
    ) -> bytes:
        """Return the body of the answer. Raises SystemExit unless it is 200."""
        sent = dict(headers or {})
        content = None
        if body is not None:
            content, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
        try:
            status, answer = self._send(method, path, content, sent)
        except (http.client.RemoteDisconnected, ConnectionError):
            self._http.close()
            status, answer = self._send(method, path, content, sent)
        if status != 200:
            raise SystemExit(f"{method} {path}: {status} {answer[:300]!r}")
        return answer

    def _send(self, method: str, path: str, body: Any, headers: Any) -> tuple[int, bytes]:
        self._http.request(method, path, body=body, headers=headers)
        response = self._http.getresponse()
        return response.status, response.read()


class Server:
    """gunicorn with our configuration; ``processes`` None for as many as it would start."""

    def __init__(self, env: dict[str, str], *, processes: int | None = 1) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        workers = {"WEB_CONCURRENCY": str(processes)} if processes else {}
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "--config", "python:register_ects.gunicorn"),
                "register_ects.wsgi:application",
            ],
            cwd=ROOT,
            env={**env, **workers, "BIND": f"127.0.0.1:{self.port}"},
        )
        self._wait()
        self.connection = self.connect()

    def connect(self) -> Connection:
        """Return a new connection."""
        return Connection(self.port)

    def get(self, path: str, *, token: str = "", cookie: str = "") -> bytes:
        """Return the body of a page or an answer of the API."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if cookie:
            headers["Cookie"] = cookie
        return self.connection.request("GET", path, headers=headers)

    def worker_megabytes(self) -> float:
        """Return the resident memory of the process that answers."""
        parent = f"PPid:\t{self.process.pid}\n"
        (status,) = [
            text for each in Path("/proc").glob("[0-9]*/status") if parent in (text := _read(each))
        ]
        found = re.search(r"VmRSS:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0

    def stop(self) -> None:
        """End it and wait until it has."""
        self.process.terminate()
        self.process.wait(15)

    def _wait(self) -> None:
        for _ in range(600):
            try:
                Connection(self.port).request("GET", "/healthcheck")
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("The web server did not start")


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the process has ended meanwhile
        return ""
