"""Read an Excel workbook as a table: the first sheet that people see with headings that we know.

A small workbook may unpack to more than can be read in a day: what it says of its size, and what
it really unpacks to, is checked before anything is parsed. Formulas are never worked out: what
Excel kept of them counts.
"""

import io
import warnings
import zipfile
import zlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from openpyxl.reader.excel import ExcelReader, _find_workbook_part
from openpyxl.utils import range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.utils.exceptions import InvalidFileException

from register_ects.uploads.columns import MOST_COLUMNS, Column, recognised
from register_ects.uploads.sheets import Budget, SheetCell, SheetReader
from register_ects.uploads.tables import FileRefused, Limits, RawRow, RawSheet
from register_ects.uploads.text_files import ROWS_BEFORE_HEADINGS, normalised

#: Bytes that a workbook may have once it is unpacked, and files in it. 500 rows have about 1 MB.
MOST_UNPACKED, MOST_FILES = 8 * 1024 * 1024, 500
#: Tags (each takes its time to read) in all files; in those besides the cells and their texts, and
#: sheets. 500 rows have about 50,000 tags; a workbook of many looks has 20,000 of looks.
MOST_TAGS, MOST_OTHER_TAGS, MOST_SHEETS = 400_000, 50_000, 100
_CELLS_AND_TEXTS = ("xl/worksheets/", "xl/sharedStrings.xml")
_CHUNK = 1 << 16
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
        unpacked = tags = other_tags = 0
        for each in files:
            with archive.open(each) as stream:
                while piece := stream.read(_CHUNK):
                    unpacked += len(piece)
                    tags += piece.count(b"<")
                    if not each.filename.startswith(_CELLS_AND_TEXTS):
                        other_tags += piece.count(b"<")
                    if unpacked > MOST_UNPACKED or tags > MOST_TAGS or other_tags > MOST_OTHER_TAGS:
                        raise _unpacks_to_too_much()


class _BoundedReader(ExcelReader):  # type: ignore[misc]
    """Opens a workbook of a few sheets, whose list of sheets is not passed off as a sheet."""

    def read_workbook(self) -> None:
        if _find_workbook_part(self.package).PartName.lstrip("/").startswith(_CELLS_AND_TEXTS):
            raise InvalidFileException
        super().read_workbook()

    def read_worksheets(self) -> None:
        if len(self.parser.sheets) > MOST_SHEETS:
            raise FileRefused(
                "too_many_sheets",
                f"The workbook has more than {MOST_SHEETS} sheets. Copy the rows into a new "
                "workbook and send that",
            )
        super().read_worksheets()


def _unpacks_to_too_much() -> FileRefused:
    return FileRefused(
        "unpacks_to_too_much",
        "The workbook holds too much once it is unpacked. Copy the rows into a new workbook, "
        "without pictures and other sheets, and send that",
    )


def _chosen(content: bytes, columns: Sequence[Column], limits: Limits) -> RawSheet:
    opened = _BoundedReader(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    opened.read()
    workbook, budget = opened.wb, Budget()
    try:
        seen = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        begun = [(sheet, _sheet(sheet, ROWS_BEFORE_HEADINGS, budget)) for sheet in seen]
        filled = [(sheet, rows) for sheet, rows in begun if rows]
        if not filled:
            return RawSheet("", ())
        known = [max(recognised(row.cells, columns) for row in rows) for _sheet, rows in filled]
        best = known.index(max(known))  # the first of the best
        most = limits.most_rows + ROWS_BEFORE_HEADINGS + 1
        rows = _sheet(filled[best][0], most, budget)
    finally:
        workbook.close()
    names = [sheet.title for sheet, _rows in filled]
    from_1904 = workbook.epoch == MAC_EPOCH
    if len(names) == 1:
        return RawSheet("", rows, from_1904=from_1904)
    alike = [name for name, count in zip(names, known, strict=True) if count == known[best] > 0]
    others = tuple(name for name in alike if name != names[best])
    return RawSheet(names[best], rows, others, from_1904)


def _sheet(sheet: Any, most: int, budget: Budget) -> tuple[RawRow, ...]:
    """Return the rows of a sheet that are not blank: ``most`` and no more."""
    with SheetReader.of(sheet, budget) as reader:
        rows = tuple(islice((row for row in map(_row, reader.rows()) if row), most))
        merged = reader.merged if len(rows) < most else []
    return _filled_down(rows, merged)


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
    lines = list(by_line)  # in order, as the sheet has them
    for each in merged:
        left, top, _right, bottom = range_boundaries(each)
        text = "".join(by_line.get(top, [])[left - 1 : left])
        for line in lines[bisect_right(lines, top) : bisect_right(lines, bottom)] if text else ():
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
