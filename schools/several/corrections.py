"""The rows of a list as a file that can be corrected, and uploaded in place of the list."""

from collections.abc import Iterable

from register_ects.models import RegistrationBatch, RegistrationBatchRow
from register_ects.operations.batches.held import OVER, Cells, held_by
from register_ects.rules.enumerations import WorkingPattern
from register_ects.uploads.cells import as_typed
from register_ects.uploads.columns import RESULT_HEADINGS
from register_ects.web.forms import Choice
from schools.several.files import COLUMNS, DATES
from schools.several.forms import PROGRAMMES
from schools.several.lists import TO_MEND
from schools.several.offers import Offer

HEADINGS = (*RESULT_HEADINGS, *(column.heading for column in COLUMNS))
_HEADING_OF = {column.key: column.heading for column in COLUMNS}


def to_correct(batch: RegistrationBatch) -> list[list[str]]:
    """Return the line, what is wrong and the cells of each row that is not over.

    Rows that need changes come first. What was left blank is blank: it is chosen with the file.
    """
    rows = list(RegistrationBatchRow.objects.filter(batch=batch).exclude(state__in=OVER))
    rows.sort(key=lambda row: (row.state not in TO_MEND, row.number))
    written = as_written([held_by(row).cells for row in rows], Offer(batch.school))
    return [
        [str(row.number), _said(row), *cells.values()]
        for row, cells in zip(rows, written, strict=True)
    ]


def as_written(rows: Iterable[Cells], offer: Offer) -> list[dict[str, str]]:
    """Return the cells of rows by column, as people write them in a file."""
    texts = _texts(offer)
    return [
        {column.key: _cell(column.key, cells.get(column.key) or "", texts) for column in COLUMNS}
        for cells in rows
    ]


def _said(row: RegistrationBatchRow) -> str:
    """Return what is wrong, by the headings of the file."""
    return ". ".join(
        f"{_HEADING_OF[cell]}: {text}" if cell in _HEADING_OF else text
        for cell, text in row.problems
    )


def _cell(key: str, text: str, texts: dict[str, dict[str, str]]) -> str:
    """Return a cell as people write it: what a page took as a key of a choice is its text."""
    if key in DATES:
        return as_typed(text)
    return texts.get(key, {}).get(text, text)


def _texts(offer: Offer) -> dict[str, dict[str, str]]:
    """Return the texts of choices by their values, by the column."""
    patterns = [Choice(str(value), str(text)) for value, text in WorkingPattern.choices]
    of = {"working_pattern": patterns, "training_programme": PROGRAMMES, **offer.choices}
    return {key: {str(each.value): each.text for each in choices} for key, choices in of.items()}
