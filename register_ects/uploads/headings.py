"""Which row of a sheet has the headings, and which heading means which column."""

from collections.abc import Mapping, Sequence

from register_ects.uploads.columns import Column, column_of, is_left_out, letter, plain, recognised
from register_ects.uploads.tables import FileProblem, Heading, RawRow, RawSheet
from register_ects.uploads.text_files import ROWS_BEFORE_HEADINGS

#: A row with so many known headings is the row of headings, whatever stands above it.
_SURE = 2
_SAMPLES = 3


def place_of_headings(sheet: RawSheet, columns: Sequence[Column]) -> int:
    """Return which of the rows has the headings: the first, unless titles stand above them."""
    first = [recognised(row.cells, columns) for row in sheet.rows[:ROWS_BEFORE_HEADINGS]]
    if not first or first[0] >= _SURE or max(first) < _SURE:
        return 0
    return first.index(max(first))


def headings_of(
    head: RawRow,
    rows: Sequence[RawRow],
    *,
    columns: Sequence[Column],
    mapping: Mapping[str, str],
) -> tuple[Heading, ...]:
    """Return every column that has a heading or, up to the last heading, anything in it.

    What a person said in ``mapping`` counts before what is recognised. A column that a person
    leaves out, or that files of results have besides, means "".
    """
    said = {plain(name): key for name, key in mapping.items()}
    width = width_of(head)
    headings = []
    for position, text in enumerate(head.cells[:width]):
        samples = _samples(rows, position)
        key = _meaning(letter(position), text, columns, said)
        if text or samples:
            headings.append(Heading(position, text, key, samples))
    return tuple(headings)


def width_of(head: RawRow) -> int:
    """Return how many columns there are up to the last heading."""
    return max((place for place, text in enumerate(head.cells, 1) if text), default=0)


def _meaning(at: str, text: str, columns: Sequence[Column], said: Mapping[str, str]) -> str | None:
    for name in (at.casefold(), plain(text)):
        if name and name in said:
            return said[name]
    column = column_of(text, columns)
    if column and column.key not in said.values():
        return column.key
    return "" if column or is_left_out(text) else None


def _samples(rows: Sequence[RawRow], position: int) -> tuple[str, ...]:
    found: list[str] = []
    for row in rows:
        text = row.cells[position] if position < len(row.cells) else ""
        if text and text not in found:
            found.append(text)
        if len(found) == _SAMPLES:
            break
    return tuple(found)


def positions(
    headings: Sequence[Heading], columns: Sequence[Column]
) -> tuple[dict[str, int], list[FileProblem]]:
    """Return where each column that is there stands, and what is wrong with the headings.

    Of a heading that is there twice, the column with something in it counts.
    """
    places: dict[str, int] = {}
    problems: list[FileProblem] = []
    for column in columns:
        found = [heading for heading in headings if heading.column == column.key]
        filled = [heading for heading in found if heading.samples]
        if len(filled) > 1:
            problems.append(_twice(column, filled))
        elif found:
            places[column.key] = (filled or found)[0].position
    missing = [
        column
        for column in columns
        if column.required and not any(heading.column == column.key for heading in headings)
    ]
    return places, [*problems, *_missing(missing, headings)]


def _twice(column: Column, found: Sequence[Heading]) -> FileProblem:
    named = " and ".join(heading.name for heading in found)
    return FileProblem(
        "heading_twice",
        f"{named} both say “{column.heading}”. Delete one of them, or give it another heading",
    )


def _missing(missing: Sequence[Column], headings: Sequence[Heading]) -> list[FileProblem]:
    if not missing:
        return []
    named = _listed([column.heading for column in missing])
    if not any(heading.column for heading in headings):
        return [
            FileProblem(
                "no_headings",
                f"The first row must have the headings {named}. Download the template, or add the "
                "headings",
            )
        ]
    noun = "a column" if len(missing) == 1 else "columns"
    unknown = _listed([heading.text for heading in headings if heading.column is None])
    also = f". These headings are not recognised: {unknown}" if unknown else ""
    message = f"The file must have {noun} with the heading {named}{also}"
    return [FileProblem("headings_missing", message)]


def _listed(texts: Sequence[str]) -> str:
    quoted = [f"“{text}”" for text in texts if text]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"
