"""The columns of a file of ECTs, and its rows as cells (spec 05 §20.2)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from register_ects.operations.batches.collecting import MOST_ROWS
from register_ects.operations.batches.held import Cells
from register_ects.rules.enumerations import WorkingPattern
from register_ects.uploads import cells, readings
from register_ects.uploads import known_columns as known
from register_ects.uploads.columns import Column
from register_ects.uploads.files import SentFile
from register_ects.uploads.tables import Limits, Table, Unreadable

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
        required=False,
        aliases=("Full or part time", "Hours", "FT/PT"),
        allowed=tuple(str(label) for label in WorkingPattern.labels),
        hint="Blank: what you choose when you upload the file",
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
#: Cells that are compared, and asked for on no page.
COMPARED = (known.FIRST_NAME.key, known.LAST_NAME.key, known.FULL_NAME.key)


class File(SentFile):
    """A file of ECTs."""

    def read(self, mapping: Mapping[str, str] | None = None) -> Table | Unreadable:
        """Return its table, or why it is none."""
        return self.read_as(COLUMNS, LIMITS, mapping)


def rows_of(table: Table) -> list[tuple[int, Cells]]:
    """Return the lines of a table with their cells, as a page would send them where possible."""
    return cells.rows_of(table, dates=DATES, trns=_TRNS, called=_CALLED)
