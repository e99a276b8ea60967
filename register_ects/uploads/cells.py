"""The rows of a table as the cells of a batch: dates and TRNs as pages would send them.

What only a spreadsheet gets wrong is noted beside the cell; of any other fault whoever reads the
cells says what is allowed.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from register_ects.uploads import readings
from register_ects.uploads.tables import Row, Table

#: What reads the text of a column.
Readings = Mapping[str, Callable[..., Any]]
Cells = Mapping[str, str]

#: Mistakes of spreadsheets alone.
_SAID_HERE = {"scientific", "decimals", "month_first", "no_date"}
_REFUSED = " refused"


def rows_of(
    table: Table, *, dates: Readings, trns: Readings, called: Mapping[str, str]
) -> list[tuple[int, Cells]]:
    """Return the lines of a table with their cells, as a page would send them where possible.

    ``called`` is what people call the columns of ``dates``.
    """
    month_first = {
        key for key in dates if any(readings.has_month_first(row.cells[key]) for row in table.rows)
    }

    def refuse_doubtful(key: str, text: str) -> None:
        if key in month_first:
            readings.refuse_either_first(text, called=called[key])

    return [(row.line, _cells(row, {**dates, **trns}, refuse_doubtful)) for row in table.rows]


def refused_cells(cells: Cells) -> dict[str, str]:
    """Return why cells of a file could not be read, by their keys, where nothing else says it."""
    return {
        key.removesuffix(_REFUSED): text for key, text in cells.items() if key.endswith(_REFUSED)
    }


def as_typed(text: str) -> str:
    """Return a date as people type it in a file: what was read is "31 3 1998"."""
    words = text.split(" ")
    return "/".join(words) if all(word.isdigit() for word in words) else text


def twice(rows: Collection[tuple[int, Cells]], key: str) -> dict[str, list[int]]:
    """Return the lines of each value of a column that several rows have."""
    lines: dict[str, list[int]] = {}
    for line, cells in rows:
        if cells.get(key):
            lines.setdefault(cells[key], []).append(line)
    return {value: found for value, found in lines.items() if len(found) > 1}


def _cells(row: Row, read: Readings, refuse_doubtful: Callable[[str, str], None]) -> dict[str, str]:
    cells = dict(row.cells)
    for key, reading in read.items():
        try:
            refuse_doubtful(key, cells[key])
            found = reading(cells[key], optional=True)
        except readings.CellRefused as refused:
            if refused.code in _SAID_HERE:
                cells[f"{key}{_REFUSED}"] = refused.message
            continue
        if isinstance(found, date):
            found = f"{found.day} {found.month} {found.year}"
        cells[key] = found or cells[key]
    if row.problems:
        cells["problem"] = row.problems[0].message
    return cells
