"""Runs of ``bin/demo`` in tests. The first start is a long one: a worker makes it once."""

import re
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from register_ects.embedded import ROOT
from tests.commands.running import environment, free_port

#: Far above what it takes on a machine that does nothing else (about 40 seconds).
FIRST_START_SECONDS = 600


class Demo:
    """One run of ``bin/demo``, from its start to its end."""

    def __init__(self, data_dir: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}/"
        self.output = ""
        self._begun = time.monotonic()
        self._process = subprocess.Popen(
            [ROOT / "bin" / "demo", "--port", str(self.port), "--data-dir", data_dir],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            env=environment(),
            start_new_session=True,
        )

    def wait_until_ready(self, seconds: float) -> float:
        """Return how long it took until the line "Ready: …"."""
        assert self._process.stdout
        for line in self._process.stdout:
            self.output += line
            if line.startswith("Ready: "):
                return time.monotonic() - self._begun
            assert time.monotonic() - self._begun < seconds, self.output
        raise AssertionError(f"The demo ended before it was ready:\n{self.output}")

    def processes(self) -> list[psutil.Process]:
        """Return everything it started, PostgreSQL included."""
        ours = psutil.Process(self._process.pid).children(recursive=True)
        servers = [each for each in psutil.process_iter() if _mentions(each, self.data_dir())]
        return list({each.pid: each for each in [*ours, *servers]}.values())

    def data_dir(self) -> str:
        """Return the directory that it has named."""
        found = re.search(r"^Data and logs: (.+)$", self.output, re.MULTILINE)
        assert found
        return found[1]

    def get(self, path: str) -> int:
        """Return the status of the answer to a GET request."""
        with urllib.request.urlopen(self.address + path) as answer:
            return int(answer.status)

    def stop(self) -> int:
        """Stop it as a service manager does; return its exit status."""
        self._process.send_signal(signal.SIGTERM)
        return self.wait()

    def wait(self) -> int:
        """Wait until it has ended; return its exit status."""
        rest, _ = self._process.communicate(timeout=30)
        self.output += rest
        return self._process.returncode

    def kill(self) -> None:
        """Make sure that nothing is left, whatever a test has found."""
        if self._process.poll() is None:
            self.stop()


def _mentions(process: psutil.Process, data_dir: str) -> bool:
    try:
        return any(data_dir in word for word in process.cmdline())
    except psutil.Error:
        return False


@dataclass
class Record:
    """What happened in one run."""

    seconds: float = 0.0
    output: str = ""
    exit_status: int | None = None
    pages: dict[str, int] = field(default_factory=dict)
    started: list[str] = field(default_factory=list)
    left_running: list[str] = field(default_factory=list)
    neighbour: tuple[int, str] = (0, "")


def program_of(process: psutil.Process) -> str:
    return " ".join(process.cmdline())


def still_running(processes: list[psutil.Process]) -> list[str]:
    _gone, alive = psutil.wait_procs(processes, timeout=5)
    zombies = {each for each in alive if each.status() == psutil.STATUS_ZOMBIE}
    return [program_of(each) for each in alive if each not in zombies]


@pytest.fixture(scope="session")
def demo_data_dir() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="demo-test-") as folder:
        yield Path(folder).resolve() / "data"


@pytest.fixture(scope="session")
def first_start(demo_data_dir: Path) -> Record:
    """A first start, stopped by SIGTERM; what it has made is there for later ones."""
    record, demo = Record(), Demo(demo_data_dir)
    try:
        record.seconds = demo.wait_until_ready(FIRST_START_SECONDS)
        record.pages = {path: demo.get(path) for path in ("", "healthcheck", "personas")}
        processes = demo.processes()
        record.started = [program_of(each) for each in processes]
        record.exit_status = demo.stop()
        record.left_running = still_running(processes)
    finally:
        demo.kill()
    record.output = demo.output
    return record
