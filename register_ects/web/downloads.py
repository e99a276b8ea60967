"""Files to download, which people open in a spreadsheet: no cell is ever run as a formula.

Nobody keeps them on the way: they are about people.
"""

import csv
from collections.abc import Iterable
from datetime import date

from django.http import HttpResponse

from register_ects.rules.spreadsheets import harmless

Cell = str | date | None
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_file(name: str, head: Iterable[str], rows: Iterable[Iterable[Cell]]) -> HttpResponse:
    """Return a CSV file of UTF-8 with a byte order mark, by which spreadsheets know it."""
    response = _download(name, "\ufeff", "text/csv; charset=utf-8")
    writer = csv.writer(response)
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return response


def workbook_file(name: str, content: bytes) -> HttpResponse:
    """Return an Excel workbook."""
    return _download(name, content, _XLSX)


def _download(name: str, content: str | bytes, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _cell(value: Cell) -> str:
    """Return what stands in a cell: days as 2026-09-01, text that is never a formula."""
    if value is None:
        return ""
    return harmless(value.isoformat() if isinstance(value, date) else value)
