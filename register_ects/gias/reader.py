"""Read a CSV extract line by line: compressed or plain, UTF-8 or windows-1252.

A fault of the file as a whole raises ``FileRefused``. A row that cannot be read is set aside in
``malformed`` with its line number, and reading goes on. What the values mean: ``values.py``.
"""

import codecs
import csv
import gzip
import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader, TextIOWrapper
from pathlib import Path

_GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = 1 << 16


class FileRefused(Exception):
    """A file cannot be imported at all, and nothing of it was. The message says what to mend."""


@dataclass(frozen=True)
class Malformed:
    """A row that was skipped: the line it starts on (the header is line 1) and why."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


class Extract:
    """A CSV file with a header row, of which some columns are wanted.

    ``columns`` are the wanted ones that the file has: every required one, then the optional
    ones. Raises FileRefused when the file cannot be opened or lacks a required column.
    """

    def __init__(self, path: Path, *, required: Sequence[str], optional: Sequence[str] = ()):
        self.name = path.name
        self.malformed: list[Malformed] = []
        self._path = path
        self._encoding = self._find_encoding()
        header = self._read_header()
        missing = [column for column in required if column not in header]
        if missing:
            raise FileRefused(f"{self.name}: missing required columns: {', '.join(missing)}")
        self.columns = [*required, *(column for column in optional if column in header)]
        self._positions = [header.index(column) for column in self.columns]
        self._width = len(header)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the line number and the wanted values of each row that can be read.

        Raises FileRefused when the file turns out to be damaged or cut short.
        """
        with self._open_text() as stream:
            lines = _Lines(stream)
            reader = csv.reader(lines, strict=True)
            unreadable_line = 0
            while True:
                values, reason = self._next_row(reader, lines)
                if values is None:
                    break
                if reason:
                    # A stray quote may have swallowed good lines: only the first is at fault.
                    lines.put_back_all_but_first()
                    unreadable_line = lines.number
                    self.malformed.append(Malformed(lines.number, reason))
                elif values:
                    yield lines.first_number, [values[position] for position in self._positions]
            if unreadable_line == lines.number and not lines.ends_with_line_break:
                raise FileRefused(
                    f"{self.name}: cut short: line {lines.number} ends in the middle of a row"
                )

    def _next_row(
        self, reader: "Iterator[list[str]]", lines: "_Lines"
    ) -> tuple[list[str] | None, str | None]:
        """Return the next row's values (None at the end) and what is wrong with it, if anything."""
        lines.begin_row()
        try:
            values = next(reader, None)
        except csv.Error as error:
            return [], f"cannot be read as CSV ({error})"
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise self._damaged(lines.number, error) from error
        return values, self._fault(values, lines.taken) if values else None

    def _fault(self, values: list[str], taken: Sequence[str]) -> str | None:
        if len(values) != self._width:
            return f"has {len(values)} fields, not {self._width}"
        for line in taken:
            if "\0" in line:
                return "contains a NUL character"
            if not line.isascii() and any("\ud800" <= c <= "\udfff" for c in line):
                return f"contains a byte that is not valid {self._encoding}"
        return None

    def _read_header(self) -> list[str]:
        try:
            with self._open_text() as stream:
                header = next(csv.reader(stream, strict=True), [])
        except (csv.Error, EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise FileRefused(f"{self.name}: the header row cannot be read ({error})") from error
        if not header:
            raise FileRefused(f"{self.name}: empty, or its first line is blank")
        return [column.strip() for column in header]

    def _open_text(self) -> TextIOWrapper:
        return TextIOWrapper(
            self._open(),
            encoding=self._encoding,
            errors="surrogateescape",
            newline="",
        )

    def _open(self) -> gzip.GzipFile | BufferedReader:
        try:
            with self._path.open("rb") as file:
                compressed = file.read(2) == _GZIP_MAGIC
            return gzip.open(self._path) if compressed else self._path.open("rb")
        except OSError as error:
            raise FileRefused(f"{self._path}: cannot be read: {error.strerror}") from error

    def _find_encoding(self) -> str:
        """Return utf-8-sig for a file with a byte-order mark or all valid, else windows-1252."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        with self._open() as file:
            try:
                start = file.read(_CHUNK)
                if start.startswith(codecs.BOM_UTF8):
                    return "utf-8-sig"
                decoder.decode(start)
                while chunk := file.read(_CHUNK):
                    decoder.decode(chunk)
            except UnicodeDecodeError:
                return "windows-1252"
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                raise self._damaged(0, error) from error
        return "utf-8-sig"

    def _damaged(self, line: int, error: Exception) -> FileRefused:
        where = f" after line {line}" if line else ""
        what = "cut short" if isinstance(error, EOFError) else "damaged"
        return FileRefused(f"{self.name}: the compressed file is {what}{where}")


class _Lines:
    """Physical lines, counted, which can be put back to be read again."""

    def __init__(self, stream: Iterator[str]) -> None:
        self._stream = stream
        self._waiting: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0
        self.ends_with_line_break = True
        next(self)  # the header

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else next(self._stream)
        self.number += 1
        self.taken.append(line)
        self.ends_with_line_break = line.endswith(("\n", "\r"))
        return line

    @property
    def first_number(self) -> int:
        """Return the number of the first line of the row being read."""
        return self.number - len(self.taken) + 1

    def begin_row(self) -> None:
        """Forget the lines of the row before."""
        self.taken.clear()

    def put_back_all_but_first(self) -> None:
        """Give the row's later lines another chance, as rows of their own."""
        later = self.taken[1:]
        self._waiting.extendleft(reversed(later))
        self.number -= len(later)
