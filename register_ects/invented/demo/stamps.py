"""What has been loaded already, so that a second start does not do it again."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path


class Stamps:
    """Fingerprints of what each step of loading has read, kept in a data directory."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "loaded.json"

    def is_current(self, step: str, fingerprint: str) -> bool:
        """Whether this step has been done with these very inputs."""
        return self._read().get(step) == fingerprint

    def set(self, step: str, fingerprint: str) -> None:
        """Remember that a step is done."""
        self._path.write_text(json.dumps({**self._read(), step: fingerprint}, indent=2))

    def _read(self) -> dict[str, str]:
        try:
            stamps: dict[str, str] = json.loads(self._path.read_text())
        except (OSError, ValueError):
            return {}
        return stamps


def fingerprint(paths: Iterable[Path], *more: str) -> str:
    """Return a digest of the files' names and contents, and of anything else that matters.

    A directory stands for all files below it.
    """
    digest = hashlib.sha256()
    for text in more:
        digest.update(f"{text}\0".encode())
    for path in sorted(file for each in paths for file in _files(each)):
        digest.update(f"{path}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(path: Path) -> Iterable[Path]:
    return (each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
