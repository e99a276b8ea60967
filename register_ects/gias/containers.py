"""Open a file by what it is, not by what it is called: plain, gzip or ZIP, and in which encoding.

A small compressed file may hold more than can be read in a day: no more than a gigabyte is
unpacked, and nothing beyond the first line that is too long for an extract. What cannot be an
extract (a web page, a workbook) is refused by its name in plain words.
"""

import codecs
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from register_ects.gias.faults import FileRefused

if TYPE_CHECKING:
    from typing_extensions import Buffer

#: In characters. A longer line is no row of an extract, and is not read to its end.
LONGEST_LINE = 1_000_000
#: Bytes of a file once it is unpacked. The register of England has 70 million.
MOST_BYTES = 1_000_000_000
#: Text files in a ZIP file, each of which may be the extract.
_MOST_MEMBERS = 50

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
            infos = [info for info in archive.infolist() if not info.is_dir()]
            names = [info.filename for info in infos]
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
    if len(found) > _MOST_MEMBERS:
        raise FileRefused(f"{path.name}: a ZIP file with {len(found):,} text files: give one")
    if sum(info.file_size for info in infos if info.filename in set(found)) > MOST_BYTES:
        raise _too_large(path)
    return list(found)


def open_bytes(path: Path, member: str | None) -> IO[bytes]:
    """Open the uncompressed content of the file, or of ``member`` of the ZIP that it is.

    Reading on after a gigabyte raises FileRefused.
    """
    try:
        return cast(IO[bytes], io.BufferedReader(_Bounded(_open(path, member), path), _CHUNK))
    except OSError as error:
        raise FileRefused(f"{path}: cannot be read: {error.strerror}") from error
    except zipfile.BadZipFile as error:
        raise FileRefused(f"{path.name}: the ZIP file is damaged or cut short") from error
    except (RuntimeError, NotImplementedError) as error:
        raise FileRefused(f"{path.name}: {member} cannot be unpacked ({error})") from error


def _open(path: Path, member: str | None) -> IO[bytes]:
    if member is not None:
        with zipfile.ZipFile(path) as archive:
            return archive.open(member)
    with path.open("rb") as file:
        compressed = file.read(2) == _GZIP_MAGIC
    return cast(IO[bytes], gzip.open(path)) if compressed else path.open("rb")


class _Bounded(io.RawIOBase):
    """A stream of which no more than ``MOST_BYTES`` can be read."""

    def __init__(self, source: IO[bytes], path: Path) -> None:
        self._source, self._path, self._left = source, path, MOST_BYTES

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: "Buffer", /) -> int:
        """Read into a buffer; return how many bytes."""
        room = memoryview(buffer).cast("B")
        piece = self._source.read(len(room))
        self._left -= len(piece)
        if self._left < 0:
            raise _too_large(self._path)
        room[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        """Close the source too."""
        self._source.close()
        super().close()


def _too_large(path: Path) -> FileRefused:
    return FileRefused(
        f"{path.name}: holds more than {MOST_BYTES // 1_000_000:,} MB once it is unpacked, more "
        "than any extract, and was not read to its end"
    )


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
            return _marked_encoding(start) or _likely_encoding(_Watched(path, start, file))
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


class _Watched:
    """The pieces of a file, up to the first line that is too long for an extract."""

    #: Bytes, at least, of a line of more characters than it may have.
    _MOST = 4 * LONGEST_LINE

    def __init__(self, path: Path, start: bytes, rest: IO[bytes]) -> None:
        self._path, self._start, self._rest = path, start, rest
        self._line, self._length = 1, 0

    def read(self) -> bytes:
        """Return the next piece, empty at the end. Raises FileRefused in a line too long."""
        piece, self._start = self._start or self._rest.read(_CHUNK), b""
        breaks = piece.count(b"\n") or piece.count(b"\r")
        if breaks:
            last = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
            self._line, self._length = self._line + breaks, len(piece) - last - 1
        else:
            self._length += len(piece)
        if self._length > self._MOST:
            raise FileRefused(
                f"{self._path.name}: line {self._line} is longer than {LONGEST_LINE:,} characters, "
                "and was not read to its end"
            )
        return piece


def _likely_encoding(pieces: _Watched) -> str:
    valid = invalid = 0
    for run in _runs_beyond_ascii(pieces):
        try:
            run.decode()
            valid += 1
        except UnicodeDecodeError:
            invalid += 1
    return "windows-1252" if invalid > valid else "utf-8-sig"


def _runs_beyond_ascii(pieces: _Watched) -> Iterator[bytes]:
    chunk = pieces.read()
    while chunk:
        following = pieces.read()
        unfinished = b""
        for match in _NOT_ASCII.finditer(chunk):
            if following and match.end() == len(chunk) and len(chunk) <= 2 * _CHUNK:
                unfinished = match[0]
            else:
                yield match[0]
        chunk = unfinished + following
