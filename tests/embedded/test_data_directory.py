"""A data directory that cannot be used is refused in one line, before anything starts."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from register_ects.embedded import MARKER, DataDirectoryRefused, claim, is_full, postgresql, redis
from register_ects.embedded.directory import check_room

pytestmark = pytest.mark.no_database


def test_a_new_directory_is_made_and_marked(tmp_path: Path) -> None:
    claim(tmp_path / "some" / "where")

    assert os.listdir(tmp_path / "some" / "where") == [MARKER]


def test_a_directory_may_be_claimed_again(tmp_path: Path) -> None:
    claim(tmp_path)
    (tmp_path / "tokens.json").write_text("{}")

    claim(tmp_path)


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("Chapter 1")

    with pytest.raises(DataDirectoryRefused, match=r"thesis\.odt cannot hold .*: it is a file\."):
        claim(tmp_path / "thesis.odt")


def test_a_directory_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("Chapter 1")

    with pytest.raises(DataDirectoryRefused, match="a folder above it, is a file"):
        claim(tmp_path / "thesis.odt" / "data")


@pytest.mark.parametrize(
    ("name", "start"), [("postgresql", postgresql.start), ("redis", redis.start)]
)
def test_a_file_where_a_service_keeps_its_data_is_named(
    name: str, start: Callable[[Path], str], tmp_path: Path
) -> None:
    (tmp_path / name).write_text("mine")
    claim(tmp_path)

    with pytest.raises(DataDirectoryRefused, match=rf"/{name} cannot hold .*: it is a file\."):
        start(tmp_path / name)

    assert (tmp_path / name).read_text() == "mine"


def test_a_place_where_nobody_may_write_is_refused() -> None:
    with pytest.raises(DataDirectoryRefused, match=r"may not write there|can only be read"):
        claim(Path("/sys/register-ects"))


def test_a_full_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full_disk = Path("/dev/full").open("wb", buffering=0)  # noqa: SIM115  claim closes it
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: full_disk)

    with pytest.raises(DataDirectoryRefused, match="its disk is full"):
        claim(tmp_path)


def test_a_name_that_is_too_long_is_refused_with_the_systems_reason(tmp_path: Path) -> None:
    with pytest.raises(DataDirectoryRefused, match=os.strerror(errno.ENAMETOOLONG)):
        claim(tmp_path / ("x" * 300))


@pytest.mark.parametrize(
    ("free", "new", "refused"),
    [
        pytest.param(400_000_000, True, False, id="just enough for a new database"),
        pytest.param(399_999_999, True, True, id="too little for a new database"),
        pytest.param(50_000_000, False, False, id="just enough for one that is there"),
        pytest.param(49_999_999, False, True, id="too little for one that is there"),
    ],
)
def test_room_is_needed(
    free: int, new: bool, refused: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: _Usage(free))

    if refused:
        with pytest.raises(DataDirectoryRefused, match=r"\d+ MB are free on its disk, \d+ MB"):
            check_room(tmp_path, new=new)
    else:
        check_room(tmp_path, new=new)


class _Usage:
    def __init__(self, free: int) -> None:
        self.free = free


def test_a_disk_is_full_when_next_to_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_full(tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda _: _Usage(9_999_999))
    assert is_full(tmp_path)
