"""What is read from an uploaded file: a table, or what keeps the file from being one.

Nothing here knows what a cell means: ``readings.py`` does.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from register_ects.uploads.columns import letter


@dataclass(frozen=True)
class Limits:
    """How large a file may be: bytes as sent, and rows beneath the headings."""

    most_bytes: int = 1024 * 1024
    most_rows: int = 500

    @property
    def size(self) -> str:
        """Return the most bytes as people say it: "1 MB", "100 KB"."""
        megabytes, rest = divmod(self.most_bytes, 1024 * 1024)
        return f"{megabytes} MB" if megabytes and not rest else f"{self.most_bytes // 1024:,} KB"


@dataclass(frozen=True)
class FileProblem:
    """Why a file cannot be used as it is: a code for tests and pages, and a sentence for people."""

    code: str
    message: str


@dataclass(frozen=True)
class CellProblem:
    """What is wrong with a row: ``column`` is the key of its column, "" for the row as a whole."""

    column: str
    code: str
    message: str


@dataclass(frozen=True)
class Heading:
    """A column as it stands in the file, the ``position``-th, counted from 0.

    ``column`` is the key of the column that it was taken for: None when it was not recognised, ""
    when it is left out. ``samples`` are up to three different cells of it.
    """

    position: int
    text: str
    column: str | None
    samples: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        """Return the spreadsheet's letter of the column: A, B … AA."""
        return letter(self.position)

    @property
    def name(self) -> str:
        """Return what a sentence calls it: "“Forename” (column B)"."""
        return f"“{self.text}” (column {self.letter})" if self.text else f"column {self.letter}"


@dataclass(frozen=True)
class Row:
    """A row that is not blank.

    ``line`` is its number as people see it: the row of the workbook, the line of the text file on
    which it begins. ``cells`` has a text for every column asked for, "" where the file has none.
    ``original`` is every cell of the row in the order of the file. With a problem, cells may stand
    under a heading that is not theirs.
    """

    line: int
    cells: Mapping[str, str]
    original: tuple[str, ...]
    problems: tuple[CellProblem, ...] = ()


@dataclass(frozen=True)
class Table:
    """The rows of a file, 1 at least, and its headings from left to right.

    ``sheet`` names the sheet that was read where a workbook has several, else "";
    ``unread_sheets`` names those with headings as good, which were not.
    """

    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    sheet: str = ""
    unread_sheets: tuple[str, ...] = ()

    @property
    def unrecognised(self) -> tuple[Heading, ...]:
        """Return the columns with something in them that nobody asked for, or called otherwise."""
        return tuple(heading for heading in self.headings if heading.column is None)


@dataclass(frozen=True)
class Unreadable:
    """Why a file is no table, all reasons together.

    ``headings`` are those that it has, as far as it could be read: with them a page can ask which
    column is which, and read again with the answer as ``mapping``.
    """

    problems: tuple[FileProblem, ...]
    headings: tuple[Heading, ...] = ()


class FileRefused(Exception):
    """A file that is not read any further."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.problem = FileProblem(code, message)


@dataclass(frozen=True)
class RawRow:
    """A row as the file has it. ``faults`` says by position which cells have no value to read."""

    line: int
    cells: tuple[str, ...]
    faults: Mapping[int, str]


@dataclass(frozen=True)
class RawSheet:
    """The rows of a sheet, or of a text file, that are not blank.

    ``others`` names the sheets besides that have headings as good. ``from_1904``: its days are
    counted from 1904, as old Macs did.
    """

    name: str
    rows: tuple[RawRow, ...]
    others: tuple[str, ...] = ()
    from_1904: bool = False
