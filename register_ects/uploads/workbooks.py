"""Read an Excel workbook as a table: the first sheet that people see with headings that we know.

A small workbook may unpack to more than can be read in a day: what it says of its size, and what
it really unpacks to, is checked before anything is parsed. Formulas are never worked out: what
Excel kept of them counts.
"""

import io
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from register_ects.uploads.columns import MOST_COLUMNS, Column, recognised
from register_ects.uploads.sheets import SheetCell, SheetReader
from register_ects.uploads.tables import FileRefused, Limits, RawRow, RawSheet
from register_ects.uploads.text_files import ROWS_BEFORE_HEADINGS, normalised

#: Bytes that a workbook may have once it is unpacked, and files in it. 500 rows have about 1 MB.
MOST_UNPACKED, MOST_FILES = 8 * 1024 * 1024, 500
_CHUNK, _MOST_MERGED = 1 << 16, 1_000
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, ParseError, DefusedXmlException),
    *(InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError),
    *(NotImplementedError, RuntimeError, OverflowError, OSError),
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
            return _chosen(content, columns, limits)
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


def _chosen(content: bytes, columns: Sequence[Column], limits: Limits) -> RawSheet:
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        most = limits.most_rows + ROWS_BEFORE_HEADINGS + 1
        seen = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        filled = [sheet for sheet in (_sheet(each, most) for each in seen) if sheet.rows]
    finally:
        workbook.close()
    if len(filled) < 2:
        return RawSheet("", filled[0].rows if filled else ())
    return max(filled, key=lambda each: _known(each, columns))  # the first of the best


def _known(sheet: RawSheet, columns: Sequence[Column]) -> int:
    return max(recognised(row.cells, columns) for row in sheet.rows[:ROWS_BEFORE_HEADINGS])


def _sheet(sheet: Any, most: int) -> RawSheet:
    """Return the rows of a sheet that are not blank: ``most`` and no more."""
    with SheetReader.of(sheet) as reader:
        rows = tuple(islice((row for row in map(_row, reader.rows()) if row), most))
        merged = reader.merged if len(rows) < most else []
    return RawSheet(sheet.title, _filled_down(rows, merged))


def _row(found: tuple[int, list[SheetCell]]) -> RawRow | None:
    """Return a row with its number; None for a blank one."""
    line, cells = found
    texts: dict[int, str] = {}
    faults: dict[int, str] = {}
    for cell in cells:
        place = min(cell.position, MOST_COLUMNS)  # farther to the right is too far all the same
        if text := _text(cell.value):
            texts[place] = text
        if cell.is_error:
            faults[place] = _FORMULA_IN_ERROR
        elif cell.is_formula and cell.value is None and not cell.is_text:
            faults[place] = _FORMULA_WITHOUT_VALUE
    if not texts and not faults:
        return None
    width = max((*texts, *faults)) + 1
    return RawRow(line, tuple(texts.get(place, "") for place in range(width)), faults)


def _filled_down(rows: tuple[RawRow, ...], merged: Sequence[str]) -> tuple[RawRow, ...]:
    """Return the rows with the text of a cell in each of the rows below it that it spans."""
    by_line = {row.line: list(row.cells) for row in rows}
    for each in merged[:_MOST_MERGED]:
        left, top, _right, bottom = range_boundaries(each)
        text = "".join(by_line.get(top, [])[left - 1 : left])
        for line in range(top + 1, min(bottom, rows[-1].line if rows else 0) + 1):
            if text and line in by_line:
                cells = by_line[line]
                cells += [""] * (left - len(cells))
                cells[left - 1] = text
    return tuple(replace(row, cells=tuple(by_line[row.line])) for row in rows)


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
