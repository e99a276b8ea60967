"""CSV files that people open in a spreadsheet: no cell of theirs is ever run as a formula."""

import csv
from collections.abc import Iterable
from datetime import date

from django.http import HttpResponse

from register_ects.rules.spreadsheets import harmless

Cell = str | date | None


def csv_file(name: str, head: Iterable[str], rows: Iterable[Iterable[Cell]]) -> HttpResponse:
    """Return a download of UTF-8 with a byte order mark, by which spreadsheets know it.

    Nobody keeps it on the way: it is about people.
    """
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    writer = csv.writer(response)
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return response


def _cell(value: Cell) -> str:
    """Return what stands in a cell: days as 2026-09-01, text that is never a formula."""
    if value is None:
        return ""
    return harmless(value.isoformat() if isinstance(value, date) else value)
