"""The columns of a file of ECTs, and its rows as cells (spec 05 §20.2)."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any

from register_ects.operations.batches.collecting import MOST_ROWS
from register_ects.operations.batches.held import Cells
from register_ects.rules.enumerations import WorkingPattern
from register_ects.sealing import sealed, unsealed
from register_ects.uploads import known_columns as known
from register_ects.uploads import readings
from register_ects.uploads.columns import Column
from register_ects.uploads.reading import read_table
from register_ects.uploads.tables import Limits, Row, Table, Unreadable

_START = known.START_DATE
COLUMNS = (
    known.TRN,
    *(
        replace(column, required=False, hint="Only to point out if it is another person’s")
        for column in (known.FIRST_NAME, known.LAST_NAME, known.FULL_NAME)
    ),
    replace(known.DATE_OF_BIRTH, required=False),
    known.NI_NUMBER,
    known.CORRECTED_NAME,
    known.EMAIL,
    replace(_START, key="started_on", aliases=(*_START.aliases, _START.key)),
    Column(
        "working_pattern",
        "Working pattern",
        aliases=("Full or part time", "Hours", "FT/PT"),
        allowed=tuple(str(label) for label in WorkingPattern.labels),
        example="Full time",
    ),
    Column(
        "appropriate_body",
        "Appropriate body",
        required=False,
        aliases=("AB", "Body"),
        hint="Blank: what you choose when you upload the file",
    ),
    Column(
        "training_programme",
        "Training programme",
        required=False,
        aliases=("Programme", "Training", "Training route"),
        allowed=("Provider-led", "School-led"),
        hint="Blank: what you choose when you upload the file",
        example="Provider-led",
    ),
    Column(
        "lead_provider",
        "Lead provider",
        required=False,
        aliases=("Provider", "Training provider"),
        hint="Blank: what you choose when you upload the file, or school-led training",
    ),
    Column(
        "mentor_trn",
        "Mentor TRN",
        required=False,
        aliases=("Mentor", "Mentor’s TRN", "TRN of mentor"),
        hint="A mentor who is registered at your school already",
    ),
)
LIMITS = Limits(most_rows=MOST_ROWS)
_CALLED = {"date_of_birth": "date of birth", "started_on": "start date"}
DATES: Mapping[str, Callable[..., Any]] = {
    "date_of_birth": readings.date_of_birth,
    "started_on": partial(readings.day, called=_CALLED["started_on"]),
}
_TRNS: Mapping[str, Callable[..., Any]] = {
    "trn": readings.trn,
    "mentor_trn": partial(readings.trn, called="mentor’s TRN"),
}
#: Mistakes of spreadsheets alone; of any other the form says what is allowed.
_SAID_HERE = {"scientific", "decimals", "month_first", "no_date"}
_REFUSED = " refused"
#: Cells that are compared, and asked for on no page.
COMPARED = (known.FIRST_NAME.key, known.LAST_NAME.key, known.FULL_NAME.key)


@dataclass(frozen=True)
class File:
    """A file as it was sent. As a text it is its mark: what a form was sent with is known by it."""

    name: str
    content: bytes = field(repr=False)

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """Return the file's SHA-256."""
        return sha256(self.content).hexdigest()

    def sealed(self) -> bytes:
        """Return it encrypted, to be kept until it is known which column is which."""
        return sealed({"name": self.name, "content": b64encode(self.content).decode()})

    @classmethod
    def unsealed(cls, held: bytes) -> "File":
        """Return what was kept."""
        kept = unsealed(held)
        return cls(kept["name"], b64decode(kept["content"]))

    def read(self, mapping: Mapping[str, str] | None = None) -> Table | Unreadable:
        """Return its table, or why it is none."""
        return read_table(self.name, self.content, columns=COLUMNS, limits=LIMITS, mapping=mapping)


def rows_of(table: Table) -> list[tuple[int, Cells]]:
    """Return the lines of a table with their cells, as a page would send them where possible."""
    month_first = {
        key for key in DATES if any(readings.has_month_first(row.cells[key]) for row in table.rows)
    }
    return [(row.line, _cells(row, month_first)) for row in table.rows]


def _cells(row: Row, month_first: Collection[str]) -> dict[str, str]:
    cells = dict(row.cells)
    for key, reading in {**DATES, **_TRNS}.items():
        try:
            if key in month_first:
                readings.refuse_either_first(cells[key], called=_CALLED[key])
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


def refused_cells(cells: Cells) -> dict[str, str]:
    """Return why cells of a file could not be read, by their keys, where no form can say it."""
    return {
        key.removesuffix(_REFUSED): text for key, text in cells.items() if key.endswith(_REFUSED)
    }
