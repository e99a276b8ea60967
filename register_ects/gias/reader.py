"""Read a CSV extract line by line, whichever way it was saved.

A fault of the file as a whole raises ``FileRefused``. A row that cannot be read is set aside in
``malformed`` with its line number, and reading goes on. What the values mean: ``values.py``;
what the file is: ``containers.py``.
"""

import csv
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path

from register_ects.gias import containers
from register_ects.gias.containers import LONGEST_LINE
from register_ects.gias.faults import Faults, FileRefused

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
_COLUMNS_SHOWN = 8
#: A byte of UTF-8 text that was taken for windows-1252: "St Johnâ€™s", "CafÃ©".
_MOJIBAKE = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]|\u00e2[\u20ac\u0080]"
)

#: Lines of a file, and blank ones among them. The register of England has 60 thousand lines.
MOST_LINES, MOST_BLANK_LINES = 2_000_000, 1_000

#: What Excel writes, and reads, before the header: which character parts the columns.
_SAYS_SEPARATOR = re.compile(r'"?sep=.?"?', re.IGNORECASE)


class Extract:
    """A CSV file with a header row, of which some columns are wanted.

    It may be plain, gzip or in a ZIP file; in UTF-8, windows-1252 or UTF-16; parted by commas,
    semicolons, tabs or upright bars; and name its columns in capitals or not. ``columns`` are
    the wanted ones that the file has: every required one, then the optional ones.
    ``months_before_days`` counts the malformed rows with a date like 11/14/2023. Raises
    FileRefused when the file cannot be opened or lacks a required column.
    """

    def __init__(self, path: Path, *, required: Sequence[str], optional: Sequence[str] = ()):
        self.name = path.name
        self.malformed = Faults()
        self.warnings = Faults()
        self.count = 0
        self.months_before_days = 0
        self._path = path
        self._member, self._encoding, self._delimiter, header = self._find(required)
        positions: dict[str, int] = {}
        for position, column in enumerate(header):
            positions.setdefault(_plain(column), position)
        missing = [column for column in required if _plain(column) not in positions]
        self._header = header
        if missing:
            raise self.refused(f"missing required columns: {', '.join(missing)}")
        self.columns = [column for column in (*required, *optional) if _plain(column) in positions]
        self._positions = [positions[_plain(column)] for column in self.columns]
        self._width = len(header)

    def refused(self, why: str) -> FileRefused:
        """Return a refusal of this file that says why, and what the file looks like."""
        return FileRefused(f"{self.name}: {why}\n{self.looks}")

    @property
    def looks(self) -> str:
        """Return what the file looks like, in a sentence, with the rows read so far."""
        columns = [" ".join(column.split())[:60] for column in self._header]
        shown = ", ".join(columns[:_COLUMNS_SHOWN])
        more = ", …" if len(columns) > _COLUMNS_SHOWN else ""
        inside = f"{self._member} in a ZIP file, " if self._member else ""
        encoding = self._encoding.removesuffix("-sig")
        noun = "column" if len(columns) == 1 else "columns"
        rows = f"{self.count:,} rows of " if self.count else ""
        return (
            f"The file looks like {inside}text in {encoding}, parted by "
            f"{_DELIMITERS[self._delimiter]}, with {rows}{len(columns)} {noun}: {shown}{more}"
        )

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the line number and the wanted values of each row that can be read.

        ``count`` is how many rows there were so far, those that cannot be read among them.
        Raises FileRefused when the file turns out to be damaged or cut short, has a line of more
        than a million characters, more than two million lines or a thousand blank ones.
        """
        with self._open_text(self._member, self._encoding) as stream:
            lines = _Lines(stream, self.refused)
            reader = csv.reader(lines, strict=True, delimiter=self._delimiter)
            unreadable_line = blank = 0
            while True:
                values, reason = self._next_row(reader, lines)
                if values is None:
                    break
                if reason:
                    # A stray quote may have swallowed good lines: only the first is at fault.
                    lines.put_back_all_but_first()
                    unreadable_line = lines.number
                    self.count += 1
                    self.malformed.add(lines.number, reason)
                elif not values:
                    blank += 1
                    if blank > MOST_BLANK_LINES:
                        raise self.refused(
                            f"more than {MOST_BLANK_LINES:,} blank lines by line {lines.number:,}, "
                            "and was not read to its end"
                        )
                else:
                    self.count += 1
                    yield lines.first_number, [values[position] for position in self._positions]
            if unreadable_line == lines.number and not lines.ends_with_line_break:
                raise self.refused(f"cut short: line {lines.number} ends in the middle of a row")

    def _next_row(
        self, reader: "Iterator[list[str]]", lines: "_Lines"
    ) -> tuple[list[str] | None, str | None]:
        """Return the next row's values (None at the end) and what is wrong with it, if anything."""
        lines.begin_row()
        try:
            values = next(reader, None)
        except csv.Error as error:
            return [], f"cannot be read as CSV ({error})"
        except containers.DAMAGED as error:
            raise containers.damaged(self._path, lines.number, error) from error
        except UnicodeDecodeError as error:
            raise self.refused(f"not {self._encoding} after line {lines.number}") from error
        return values, self._fault(values, lines) if values else None

    def _fault(self, values: list[str], lines: "_Lines") -> str | None:
        if len(values) != self._width:
            return f"has {len(values)} fields, not {self._width}"
        for line in lines.taken:
            if "\0" in line:
                return "contains a NUL character"
            if line.isascii():
                continue
            if any("\ud800" <= character <= "\udfff" for character in line):
                return f"contains a byte that is not valid {self._encoding.removesuffix('-sig')}"
            if garbled := _MOJIBAKE.search(line):
                self._warn_of_mojibake(lines.first_number, values, garbled[0])
        return None

    def _warn_of_mojibake(self, line: int, values: list[str], garbled: str) -> None:
        for column, value in zip(self._header, values, strict=True):
            if garbled in value:
                self.warnings.add(
                    line, f"{column}: {value!r} was saved in one encoding and read in another"
                )

    def _find(self, required: Sequence[str]) -> tuple[str | None, str, str, list[str]]:
        """Return which file it is (in a ZIP), its encoding, what parts its columns, its header.

        Of several files in a ZIP it is the one that has the columns.
        """
        members = containers.candidates(self._path)
        found = []
        for member in members:
            encoding = containers.find_encoding(self._path, member)
            delimiter, header = self._read_header(member, encoding, required)
            found.append((member, encoding, delimiter, header))
        fit = [each for each in found if _lacking(each[3], required) == 0]
        if len(members) > 1 and len(fit) != 1:
            how_many = "none" if not fit else "more than one"
            raise FileRefused(
                f"{self.name}: of the {len(members)} files in this ZIP file, {how_many} has the "
                f"columns wanted: {', '.join(str(member) for member in members[:5])}"
            )
        return fit[0] if fit else found[0]

    def _read_header(
        self, member: str | None, encoding: str, required: Sequence[str]
    ) -> tuple[str, list[str]]:
        try:
            with self._open_text(member, encoding) as stream:
                line = stream.readline(LONGEST_LINE + 1)
                if _SAYS_SEPARATOR.fullmatch(line.strip()):
                    line = stream.readline(LONGEST_LINE + 1)
        except (UnicodeDecodeError, *containers.DAMAGED) as error:
            raise FileRefused(f"{self.name}: the header row cannot be read ({error})") from error
        if len(line) > LONGEST_LINE:
            raise FileRefused(
                f"{self.name}: line 1 is longer than {LONGEST_LINE:,} characters: this is no CSV"
            )
        if "\0" in line:
            raise FileRefused(f"{self.name}: not text but binary data. A CSV file is wanted")
        headers = [(delimiter, _columns(line, delimiter)) for delimiter in _DELIMITERS]
        delimiter, header = min(
            headers, key=lambda each: (_lacking(each[1], required), -len(each[1]))
        )
        if not any(header):
            raise FileRefused(f"{self.name}: empty, or its first line is blank")
        return delimiter, header

    def _open_text(self, member: str | None, encoding: str) -> TextIOWrapper:
        return containers.open_text(self._path, member, encoding)


def _plain(column: str) -> str:
    return "".join(column.split()).casefold()


def _columns(line: str, delimiter: str) -> list[str]:
    try:
        return [column.strip() for column in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def _lacking(header: Sequence[str], required: Sequence[str]) -> int:
    """Return how many of the required columns the header lacks."""
    return len({_plain(column) for column in required} - {_plain(column) for column in header})


class _Lines:
    """Physical lines, counted, which can be put back to be read again."""

    def __init__(self, stream: TextIOWrapper, refused: Callable[[str], FileRefused]) -> None:
        self._read_line = stream.readline
        self._refused = refused
        self._waiting: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0
        self.ends_with_line_break = True
        if _SAYS_SEPARATOR.fullmatch(next(self).strip()):
            next(self)
        # Both the header and what is before it are read now.

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._next_line()
        self.number += 1
        self.taken.append(line)
        self.ends_with_line_break = line.endswith(("\n", "\r"))
        return line

    def _next_line(self) -> str:
        line = self._read_line(LONGEST_LINE + 1)
        if not line:
            raise StopIteration
        if self.number >= MOST_LINES:
            raise self._refused(
                f"more than {MOST_LINES:,} lines, more than any extract, and was not read to its "
                "end"
            )
        if len(line) > LONGEST_LINE:
            raise self._refused(
                f"line {self.number + 1} is longer than {LONGEST_LINE:,} characters, "
                "and was not read to its end"
            )
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
