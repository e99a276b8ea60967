"""Turn the lines of an extract into facts, and leave out what the service does not keep.

Rows that say something impossible (a bad date, an unknown status) are set aside with their line
number. The first row of an establishment, or of a link, counts; later ones are set aside too.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from datetime import date
from typing import Any

from register_ects import clock
from register_ects.gias.reader import Extract
from register_ects.gias.values import (
    DERIVED,
    LAST_CHANGED,
    LINK_FIELDS,
    Field,
    MonthBeforeDay,
    day,
    hard_to_believe,
)
from register_ects.rules import establishments
from register_ects.rules.enumerations import GIASSchoolStatus

Row = list[Any]
Reader = tuple[int, Callable[[str], Any]]
#: A position in the row, its field and what says that its value is hard to believe.
Doubted = tuple[int, Field, Callable[[Any, date], str | None]]

#: What decides whether a row is kept; read before anything else of it.
_DECIDING = ("urn", "type_name", "status", "closed_on", "section_41_approved")


class RegisterRows:
    """The rows to apply, as line number, ``fields``: kept by the filter or of a URN held.

    ``fields`` are those the file has, followed by ``DERIVED``, which are None for a held
    establishment of a type that we do not know. After iterating, ``skipped`` counts the rows
    left out by reason, and ``newest_change`` is the last day on which the register changed a
    row of the file (None when it does not say). Source: spec 07 §8.1 with its Improve (5).
    """

    def __init__(self, extract: Extract, *, known: Sequence[Field], held: Collection[int]) -> None:
        present = [field for field in known if field.source in extract.columns]
        present.sort(key=lambda field: field.name not in _DECIDING)
        self.fields = [*present, *DERIVED]
        self.skipped: Counter[str] = Counter()
        self.newest_change: date | None = None
        self._today = clock.today()
        self._extract = extract
        self._held = held
        self._present = present
        self._readers = _readers(extract, present)
        self._deciding_names = [field.name for field in present if field.name in _DECIDING]
        names = [field.name for field in present]
        self._opening = names.index("opened_on") if "opened_on" in names else None
        self._closing = names.index("closed_on") if "closed_on" in names else None
        self._doubted = _doubted(present)

    def __iter__(self) -> Iterator[Row]:
        seen: dict[Hashable, int] = {}
        first_readers = self._readers[: len(self._deciding_names)]
        other_readers = self._readers[len(self._deciding_names) :]
        changed = _position(self._extract, LAST_CHANGED)
        for line, values in self._extract.rows():
            try:
                row = _read(values, first_readers)
                _note_first(seen, row[0], line)
                facts = dict(zip(self._deciding_names, row, strict=True))
                closed = facts.get("closed_on")
                if closed and hard_to_believe(closed, self._today):
                    facts["closed_on"] = None
                if changed is not None:
                    self._note_change(line, values[changed])
                if reason := self._reason_to_skip(line, facts):
                    self.skipped[reason] += 1
                    continue
                row += _read(values, other_readers)
            except ValueError as error:
                _set_aside(line, error, values, self._extract, self._present)
                continue
            self._doubt(line, row)
            yield [line, *row, *self._derived(facts)]

    def _note_change(self, line: int, value: str) -> None:
        """Note when the register changed the row. A day still to come says nothing of its age.

        Raises ValueError for what is no date: a file without its age would pass for a new one.
        """
        try:
            changed = day(value)
        except ValueError as error:
            raise type(error)(f"{LAST_CHANGED}: {error}") from None
        if changed is None:
            return
        if changed > self._today:
            self._extract.warnings.add(line, f"{LAST_CHANGED}: {value} is still to come")
        elif doubt := hard_to_believe(changed, self._today):
            self._extract.warnings.add(line, f"{LAST_CHANGED}: {doubt}: left out")
        elif self.newest_change is None or changed > self.newest_change:
            self.newest_change = changed

    def _doubt(self, line: int, row: Row) -> None:
        """Warn of what is hard to believe, and leave out what cannot be used."""
        _leave_out(self._doubted, self._extract, line, row, self._today)
        if self._opening is not None and self._closing is not None:
            opened, closed = row[self._opening], row[self._closing]
            if opened and closed and closed < opened:
                self._extract.warnings.add(
                    line, f"CloseDate: {closed:%d-%m-%Y} is before the opening, {opened:%d-%m-%Y}"
                )

    def _reason_to_skip(self, line: int, facts: dict[str, Any]) -> str | None:
        held = facts["urn"] in self._held
        matters = held or facts["status"] in establishments.OPEN_STATUSES
        if matters and facts["type_name"] not in establishments.KNOWN_TYPES:
            then = "what it is eligible for stays as it is" if held else "not imported"
            self._extract.warnings.add(
                line,
                f"TypeOfEstablishment (name): {facts['type_name']!r} is not a type we know: {then}",
            )
        if held:
            return None
        return reason_to_skip(
            type_name=facts["type_name"],
            status=facts["status"],
            closed_on=facts.get("closed_on"),
        )

    def _derived(self, facts: dict[str, Any]) -> tuple[bool | None, bool | None]:
        """Return the values of ``DERIVED``: in England, eligible."""
        is_open = facts["status"] in establishments.OPEN_STATUSES
        if facts["type_name"] not in establishments.KNOWN_TYPES:
            return None, None if is_open else False
        return (
            facts["type_name"] not in establishments.TYPES_OUTSIDE_ENGLAND,
            establishments.is_eligible(
                type_name=facts["type_name"],
                status=facts["status"],
                section_41_approved=facts.get("section_41_approved", False),
            ),
        )


def reason_to_skip(*, type_name: str, status: str, closed_on: date | None) -> str | None:
    """Say why the import leaves out an establishment that we do not hold; None if it is kept."""
    if establishments.is_kept(type_name=type_name, status=status, closed_on=closed_on):
        return None
    if type_name not in establishments.KNOWN_TYPES:
        return "type not known"
    if type_name in establishments.TYPES_OUTSIDE_ENGLAND:
        return "not in England"
    fit = type_name in establishments.ELIGIBLE_TYPES or establishments.is_independent(type_name)
    if not fit:
        return "type not eligible"
    if status == GIASSchoolStatus.PROPOSED_TO_OPEN:
        return "not open yet"
    if closed_on is None:
        return "closed, date not known"
    return f"closed before {establishments.EARLIEST_CLOSURE_KEPT:%Y}"


def link_rows(extract: Extract) -> Iterator[Row]:
    """Yield each link: line number and ``LINK_FIELDS``."""
    readers, doubted = _readers(extract, LINK_FIELDS), _doubted(LINK_FIELDS)
    today = clock.today()
    seen: dict[Hashable, int] = {}
    for line, values in extract.rows():
        try:
            row = _read(values, readers)
            _note_first(seen, (row[0], row[1]), line)
        except ValueError as error:
            _set_aside(line, error, values, extract, LINK_FIELDS)
            continue
        _leave_out(doubted, extract, line, row, today)
        yield [line, *row]


def _doubted(fields: Sequence[Field]) -> list[Doubted]:
    return [
        (position, field, field.oddity) for position, field in enumerate(fields) if field.oddity
    ]


def _leave_out(
    doubted: Sequence[Doubted], extract: Extract, line: int, row: Row, today: date
) -> None:
    """Warn of what is hard to believe in a row, and leave out what cannot be used."""
    for position, field, oddity in doubted:
        value = row[position]
        if value is not None and (doubt := oddity(value, today)):
            left_out = ": left out" if field.left_out_when_odd else ""
            extract.warnings.add(line, f"{field.source}: {doubt}{left_out}")
            if field.left_out_when_odd:
                row[position] = None


def _readers(extract: Extract, fields: Sequence[Field]) -> list[Reader]:
    return [(extract.columns.index(field.source), field.read) for field in fields]


def _position(extract: Extract, column: str) -> int | None:
    return extract.columns.index(column) if column in extract.columns else None


def _read(values: list[str], readers: Sequence[Reader]) -> Row:
    return [read(values[position]) for position, read in readers]


def _set_aside(
    line: int, error: ValueError, values: list[str], extract: Extract, fields: Sequence[Field]
) -> None:
    """Count a row as malformed, with the name of the first column at fault."""
    reason = str(error)
    for field in fields:
        try:
            field.read(values[extract.columns.index(field.source)])
        except ValueError as fault:
            error, reason = fault, f"{field.source}: {fault}"
            break
    extract.malformed.add(line, reason)
    extract.months_before_days += isinstance(error, MonthBeforeDay)


def _note_first(seen: dict[Hashable, int], identity: Hashable, line: int) -> None:
    first = seen.setdefault(identity, line)
    if first != line:
        parts = identity if isinstance(identity, tuple) else (identity,)
        raise ValueError(f"{' to '.join(map(str, parts))} is already on line {first}")
