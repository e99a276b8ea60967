"""Other processes: are they there, what are they, what did they write last."""

import os
from pathlib import Path

import psutil


def is_running(pid: int) -> bool:
    """Whether a process of this id runs, whoever owns it and whatever it is."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def works_in(directory: Path, pid: int) -> bool:
    """Whether this process runs in ``directory``, as the servers that keep their data there do.

    Ids are given again after a restart of the machine: a file that names one proves nothing.
    """
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()) == directory
    except psutil.AccessDenied:
        return True  # somebody else's: taken for a server, as nothing of it may be touched
    except (psutil.Error, OSError):
        return False


def last_line(log: Path) -> str:
    """Return the last line of a log that says something, or that nothing does."""
    return next((line for line in reversed(_tail(log, 50)) if line.strip()), "nothing was logged")


def end_of(log: Path) -> str:
    """Return the last twenty lines of a log, indented, to be shown under a sentence."""
    return "\n".join(f"    {line}" for line in _tail(log, 20))


def _tail(log: Path, lines: int) -> list[str]:
    """Return the last lines of a log; none if it cannot be read."""
    try:
        with log.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(file.tell() - 20_000, 0))
            return file.read().decode("utf-8", "replace").splitlines()[-lines:]
    except OSError:
        return []
