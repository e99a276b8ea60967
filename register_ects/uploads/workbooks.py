"""Read an Excel workbook as a table: the first sheet that people see with headings that we know.

A small workbook may unpack to more than can be read in a day: what it says of its size, and what
it really unpacks to, is checked before anything is parsed. Formulas are never worked out: what
Excel kept of them counts.
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from register_ects.uploads.columns import Column, recognised
from register_ects.uploads.tables import FileRefused, Limits, RawRow, RawSheet
from register_ects.uploads.text_files import ROWS_BEFORE_HEADINGS, normalised

#: Bytes that a workbook may have once it is unpacked, and files in it. 500 rows have about 1 MB.
MOST_UNPACKED, MOST_FILES = 20 * 1024 * 1024, 500
#: Columns that are read of a sheet, and blank rows in a row.
MOST_COLUMNS, MOST_BLANK_ROWS = 200, 100_000
_CHUNK, _MOST_MERGED = 1 << 16, 1_000
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, ParseError, DefusedXmlException),
    *(InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError),
    *(NotImplementedError, RuntimeError, OverflowError),
)
_FORMULA_WITHOUT_VALUE = (
    "has a formula whose result is not in the file. Put the value itself into the cell"
)
_FORMULA_IN_ERROR = "has a formula that ends in an error. Put the value itself into the cell"


def read_workbook(content: bytes, columns: Sequence[Column], limits: Limits) -> RawSheet:
    """Return the rows of the sheet to read: at most a few more than are allowed.

    Raises FileRefused when the workbook is damaged, unpacks to too much or has nothing in it.
    """
    try:
        _refuse_bomb(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about looks and tools of Excel
            return _sheet(content, columns, limits)
    except _DAMAGED:
        raise FileRefused(
            "damaged",
            "The workbook is damaged or cannot be read. Open it in your spreadsheet program, save "
            "it again as an Excel workbook (.xlsx) and send that",
        ) from None


def _refuse_bomb(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = archive.infolist()
        if len(files) > MOST_FILES or sum(each.file_size for each in files) > MOST_UNPACKED:
            raise _unpacks_to_too_much()
        unpacked = 0
        for each in files:
            with archive.open(each) as stream:
                while piece := stream.read(_CHUNK):
                    unpacked += len(piece)
                    if unpacked > MOST_UNPACKED:
                        raise _unpacks_to_too_much()


def _unpacks_to_too_much() -> FileRefused:
    return FileRefused(
        "unpacks_to_too_much",
        "The workbook holds too much once it is unpacked. Copy the rows into a new workbook, "
        "without pictures and other sheets, and send that",
    )


def _sheet(content: bytes, columns: Sequence[Column], limits: Limits) -> RawSheet:
    values = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    formulas = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    try:
        seen = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible"]
        read = [(sheet, _first_rows(sheet)) for sheet in seen]
        filled = [(sheet, rows) for sheet, rows in read if rows]
        if not filled:
            return RawSheet("", ())
        chosen, _ = max(filled, key=lambda each: _known(each[1], columns))  # the first of the best
        most = limits.most_rows + ROWS_BEFORE_HEADINGS + 1
        rows = tuple(_rows(chosen, formulas[chosen.title], most))
        return RawSheet(chosen.title if len(filled) > 1 else "", rows)
    finally:
        values.close()
        formulas.close()


def _first_rows(sheet: Any) -> list[tuple[str, ...]]:
    """Return the rows of a sheet, blank ones left out, among which its headings may be."""
    rows: list[tuple[str, ...]] = []
    for row in _rows_of(sheet):
        texts = tuple(_text(cell.value) for cell in row)
        if any(texts):
            rows.append(texts)
        if len(rows) == ROWS_BEFORE_HEADINGS:
            break
    return rows


def _rows_of(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what a workbook says of them may be wrong
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(max_col=MOST_COLUMNS)
    return rows


def _known(rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> int:
    return max(recognised(row, columns) for row in rows)


def _rows(sheet: Any, formulas: Any, most: int) -> Iterator[RawRow]:
    """Yield the rows that are not blank, with their numbers: ``most`` and no more.

    A cell merged with those below it stands in each of their rows.
    """
    merged = _merged_down(sheet)
    written: dict[tuple[int, int], str] = {}
    blank = found = 0
    pairs = zip(_rows_of(sheet), _rows_of(formulas), strict=True)
    for line, (row, kept) in enumerate(pairs, 1):
        faults = _faults(row, kept)
        cells = [_text(cell.value) for cell in row]
        blank = 0 if faults or any(cells) else blank + 1
        if blank > MOST_BLANK_ROWS:
            raise _too_many_blank_rows(line)
        if blank:
            continue
        for position, top, bottom in merged:
            if line == top:
                written[position, top] = cells[position]
            elif top < line <= bottom:
                cells[position] = written.get((position, top), "")
        yield RawRow(line, tuple(cells), faults)
        found += 1
        if found == most:
            return


def _too_many_blank_rows(line: int) -> FileRefused:
    return FileRefused(
        "too_many_blank_rows",
        f"The workbook has more than {MOST_BLANK_ROWS:,} blank rows before row {line:,}. Delete "
        "the blank rows",
    )


def _faults(row: Sequence[Any], formulas: Sequence[Any]) -> dict[int, str]:
    faults = {}
    for position, (cell, kept) in enumerate(zip(row, formulas, strict=True)):
        if cell.data_type == "e":
            faults[position] = _FORMULA_IN_ERROR
        elif kept.data_type == "f" and cell.value is None and cell.data_type != "str":
            faults[position] = _FORMULA_WITHOUT_VALUE
    return faults


def _merged_down(sheet: Any) -> list[tuple[int, int, int]]:
    """Return which cells are merged with those below: their position, first and last line."""
    found = []
    with sheet.parent._archive.open(sheet._worksheet_path) as stream:
        for each in _MERGED.findall(stream.read()):
            left, top, _right, bottom = range_boundaries(each.decode("ascii"))
            if bottom > top and left <= MOST_COLUMNS:
                found.append((left - 1, top, bottom))
    return found[:_MOST_MERGED]


def _text(value: Any) -> str:
    """Return the text of a cell: days as 2026-09-01, numbers in plain figures."""
    match value:
        case None:
            return ""
        case str():
            return normalised(value)
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            return _figures(value)
        case datetime():
            midnight = value.time() == time.min
            return value.date().isoformat() if midnight else f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
    return normalised(str(value))


def _figures(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:  # beyond, a number has figures nobody typed
        return str(int(value))
    return f"{value:.15g}"
