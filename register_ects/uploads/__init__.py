"""Tables that people upload, as CSV or Excel: read, checked and written back in one way.

A page names the columns that it asks for, and reads::

    COLUMNS = (known_columns.TRN, replace(known_columns.EMAIL, required=False))

    read = read_table(name, content, columns=COLUMNS, limits=Limits(most_rows=500))
    if isinstance(read, Unreadable):
        read.problems       # FileProblem(code, message): every reason, worded for people
        read.headings       # Heading(letter, text, column, samples), to ask which is which
    else:                   # a Table
        read.rows           # Row(line, cells, original, problems): cells["trn"] is a text
        read.unrecognised   # headings that nobody asked for: say so, or ask
        read.sheet          # which sheet, where there are several

What a person says of the columns goes back in: ``read_table(…, mapping={"C": "trn", "D": ""})``,
by letter or by heading; "" leaves a column out. A row with ``problems`` is not to be used.

What a cell means is read by a function of ``readings``, which returns the value or raises
``CellRefused`` with a sentence: ``readings.trn(row.cells["trn"])``. The columns "Line" and
"Problem" of a file of results are left out when it is uploaded again.

Nothing here reads the database. Source: spec 05 §20.2, spec 06 §6.17.2.
"""

from register_ects.uploads.columns import Column
from register_ects.uploads.reading import read_table
from register_ects.uploads.tables import (
    CellProblem,
    FileProblem,
    Heading,
    Limits,
    Row,
    Table,
    Unreadable,
)
