"""Read an uploaded file: what kind it is, its sheet, its headings, its rows."""

from collections.abc import Collection, Mapping, Sequence

from register_ects.uploads import kinds
from register_ects.uploads.columns import MOST_COLUMNS, Column, letter
from register_ects.uploads.headings import headings_of, place_of_headings, positions, width_of
from register_ects.uploads.readings import as_counted_from_1900
from register_ects.uploads.tables import (
    CellProblem,
    FileProblem,
    FileRefused,
    Limits,
    RawRow,
    RawSheet,
    Row,
    Table,
    Unreadable,
)
from register_ects.uploads.text_files import read_text
from register_ects.uploads.workbooks import read_workbook


def read_table(
    name: str,
    content: bytes,
    *,
    columns: Sequence[Column],
    limits: Limits,
    mapping: Mapping[str, str] | None = None,
) -> Table | Unreadable:
    """Return the table in a file, or every reason why it is none.

    ``name`` is the file's own name; its end must fit what the file is. ``mapping`` says which
    column is which, by letter or by heading, where a person has said so; "" leaves one out.
    """
    try:
        kinds.refuse_what_is_no_table(name, content, limits)
        if kinds.is_workbook(content):
            sheet = read_workbook(content, columns, limits)
        else:
            sheet = read_text(content, columns)
        return _table(sheet, columns, limits, mapping or {})
    except FileRefused as refused:
        return Unreadable((refused.problem,))


def _table(
    sheet: RawSheet, columns: Sequence[Column], limits: Limits, mapping: Mapping[str, str]
) -> Table | Unreadable:
    if not sheet.rows:
        raise FileRefused("empty", kinds.EMPTY)
    place = place_of_headings(sheet, columns)
    head, rows = sheet.rows[place], sheet.rows[place + 1 :]
    width = width_of(head)
    if width > MOST_COLUMNS:
        raise FileRefused(
            "too_many_columns",
            f"The file has more than {MOST_COLUMNS:,} columns. Delete those that are not asked for",
        )
    headings = headings_of(head, rows, columns=columns, mapping=mapping)
    by_key, problems = positions(headings, columns)
    problems += _wrong_number(rows, limits)
    if problems:
        return Unreadable(tuple(problems), headings)
    days = {column.key for column in columns if column.is_day and sheet.from_1904}
    read = tuple(_row(row, columns, by_key, width, days) for row in rows)
    return Table(headings, read, sheet.name, sheet.others)


def _wrong_number(rows: Sequence[RawRow], limits: Limits) -> list[FileProblem]:
    if not rows:
        return [FileProblem("only_headings", "The file has headings and no rows beneath them")]
    if len(rows) > limits.most_rows:
        return [
            FileProblem(
                "too_many_rows",
                f"The file has more than {limits.most_rows:,} rows. Split it into several files",
            )
        ]
    return []


def _row(
    row: RawRow,
    columns: Sequence[Column],
    by_key: Mapping[str, int],
    width: int,
    days: Collection[str],
) -> Row:
    """Return a row; ``days`` are the columns whose numbers count days from 1904."""
    cells = {
        column.key: _cell(row, by_key[column.key]) if column.key in by_key else ""
        for column in columns
    }
    cells |= {key: as_counted_from_1900(cells[key]) for key in days}
    return Row(row.line, cells, row.cells, tuple(_problems(row, by_key, width)))


def _cell(row: RawRow, position: int) -> str:
    return row.cells[position] if position < len(row.cells) else ""


def _problems(row: RawRow, by_key: Mapping[str, int], width: int) -> list[CellProblem]:
    problems = [
        CellProblem(key, "formula", f"Cell {letter(position)}{row.line} {row.faults[position]}")
        for key, position in by_key.items()
        if position in row.faults
    ]
    filled = max((place for place, text in enumerate(row.cells, 1) if text), default=0)
    if filled > width:
        problems.insert(
            0,
            CellProblem(
                "",
                "too_many_cells",
                f"This row has {filled:,} cells, but there are {width:,} headings. Check for a "
                "cell too many, or a comma that should be in quotation marks",
            ),
        )
    return problems
