"""The data directory: ours, writable, with room left. What is not gets one clear line."""

import errno
import os
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

#: The file that marks a data directory as ours, to be emptied on request.
MARKER = ".register-ects"
_OUR_DIRECTORIES = {"postgresql", "redis"}  # directories from before there was a marker
#: Free space that a new database needs, and one that is there already, in bytes.
_NEW_NEEDS, _MORE_NEEDS = 400_000_000, 50_000_000

_REASONS = {
    errno.EEXIST: "it is a file",
    errno.ENOTDIR: "it, or a folder above it, is a file",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.EROFS: "it is on a disk that can only be read",
    errno.ENOSPC: "its disk is full",
    errno.EDQUOT: "your share of its disk is used up",
}


class CannotStart(Exception):
    """The command cannot start; the message says why and what to do, in one line."""


class DataDirectoryRefused(CannotStart):
    """The data directory is not ours, or cannot be used; nothing in it was touched."""


def default_data_dir() -> Path:
    """Return the data directory that commands use when none is named."""
    return Path(os.environ.get("REGISTER_ECTS_DATA_DIR", ROOT / "var" / "demo")).resolve()


def claim(data_dir: Path) -> None:
    """Make the directory and mark it as ours, unless it is.

    Raises DataDirectoryRefused if it cannot be written, or holds things that we did not put there.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not (data_dir / MARKER).exists():
            _mark(data_dir)
        with tempfile.TemporaryFile(dir=data_dir) as probe:
            probe.write(bytes(8192))
    except OSError as problem:
        raise DataDirectoryRefused(unusable(data_dir, problem)) from problem


def _mark(data_dir: Path) -> None:
    if {entry.name for entry in data_dir.iterdir()} - _OUR_DIRECTORIES:
        raise DataDirectoryRefused(
            f"{data_dir} holds other things: name a directory that is empty or does not exist yet"
        )
    (data_dir / MARKER).write_text("Made by bin/demo, bin/manage or bin/test: safe to delete.\n")


def unusable(data_dir: Path, problem: OSError) -> str:
    """Return the line that says why the directory cannot be used, naming a file in the way."""
    if file := _in_the_way(data_dir, problem):
        return f"{file} cannot hold the data: it is a file. Name another directory, or move it"
    reason = _REASONS.get(problem.errno or 0, problem.strerror or str(problem))
    return f"{data_dir} cannot hold the data: {reason}. Name another directory"


def _in_the_way(data_dir: Path, problem: OSError) -> Path | None:
    """Return the file in a data directory that is where a directory was to be; None for others."""
    if problem.errno not in (errno.EEXIST, errno.ENOTDIR) or not problem.filename:
        return None
    wanted = Path(os.fsdecode(problem.filename))
    inside = [path for path in (wanted, *wanted.parents) if data_dir in path.parents]
    return next((path for path in inside if path.exists() and not path.is_dir()), None)


def check_room(data_dir: Path, *, new: bool) -> None:
    """Raise DataDirectoryRefused if too little space is left, for a new database or one there."""
    needed = _NEW_NEEDS if new else _MORE_NEEDS
    free = shutil.disk_usage(data_dir).free
    if free < needed:
        raise DataDirectoryRefused(
            f"{data_dir} cannot hold the data: {free // 1_000_000} MB are free on its disk, "
            f"{needed // 1_000_000} MB are needed"
        )


def is_full(data_dir: Path) -> bool:
    """Whether so little space is left that nothing can go on."""
    return shutil.disk_usage(data_dir).free < _MORE_NEEDS // 5
