"""Files to import."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.gias.extracts import COLUMNS, Row, as_csv

WriteExtract = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> WriteExtract:
    """Write rows, text or bytes to a file and return its path."""

    def write_file(
        content: list[Row] | str | bytes,
        *,
        name: str = "register.csv",
        columns: list[str] = COLUMNS,
        encoding: str = "windows-1252",
    ) -> Path:
        if isinstance(content, list):
            content = as_csv(content, columns)
        if isinstance(content, str):
            content = content.encode(encoding)
        path = tmp_path / name
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return path

    return write_file


@pytest.fixture
def write_links(write: WriteExtract) -> WriteExtract:
    """Write links: each is (URN, link URN, type, date)."""
    columns = ["URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"]

    def write_file(*links: tuple[int, int, str, str], name: str = "links.csv") -> Path:
        rows = [
            dict(zip(columns, [str(urn), str(to), "Some School", kind, day], strict=True))
            for urn, to, kind, day in links
        ]
        return write(rows, name=name, columns=columns)

    return write_file
