"""Processes of the demo: their end is noticed, and nothing of theirs outlives it."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from register_ects.invented.demo.processes import ChildEnded, Children

pytestmark = pytest.mark.no_database


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Children]:
    children = Children(tmp_path)
    yield children
    children.stop()


def test_the_end_of_a_process_is_told_with_the_end_of_its_log(children: Children) -> None:
    children.start("joker", "this_module_does_not_exist", log="joker.log")

    with pytest.raises(ChildEnded, match=r"The joker stopped by itself .*\n.*No module named"):
        _check_for(children, seconds=10)


def test_stopping_ends_the_workers_of_a_process_too(children: Children) -> None:
    before = set(psutil.Process().children(recursive=True))
    children.start("server", "http.server", "0", "--bind", "127.0.0.1", log="server.log")
    started = set(psutil.Process().children(recursive=True)) - before
    assert started

    children.stop()

    assert not [each for each in started if each.is_running()]


def test_what_is_killed_is_started_again_with_nothing_left_of_it(
    children: Children, tmp_path: Path
) -> None:
    parent = tmp_path / "with_a_worker.py"
    parent.write_text(
        "import subprocess, sys, time\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "time.sleep(60)\n"
    )
    told: list[str] = []
    children.start("web server", "cProfile", str(parent), log="web.log")
    first = _family(2)

    os.kill(first[0].pid, signal.SIGKILL)
    _look_after(children, told, until=lambda: bool(told))
    second = _family(2)

    assert told == [
        "The web server had ended by itself (status -9) and was started again: see "
        f"{tmp_path / 'web.log'}"
    ]
    assert not {each.pid for each in first} & {each.pid for each in second}
    assert not [each for each in first if each.is_running() and each.status() != "zombie"]


def test_what_ends_again_and_again_ends_all_with_its_log(children: Children) -> None:
    told: list[str] = []
    children.start("joker", "this_module_does_not_exist", log="joker.log")

    with pytest.raises(ChildEnded, match=r"The joker stopped by itself .*\n.*No module named"):
        _look_after(children, told, until=lambda: False)

    assert len(told) == 3


def test_what_ends_once_in_a_while_is_never_given_up(children: Children) -> None:
    told: list[str] = []
    minutes = iter(range(10_000))
    children.start("joker", "this_module_does_not_exist", log="joker.log")

    _look_after(children, told, until=lambda: len(told) == 6, now=lambda: 60.0 * next(minutes))


def _family(size: int) -> list[psutil.Process]:
    """Wait until a process of ours has so many members, itself first."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for each in psutil.Process().children():
            if each.status() != "zombie" and "cProfile" in each.cmdline():
                family = [each, *each.children(recursive=True)]
                if len(family) == size:
                    return family
        time.sleep(0.05)
    raise AssertionError("it did not start")


def _look_after(
    children: Children,
    told: list[str],
    *,
    until: Callable[[], bool],
    now: Callable[[], float] = time.monotonic,
) -> None:
    deadline = time.monotonic() + 20
    while not until():
        assert time.monotonic() < deadline
        children.look_after(tell=told.append, now=now)
        time.sleep(0.05)


def _check_for(children: Children, *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        children.check()
        time.sleep(0.05)
