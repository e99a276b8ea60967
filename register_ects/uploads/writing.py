"""Workbooks to send back: a template to fill in, and rows that can be corrected and sent again.

Every cell says that it is text, so that none is ever run as a formula.
"""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from register_ects.rules.spreadsheets import harmless
from register_ects.uploads.columns import Column

_BOLD = Font(bold=True)
_TEXT = "@"
_NARROWEST, _WIDEST = 12, 60
#: Characters of the choices that Excel offers in a cell, and the last row that offers them.
_LONGEST_OFFER, _ROWS_WITH_AN_OFFER = 250, 5_000


def template_xlsx(columns: Sequence[Column]) -> bytes:
    """Return the headings as a workbook, with a second sheet that says what each may hold.

    Cells of a choice offer what is allowed; something else may be typed all the same.
    """
    workbook = Workbook(write_only=True)
    _write(workbook, "Template", [column.heading for column in columns], ())
    for place, column in enumerate(columns, 1):
        offered = ",".join(column.allowed)
        if offered and len(offered) <= _LONGEST_OFFER:
            at = get_column_letter(place)
            choice = DataValidation(
                "list", f'"{offered}"', showErrorMessage=False, allow_blank=True
            )
            choice.add(f"{at}2:{at}{_ROWS_WITH_AN_OFFER}")
            workbook["Template"].data_validations.append(choice)
    _write(
        workbook,
        "Allowed values",
        ["Column", "Must be filled in", "Allowed values", "Notes", "Example"],
        [
            [
                column.heading,
                "Yes" if column.required else "No",
                ", ".join(column.allowed),
                column.hint,
                column.example,
            ]
            for column in columns
        ],
    )
    return _saved(workbook)


def xlsx_of(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a workbook of one sheet, in which every cell is text."""
    workbook = Workbook(write_only=True)
    _write(workbook, title, head, rows)
    return _saved(workbook)


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _write(
    workbook: Workbook, title: str, head: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    rows = list(rows)
    for place, heading in enumerate(head):
        longest = max(len(_at(row, place)) for row in ([heading], *rows) if row)
        width = min(max(longest, len(heading), _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(place + 1)].width = width + 2
        sheet.column_dimensions[get_column_letter(place + 1)].number_format = _TEXT
    sheet.append([_cell(sheet, text, bold=True) for text in head])
    for row in rows:
        sheet.append([_cell(sheet, text) for text in row])


def _cell(sheet: object, text: str, *, bold: bool = False) -> WriteOnlyCell:
    """Return a cell of text, which stays text when somebody types in it."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    cell.number_format = _TEXT
    cell.quotePrefix = bool(text) and harmless(text) != text
    if bold:
        cell.font = _BOLD
    return cell


def _saved(workbook: Workbook) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()
