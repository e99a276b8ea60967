"""The processes of the demo: started with a log file each, watched, stopped together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from register_ects.embedded import ROOT
from register_ects.embedded.processes import end_of
from register_ects.invented.demo.watch import MOST_ENDS, WITHIN_SECONDS

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
        self._arguments, self._environment = arguments, environment
        #: When it ended, in monotonic seconds.
        self._ends: deque[float] = deque(maxlen=MOST_ENDS + 1)
        log.parent.mkdir(parents=True, exist_ok=True)
        self._process = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        with self.log.open("ab") as output:
            return subprocess.Popen(  # noqa: S603  our own programs
                [sys.executable, "-m", *self._arguments],
                cwd=ROOT,
                env={**os.environ, **self._environment, "PYTHONPATH": str(ROOT)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )

    def start_again(self, now: float) -> str | None:
        """Start the process again if it has ended, and say so; None while it runs.

        ``now`` is in monotonic seconds. Raises ChildEnded when it ends again and again.
        """
        status = self._process.poll()
        if status is None:
            return None
        self._ends.append(now)
        if len(self._ends) > MOST_ENDS and now - self._ends[0] < WITHIN_SECONDS:
            self.check()
        self._end_group()  # what it left behind may hold its port
        self._process = self._start()
        return (
            f"The {self.name} had ended by itself (status {status}) and was started again: see "
            f"{self.log}"
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
        self._end_group()
        self._process.wait()

    def _end_group(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)


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

    def look_after(
        self, *, tell: Callable[[str], object], now: Callable[[], float] = time.monotonic
    ) -> None:
        """Start again whatever has ended, and ``tell``.

        Raises ChildEnded for one that ends a fourth time within a minute.
        """
        for child in self._children:
            if told := child.start_again(now()):
                tell(told)

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
