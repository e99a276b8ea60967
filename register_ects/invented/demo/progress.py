"""Tell whoever waits what takes so long."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

NOTICEABLE_SECONDS = 1.0


def say(text: str = "") -> None:
    """Print a line at once, also into a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def step(label: str) -> Iterator[None]:
    """Name a step that turns out to take more than a second, then how long it took.

    Prints nothing for a quick one: ``Loading the schools register… 4.1 s``.
    """
    begun = time.monotonic()
    timer = threading.Timer(NOTICEABLE_SECONDS, _write, [f"{label}… "])
    timer.start()
    try:
        yield
    except BaseException:
        _end(timer, "stopped\n")
        raise
    _end(timer, f"{time.monotonic() - begun:.1f} s\n")


def _end(timer: threading.Timer, text: str) -> None:
    was_quick = not timer.finished.is_set()
    timer.cancel()
    timer.join()
    if not was_quick:
        _write(text)


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
