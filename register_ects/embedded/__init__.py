"""PostgreSQL and Redis for the demo and the tests (never in production).

``ensure_services`` starts what ``DATABASE_URL`` and ``REDIS_URL`` do not already name, in a data
directory, and stops it when the last process that asked for it ends. A process that was killed
does not count. It must work before Django is configured, so nothing here imports settings.
"""

import os
import shutil
from pathlib import Path

from register_ects.embedded import postgresql, redis
from register_ects.embedded.directory import (
    MARKER,
    ROOT,
    CannotStart,
    DataDirectoryRefused,
    check_room,
    claim,
    default_data_dir,
    is_full,
)
from register_ects.embedded.processes import is_running


def ensure_services(data_dir: Path) -> None:
    """Start what is needed and put its address into the environment of this process.

    Raises DataDirectoryRefused if the directory cannot be used, CannotStart if a service does
    not start; either message is one line for whoever started the command.
    """
    claim(data_dir)
    if not os.environ.get("DATABASE_URL"):
        check_room(data_dir, new=not postgresql.is_there(data_dir / "postgresql"))
        os.environ["DATABASE_URL"] = postgresql.start(data_dir / "postgresql")
    if not os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = redis.start(data_dir / "redis")


def users_of(data_dir: Path) -> list[int]:
    """Return the ids of the other running processes that use this directory's services."""
    users = {*postgresql.users(data_dir / "postgresql"), *redis.users(data_dir / "redis")}
    return sorted(pid for pid in users if pid != os.getpid() and is_running(pid))


def empty(data_dir: Path) -> None:
    """Delete all that the directory holds, once what runs in it has stopped.

    Raises DataDirectoryRefused if it is not ours or in use.
    """
    claim(data_dir)
    if users := users_of(data_dir):
        listed = ", ".join(map(str, users))
        raise DataDirectoryRefused(f"{data_dir} is in use: stop process {listed} first")
    # What a killed process left running.
    redis.stop_abandoned(data_dir / "redis")
    postgresql.stop_abandoned(data_dir / "postgresql")
    for entry in data_dir.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != MARKER:
            entry.unlink()
