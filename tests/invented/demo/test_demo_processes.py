"""Processes of the demo: their end is noticed, and nothing of theirs outlives it."""

import time
from collections.abc import Iterator
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


def _check_for(children: Children, *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        children.check()
        time.sleep(0.05)
