"""Open a file by what it is, not by what it is called: plain, gzip or ZIP, and in which encoding.

What cannot be an extract (a web page, a workbook) is refused by its name in plain words.
"""

import codecs
import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import IO, cast

from register_ects.gias.faults import FileRefused

#: What reading a damaged compressed file may raise.
DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile)

_GZIP_MAGIC = b"\x1f\x8b"
_ZIP_MAGIC = b"PK\x03\x04"
_EMPTY_ZIP_MAGIC = b"PK\x05\x06"
_CHUNK = 1 << 16
_START = 4096
_TEXT_SUFFIXES = (".csv", ".txt", ".tsv")
_NOT_ASCII = re.compile(rb"[\x80-\xff]+")
_TITLE = re.compile(rb"<title[^<>]{0,200}>([^<]{1,200})", re.IGNORECASE)
#: A file of which at least this share of every second byte is null is in UTF-16.
_NULLS_OF_UTF_16 = 0.8
_OTHER_KINDS = {
    b"\xd0\xcf\x11\xe0": "an old Excel workbook or another Office document",
    b"%PDF": "a PDF",
    _ZIP_MAGIC: "a ZIP file inside another file",
    _GZIP_MAGIC: "a compressed file inside another",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
    b"\x89PNG": "a picture",
}
_OFFICE = {"xl/": "an Excel workbook", "word/": "a Word document", "ppt/": "a presentation"}


def candidates(path: Path) -> list[str | None]:
    """Return what in the file may be the extract: names in a ZIP, or None for the file itself.

    Raises FileRefused when it cannot be opened or is plainly no text.
    """
    if not _starts_as_zip(path):
        return [None]
    try:
        with zipfile.ZipFile(path) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
    except zipfile.BadZipFile as error:
        raise FileRefused(f"{path.name}: the ZIP file is damaged or cut short") from error
    _refuse_office(path, names)
    found = [
        name
        for name in names
        if name.lower().endswith(_TEXT_SUFFIXES) and not name.startswith("__MACOSX/")
    ]
    if not found:
        inside = ", ".join(names[:5]) or "nothing"
        raise FileRefused(f"{path.name}: a ZIP file without a CSV file in it (it holds {inside})")
    return list(found)


def open_bytes(path: Path, member: str | None) -> IO[bytes]:
    """Open the uncompressed content of the file, or of ``member`` of the ZIP that it is."""
    try:
        if member is not None:
            return zipfile.ZipFile(path).open(member)
        with path.open("rb") as file:
            compressed = file.read(2) == _GZIP_MAGIC
        return cast(IO[bytes], gzip.open(path)) if compressed else path.open("rb")
    except OSError as error:
        raise FileRefused(f"{path}: cannot be read: {error.strerror}") from error
    except zipfile.BadZipFile as error:
        raise FileRefused(f"{path.name}: the ZIP file is damaged or cut short") from error
    except (RuntimeError, NotImplementedError) as error:
        raise FileRefused(f"{path.name}: {member} cannot be unpacked ({error})") from error


def open_text(path: Path, member: str | None, encoding: str) -> TextIOWrapper:
    """Open the content as text; bytes that the encoding does not know become surrogates."""
    return TextIOWrapper(
        open_bytes(path, member), encoding=encoding, errors="surrogateescape", newline=""
    )


def find_encoding(path: Path, member: str | None) -> str:
    """Return the encoding, by the byte-order mark or else by what all of the bytes say.

    UTF-8 and windows-1252 are told apart by whether bytes beyond ASCII form valid UTF-8 more
    often than not, so that one bad byte does not change how the whole file is read. Raises
    FileRefused for a damaged file and for one that is plainly no CSV.
    """
    with open_bytes(path, member) as file:
        try:
            start = file.read(_START)
            _refuse_other_kinds(path, start)
            return _marked_encoding(start) or _likely_encoding(start, file)
        except DAMAGED as error:
            raise damaged(path, 0, error) from error


def damaged(path: Path, line: int, error: Exception) -> FileRefused:
    """Return the refusal of a compressed file that cannot be unpacked further."""
    where = f" after line {line}" if line else ""
    what = "cut short" if isinstance(error, EOFError) else "damaged"
    return FileRefused(f"{path.name}: the compressed file is {what}{where}")


def _starts_as_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) in (_ZIP_MAGIC, _EMPTY_ZIP_MAGIC)
    except OSError as error:
        raise FileRefused(f"{path}: cannot be read: {error.strerror}") from error


def _refuse_office(path: Path, names: list[str]) -> None:
    if "[Content_Types].xml" in names:
        kind = next(
            (kind for folder, kind in _OFFICE.items() if any(n.startswith(folder) for n in names)),
            "an Office document",
        )
    elif "mimetype" in names and "content.xml" in names:
        kind = "an OpenDocument file"
    else:
        return
    raise FileRefused(f"{path.name}: {kind}, not a CSV file. Save it as CSV and import that")


def _refuse_other_kinds(path: Path, start: bytes) -> None:
    kind = next((kind for magic, kind in _OTHER_KINDS.items() if start.startswith(magic)), None)
    text = start.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if text.startswith((b"<!doctype html", b"<html")) or (
        text.startswith(b"<?xml") and b"<html" in text
    ):
        title = _TITLE.search(start)
        called = f" called “{' '.join(title[1].decode(errors='replace').split())}”" if title else ""
        kind = f"a web page (HTML){called}: perhaps the download asked to sign in, or failed"
    elif text.startswith(b"<?xml"):
        kind = "XML"
    elif text.startswith((b"{", b"[{")):
        kind = "JSON"
    if kind:
        raise FileRefused(f"{path.name}: {kind}. A CSV file is wanted")


def _marked_encoding(start: bytes) -> str | None:
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    pairs = len(start) // 2
    for first, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):
        if pairs and start[first::2].count(0) > pairs * _NULLS_OF_UTF_16:
            return encoding
    return None


def _likely_encoding(start: bytes, rest: IO[bytes]) -> str:
    valid = invalid = 0
    for run in _runs_beyond_ascii(start, rest):
        try:
            run.decode()
            valid += 1
        except UnicodeDecodeError:
            invalid += 1
    return "windows-1252" if invalid > valid else "utf-8-sig"


def _runs_beyond_ascii(start: bytes, rest: IO[bytes]) -> Iterator[bytes]:
    chunk = start
    while chunk:
        following = rest.read(_CHUNK)
        unfinished = b""
        for match in _NOT_ASCII.finditer(chunk):
            if following and match.end() == len(chunk) and len(chunk) <= 2 * _CHUNK:
                unfinished = match[0]
            else:
                yield match[0]
        chunk = unfinished + following
