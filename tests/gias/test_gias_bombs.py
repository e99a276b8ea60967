"""A small file that unpacks to more than can be read: told at once, and not read to its end."""

import gzip
import time
import zipfile
import zlib

import pytest

from register_ects.gias import containers, reader
from register_ects.gias.faults import FileRefused
from register_ects.gias.importer import import_register
from register_ects.gias.reader import Extract
from tests.gias.extracts import a_row, as_csv

pytestmark = pytest.mark.no_database

MEGABYTE = 1_000_000
TOO_LONG = "is longer than 1,000,000 characters, and was not read to its end"


def zeros(*, megabytes):
    """Compressed zeros of any length, cheaply: one compressed block, repeated by the reader."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b"0" * MEGABYTE
    return b"".join([*(squeeze.compress(block) for _ in range(megabytes)), squeeze.flush()])


def refusal_of(path):
    began = time.monotonic()
    with pytest.raises(FileRefused) as refused:
        import_register(path)
    assert time.monotonic() - began < 5
    return str(refused.value)


@pytest.mark.parametrize("rows_before", [0, 3])
def test_a_line_without_end_is_not_read_to_its_end(tmp_path, rows_before):
    before = as_csv([a_row(urn) for urn in range(1, rows_before + 1)]) if rows_before else ""
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(before.encode()) + zeros(megabytes=900))

    line = rows_before + 2 if rows_before else 1

    assert f"line {line} {TOO_LONG}" in refusal_of(path)


def test_nor_is_one_in_a_zip_file(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("register.csv", b"0" * (200 * MEGABYTE))

    assert f"line 1 {TOO_LONG}" in refusal_of(path)


@pytest.mark.parametrize("kind", ["gzip", "zip"])
def test_many_short_lines_are_read_up_to_the_most_bytes(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(containers, "MOST_BYTES", 20 * MEGABYTE)
    path = tmp_path / "register.csv"
    content = as_csv([a_row()]).encode() * 60_000
    if kind == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("register.csv", content)
    else:
        path.write_bytes(gzip.compress(content, 1))

    assert "holds more than 20 MB once it is unpacked" in refusal_of(path)


def test_a_zip_file_of_many_text_files_is_not_searched(tmp_path):
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(51):
            archive.writestr(f"{number}.csv", "URN\r\n")

    assert "a ZIP file with 51 text files: give one" in refusal_of(path)


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
@pytest.mark.parametrize("rows_before", [0, 3])
def test_millions_of_blank_lines_are_not_read_to_their_end(tmp_path, end, rows_before):
    path = tmp_path / "blank.csv.gz"
    before = as_csv([a_row(urn) for urn in range(1, rows_before + 1)])
    path.write_bytes(gzip.compress(before.encode() + end * 50_000_000, 1))

    with pytest.raises(FileRefused) as refusal:
        list(Extract(path, required=["URN"]).rows())

    line = rows_before + 1002
    assert f"more than 1,000 blank lines by line {line:,}, and was not read" in str(refusal.value)


def test_nor_are_millions_of_short_ones(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "MOST_LINES", 20_000)
    path = tmp_path / "short.csv.gz"
    path.write_bytes(gzip.compress(as_csv([]).encode() + b"1\r\n" * 20_000, 1))

    with pytest.raises(FileRefused, match="more than 20,000 lines, more than any extract"):
        list(Extract(path, required=["URN"]).rows())


def test_a_thousand_blank_lines_do_no_harm(tmp_path):
    path = tmp_path / "blank.csv"
    path.write_text(as_csv([a_row(1)]) + "\r\n" * 1000, newline="")

    assert len(list(Extract(path, required=["URN"]).rows())) == 1
