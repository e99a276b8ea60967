"""Read the cells that a sheet of a workbook has, in one pass, and nothing besides.

A sheet names its rows and cells as it likes: one in the last row costs no more than one in the
first. openpyxl reads what a cell means; what it does not tell, whether there is a formula, is
added here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from openpyxl.worksheet import _reader
from openpyxl.xml.constants import SHEET_MAIN_NS

from register_ects.uploads.tables import FileRefused

#: Rows that may have looks and nothing in them: to read past each takes its time.
MOST_BLANK_ROWS = 50_000
_TOO_MANY_BLANK_ROWS = (
    f"The workbook has more than {MOST_BLANK_ROWS:,} blank rows. Copy the rows that are filled in "
    "into a new workbook and send that"
)
#: Rows that a sheet can have; merged cells that are looked at; and elements that are read of all
#: sheets of a workbook together.
_LAST_ROW, _MOST_MERGED, _MOST_ELEMENTS = 1_048_576, 1_000, 400_000
_TOO_MANY_CELLS = (
    "The workbook has too many cells on its sheets. Copy the rows into a new workbook and send that"
)
_MERGED = f"{{{SHEET_MAIN_NS}}}mergeCell"


@dataclass(frozen=True)
class SheetCell:
    """A cell: where it stands in its row, counted from 0, and the value that is kept of it."""

    position: int
    value: Any
    kind: str
    is_formula: bool

    @property
    def is_error(self) -> bool:
        """Whether the value is an error, like #REF!."""
        return self.kind == "e"

    @property
    def is_text(self) -> bool:
        """Whether a formula came to a text, be it an empty one."""
        return self.kind == "str"


class Budget:
    """What may still be read of a workbook: many sheets may name one and the same content."""

    def __init__(self) -> None:
        self._elements = 0

    def spend(self) -> None:
        """Count an element. Raises FileRefused for one too many."""
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise FileRefused("too_many_cells", _TOO_MANY_CELLS)


class SheetReader(_reader.WorkSheetParser):  # type: ignore[misc]
    """The rows of a sheet; ``merged`` are the merged cells, once all rows are read."""

    row_counter: int
    col_counter: int
    budget: Budget

    @classmethod
    def of(cls, sheet: Any, budget: Budget) -> Self:
        """Return the reader of a sheet of a workbook that was opened to be read only."""
        workbook = sheet.parent
        reader = cls(
            sheet._get_source(),
            sheet._shared_strings,
            data_only=True,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,
            timedelta_formats=workbook._timedelta_formats,
        )
        reader.budget = budget
        return reader

    def __enter__(self) -> Self:
        self.merged: list[str] = []
        return self

    def __exit__(self, *error: object) -> None:
        self.source.close()

    def rows(self) -> Iterator[tuple[int, list[SheetCell]]]:
        """Yield the number of each row that has anything in it, and its cells.

        Raises FileRefused where too many rows have looks alone or the workbook's budget is spent,
        and ValueError where rows are not in order, or are none that a sheet can have.
        """
        blank = 0
        for _event, element in _reader.iterparse(self.source):
            self.budget.spend()
            if element.tag == _reader.ROW_TAG:
                row = self.parse_row(element)
                element.clear()
                blank += not row[1]
                if blank > MOST_BLANK_ROWS:
                    raise FileRefused("too_many_blank_rows", _TOO_MANY_BLANK_ROWS)
                if row[1]:
                    yield row
            elif element.tag == _MERGED and len(self.merged) < _MOST_MERGED:
                self.merged.append(element.get("ref", ""))

    def parse_row(self, row: Any) -> tuple[int, list[SheetCell]]:
        """Return the number of a row and its cells, without those that have looks alone."""
        line = int(row.get("r", self.row_counter + 1))
        if not self.row_counter < line <= _LAST_ROW:
            raise ValueError(line)
        self.row_counter = line
        self.col_counter = 0
        cells = []
        for element in row:
            if len(element):
                cells.append(self.parse_cell(element))
            else:
                self.col_counter += 1  # counts where cells do not say where they stand
        return self.row_counter, cells

    def parse_cell(self, element: Any) -> SheetCell:
        """Return a cell."""
        is_formula = element.find(_reader.FORMULA_TAG) is not None
        cell = super().parse_cell(element)
        return SheetCell(cell["column"] - 1, cell["value"], cell["data_type"], is_formula)
