"""Files to send back: a template to fill in, and results that can be corrected and sent again.

Every cell is a text, and none is ever run as a formula: in CSV an apostrophe stands before what
looks like one, which is taken away when the file is read; in a workbook the cell says that it is
text.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from register_ects.rules.spreadsheets import harmless
from register_ects.uploads.columns import RESULT_HEADINGS, Column
from register_ects.uploads.tables import Table

_BOLD = Font(bold=True)
_TEXT = "@"
_NARROWEST, _WIDEST = 12, 60
#: Characters of the choices that Excel offers in a cell, and the last row that offers them.
_LONGEST_OFFER, _ROWS_WITH_AN_OFFER = 250, 5_000


def template_csv(columns: Sequence[Column], examples: Iterable[Mapping[str, str]] = ()) -> bytes:
    """Return the headings as a CSV file, and the rows of ``examples``, by key."""
    return csv_of([column.heading for column in columns], _rows(columns, examples))


def template_xlsx(columns: Sequence[Column], examples: Iterable[Mapping[str, str]] = ()) -> bytes:
    """Return the headings as a workbook, with a second sheet that says what each may hold.

    Cells of a choice offer what is allowed; something else may be typed all the same.
    """
    workbook = Workbook(write_only=True)
    _write(workbook, "Template", [column.heading for column in columns], _rows(columns, examples))
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


def results_csv(table: Table, problems: Mapping[int, Sequence[str]]) -> bytes:
    """Return the rows that have problems, as they were sent, with their lines and what is wrong.

    ``problems`` are sentences by the line of the row.
    """
    return csv_of(*_results(table, problems))


def results_xlsx(table: Table, problems: Mapping[int, Sequence[str]]) -> bytes:
    """Return what ``results_csv`` does, as a workbook."""
    workbook = Workbook(write_only=True)
    _write(workbook, "Results", *_results(table, problems))
    return _saved(workbook)


def csv_of(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file of UTF-8 with a byte order mark, by which spreadsheets know it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerows([harmless(text) for text in row] for row in (head, *rows))
    return stream.getvalue().encode("utf-8-sig")


def xlsx_of(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a workbook of one sheet, in which every cell is text."""
    workbook = Workbook(write_only=True)
    _write(workbook, title, head, rows)
    return _saved(workbook)


def _rows(columns: Sequence[Column], rows: Iterable[Mapping[str, str]]) -> list[list[str]]:
    return [[row.get(column.key, "") for column in columns] for row in rows]


def _results(
    table: Table, problems: Mapping[int, Sequence[str]]
) -> tuple[list[str], list[list[str]]]:
    """Return headings and rows: the columns of the file that are not of results, then two more.

    Where a row has more cells than there are headings, these stand to the right of the others.
    """
    read = [heading for heading in table.headings if heading.column != ""]
    places = [heading.position for heading in read]
    beyond = max((heading.position for heading in table.headings), default=-1) + 1
    rows = []
    for row in table.rows:
        if row.line in problems:
            cells = [_at(row.original, place) for place in places]
            said = [str(row.line), ". ".join(problems[row.line])]
            rows.append([*said, *cells, *row.original[beyond:]])
    return [*RESULT_HEADINGS, *(heading.text for heading in read)], rows


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
