"""CSV files that people open in a spreadsheet: no cell of theirs is ever run as a formula."""

import csv
import re
from collections.abc import Iterable
from datetime import date

from django.http import HttpResponse

#: Where a spreadsheet may begin a formula, in full width too: at the start of a cell, and where it
#: may begin another one, because it divides cells at semicolons or tabs instead of commas.
_BEGINS_A_FORMULA = re.compile(
    r"(?:^|(?<=[;,\t\r\n]))(?=\s*[\"']?[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r])"
)

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
    text = value.isoformat() if isinstance(value, date) else value
    return _BEGINS_A_FORMULA.sub("'", text)
