"""Files that people upload, and the columns that they are read for."""

import io
import zipfile
from dataclasses import replace

from openpyxl import Workbook

from register_ects.uploads import Column, Limits, Table, known_columns, read_table

TRN, BORN = known_columns.TRN, known_columns.DATE_OF_BIRTH
EMAIL = replace(known_columns.EMAIL, required=False)
PATTERN = Column("working_pattern", "Working pattern", required=False, allowed=("Full time",))
COLUMNS = (TRN, BORN, EMAIL, PATTERN)


def read(content, name="ects.csv", columns=COLUMNS, limits=None, **options):
    """Read a text, encoded as UTF-8, or bytes."""
    raw = content.encode() if isinstance(content, str) else content
    return read_table(name, raw, columns=columns, limits=limits or Limits(), **options)


def cells_of(table, *keys):
    """Return the cells of these columns, row by row."""
    assert isinstance(table, Table), table
    keys = keys or ("trn", "date_of_birth")
    return [tuple(row.cells[key] for key in keys) for row in table.rows]


def codes_of(unreadable):
    return [problem.code for problem in unreadable.problems]


def saved(workbook):
    """Return a workbook as bytes."""
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def workbook_of(*rows):
    """Return a workbook with these rows in its only sheet."""
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    return workbook


def with_part(content, name, part):
    """Return a workbook with one of its files replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
