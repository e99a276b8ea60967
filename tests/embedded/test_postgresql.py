"""The PostgreSQL of a data directory: made once, found again, back after a crash."""

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import psutil
import psycopg
import pytest

from register_ects.embedded import CannotStart, postgresql

pytestmark = pytest.mark.no_database


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A server that runs, with its address."""
    directory = tmp_path_factory.mktemp("embedded").resolve() / "postgresql"
    url = postgresql.start(directory)
    yield directory, url
    postgresql.leave(directory)


def kill(directory: Path) -> None:
    """End the server as a crash does."""
    pid = postgresql.pid_of(directory)
    assert pid
    psutil.Process(pid).send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while postgresql.runs(directory) and time.monotonic() < deadline:
        time.sleep(0.01)


def test_it_runs_and_answers(made: tuple[Path, str]) -> None:
    directory, url = made
    assert postgresql.runs(directory)
    assert postgresql.answers(url)
    assert postgresql.is_ours(directory, url)
    assert not postgresql.is_ours(directory, "postgresql://elsewhere.example/register_ects")


def test_what_was_saved_is_there_after_a_crash_at_the_same_address(made: tuple[Path, str]) -> None:
    directory, url = made
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS number")
    kill(directory)
    assert not postgresql.runs(directory)
    assert not postgresql.answers(url)

    postgresql.start_again(directory)

    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (42,)


def test_the_note_of_a_dead_server_does_not_hinder_though_its_id_is_in_use(
    made: tuple[Path, str],
) -> None:
    directory, url = made
    kill(directory)
    dead, ours = str(postgresql.pid_of(directory)), str(os.getpid())
    for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        note = directory / name
        note.write_text(note.read_text().replace(dead, ours, 1))

    postgresql.start_again(directory)

    assert postgresql.answers(url)


def test_what_a_killed_server_had_begun_is_waited_for(made: tuple[Path, str]) -> None:
    directory, url = made
    with psycopg.connect(url) as connection:
        backend = psutil.Process(connection.info.backend_pid)
        backend.suspend()  # it cannot notice that its server is gone
        kill(directory)
        Timer(2, backend.resume).start()

        postgresql.start_again(directory)

        assert postgresql.answers(url)


def test_a_list_of_users_that_a_full_disk_cut_short_does_not_hinder(made: tuple[Path, str]) -> None:
    directory, url = made
    (directory / ".handle_pids.json").write_text("[12")

    assert postgresql.start(directory) == url

    assert json.loads((directory / ".handle_pids.json").read_text()) == [os.getpid()]


def test_a_database_whose_making_was_interrupted_is_made_anew(tmp_path: Path) -> None:
    directory = tmp_path.resolve() / "postgresql"
    directory.mkdir()
    (directory / "PG_VERSION").write_text("18\n")

    url = postgresql.start(directory)

    assert postgresql.answers(url)
    postgresql.leave(directory)


def test_a_broken_database_is_told_in_one_line(tmp_path: Path) -> None:
    directory = tmp_path.resolve() / "postgresql"
    directory.mkdir()
    (directory / "PG_VERSION").write_text("9\n")
    (directory / ".handle_pids.json").write_text("[]")

    with pytest.raises(CannotStart, match=r"^PostgreSQL did not start: .+$"):
        postgresql.start(directory)
