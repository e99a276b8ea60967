"""Read a text file as a table: its encoding, its separator, its rows."""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence

from register_ects.rules.names import trimmed
from register_ects.rules.spreadsheets import as_written
from register_ects.uploads.columns import Column, recognised
from register_ects.uploads.tables import FileRefused, RawRow, RawSheet

SEPARATORS = (",", ";", "\t", "|")
#: What Excel writes, and reads, before the headings: which character parts the columns.
_SAYS_SEPARATOR = re.compile(r'"?sep=([,;\t|])"?', re.IGNORECASE)
#: Characters that no table has: controls but for tabs, line breaks and the old mark of an end.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Without a mark: UTF-8, else what Excel on Windows writes.
_UNMARKED = ("utf-8", "windows-1252")
#: Rows at the beginning among which the headings are looked for.
ROWS_BEFORE_HEADINGS = 10


def read_text(content: bytes, columns: Sequence[Column]) -> RawSheet:
    """Return the rows of a text file.

    Raises FileRefused when it is no text, or a row cannot be told from the next.
    """
    text = _decoded(content)
    separator, skipped = _separator_said(text)
    separator = separator or _likeliest_separator(text, columns)
    return RawSheet("", tuple(_rows(text, separator, skipped)))


def _decoded(content: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _checked(_as_text(content[len(mark) :], encoding))
    return _checked(next(filter(None, (_as_text(content, each) for each in _UNMARKED)), None))


def _as_text(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(text: str | None) -> str:
    if text is None or _NO_TEXT.search(text):
        raise FileRefused(
            "not_text",
            "The file has characters that are not text. Open it in your spreadsheet program and "
            "save it as “CSV UTF-8”, or as an Excel workbook (.xlsx)",
        )
    return text.rstrip("\x1a")


def normalised(text: str) -> str:
    """Return the text of a cell: letters with accents in one way, nothing unseen at the ends.

    What was made harmless when it was written ("'=1") is as it was before.
    """
    return as_written(trimmed(unicodedata.normalize("NFC", text)))


def _separator_said(text: str) -> tuple[str | None, int]:
    """Return what a first line "sep=;" says, and how many lines that took."""
    first = io.StringIO(text, newline="").readline().rstrip("\r\n")
    said = _SAYS_SEPARATOR.fullmatch(first)
    return (said[1], 1) if said else (None, 0)


def _likeliest_separator(text: str, columns: Sequence[Column]) -> str:
    """Return the separator by which most headings are recognised, then that of most columns."""

    def fits(separator: str) -> tuple[int, int]:
        rows = _first_rows(text, separator)
        headings = max((recognised(row, columns) for row in rows), default=0)
        return headings, len(rows[0]) if rows else 0

    return max(SEPARATORS, key=fits)


def _first_rows(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            if any(map(trimmed, row)):
                rows.append(row)
            if len(rows) == ROWS_BEFORE_HEADINGS:
                break
    except csv.Error:  # said of the row when it is read
        pass
    return rows


def _rows(text: str, separator: str, skipped: int) -> Iterator[RawRow]:
    lines = io.StringIO(text, newline="")
    for _ in range(skipped):
        lines.readline()
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=True)
    line = skipped + 1
    try:
        for row in reader:
            cells = tuple(map(normalised, row))
            if any(cells):
                yield RawRow(line, cells, {})
            line = skipped + reader.line_num + 1
    except csv.Error as error:
        if "larger than field limit" in str(error):
            raise FileRefused(
                "too_long",
                f"A cell from line {line:,} on has more than {csv.field_size_limit():,} "
                "characters. Shorten it, or leave its column out",
            ) from None
        raise FileRefused(
            "quotation_marks",
            f'Line {line:,} cannot be read: a quotation mark (") opens a cell that is not closed, '
            "or text follows one that closes it. Remove the quotation marks, or save the file "
            "again from your spreadsheet program",
        ) from None
