"""The processes of the demo: started with a log file each, watched, stopped together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from register_ects.embedded import ROOT
from register_ects.embedded.processes import end_of

GRACE_SECONDS = 10.0
_PR_SET_PDEATHSIG = 1


class ChildEnded(Exception):
    """A process that should run for ever has ended. The message holds the end of its log."""


class Child:
    """One process, in a group of its own, so that Ctrl-C reaches only the supervisor."""

    def __init__(
        self, name: str, arguments: Sequence[str], *, log: Path, environment: Mapping[str, str]
    ) -> None:
        self.name = name
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603  our own programs
                [sys.executable, "-m", *arguments],
                cwd=ROOT,
                env={**os.environ, **environment, "PYTHONPATH": str(ROOT)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )

    def check(self) -> None:
        """Raise ChildEnded if the process has ended."""
        status = self._process.poll()
        if status is not None:
            raise ChildEnded(
                f"The {self.name} stopped by itself (status {status}). The end of {self.log}:\n"
                f"{end_of(self.log)}"
            )

    def ask_to_stop(self) -> None:
        """Ask the process to finish what it is doing and end."""
        if self._process.poll() is None:
            self._process.terminate()

    def end_by(self, deadline: float) -> None:
        """Wait until the monotonic time ``deadline``, then end the whole group by force."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(max(deadline - time.monotonic(), 0.1))
        # Also when the process itself has ended: its workers may have outlived it.
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


class Children:
    """All processes of one demo."""

    def __init__(self, log_dir: Path) -> None:
        self._log_dir = log_dir
        self._children: list[Child] = []

    def start(
        self, name: str, *arguments: str, log: str, environment: Mapping[str, str] | None = None
    ) -> None:
        """Start ``python -m arguments…``; what it prints goes to the file ``log``."""
        path = self._log_dir / log
        child = Child(name, arguments, log=path, environment=environment or {})
        self._children.append(child)

    def check(self) -> None:
        """Raise ChildEnded if any of them has ended."""
        for child in self._children:
            child.check()

    def stop(self) -> None:
        """Stop all of them, newest first; return when none is left."""
        for child in reversed(self._children):
            child.ask_to_stop()
        deadline = time.monotonic() + GRACE_SECONDS
        for child in reversed(self._children):
            child.end_by(deadline)
        self._children.clear()


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _end_with_parent() -> None:
    """Have the kernel stop this process when the supervisor is killed."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
