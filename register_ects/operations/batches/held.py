"""What a row holds of a person, encrypted, and what a check found."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from register_ects import clock
from register_ects.models import RegistrationBatch, RegistrationBatchRow
from register_ects.models.collected import BatchRow
from register_ects.rules.enumerations import RegistrationBatchState
from register_ects.rules.seen import mark_of
from register_ects.sealing import sealed, unsealed

Cells = Mapping[str, str]

#: What TRS said is used no longer than this, as in drafts.
CHECK_HOLDS_FOR = timedelta(hours=24)
#: Batches that a job checks or registers.
AT_WORK = RegistrationBatch.AT_WORK
#: Batches whose rows people add, change and remove.
WITH_ROWS = (RegistrationBatchState.READY, RegistrationBatchState.DONE)
#: Rows that nothing more happens to.
OVER = RegistrationBatch.OVER


@dataclass(frozen=True)
class Held:
    """The cells as given, and what TRS said of the person whom they name.

    ``outcome`` is that of the look-up, None before it; ``record`` comes with "found". ``proof`` is
    the mark of the cells that were looked up: with others the person is looked up again.
    """

    cells: dict[str, str] = field(default_factory=dict)
    outcome: str | None = None
    record: dict[str, Any] | None = None
    proof: str | None = None

    def sealed(self) -> bytes:
        """Return it encrypted."""
        return sealed(asdict(self))


@dataclass(frozen=True)
class Checked:
    """What a check found: ``problems`` are pairs of a cell ("" for the person) and a sentence.

    ``trn`` is the person's now, after a merge in TRS too; ``will_do`` says what registering does.
    """

    state: str
    problems: tuple[tuple[str, str], ...] = ()
    trn: str | None = None
    name: str | None = None
    will_do: str | None = None


#: What ``note`` writes into a row.
NOTED = ("state", "trn", "name", "will_do", "problems")


def held_by(row: BatchRow) -> Held:
    """Return what a row holds; nothing once it is over."""
    return Held(**unsealed(bytes(row.held))) if row.held else Held()


def note(row: BatchRow, checked: Checked) -> None:
    """Put what a check found into a row, unsaved."""
    row.state, row.trn = checked.state, checked.trn
    row.name, row.will_do = checked.name, checked.will_do
    row.problems = [list(pair) for pair in checked.problems]


def is_outdated(row: BatchRow) -> bool:
    """Whether a row was checked so long ago that it must be checked again."""
    return row.checked_at is None or row.checked_at <= clock.now() - CHECK_HOLDS_FOR


def mark_of_cells(row: RegistrationBatchRow) -> str:
    """Return the mark of what was typed of a person."""
    return mark_of(*sorted(held_by(row).cells.items()))


def mark_of_typed(rows: Iterable[RegistrationBatchRow]) -> str:
    """Return the mark of what was typed of several people, whatever order they come in."""
    return mark_of(*sorted(f"{row.number} {mark_of_cells(row)}" for row in rows))


def mark_of_choices(batch: RegistrationBatch) -> str:
    """Return the mark of what stands for everybody of whom nothing else is said."""
    return mark_of(*sorted(batch.choices.items()))


def mark_of_rows(rows: Iterable[RegistrationBatchRow]) -> str:
    """Return the mark of what a page shows of rows that are not over."""
    shown = [
        [row.number, row.state, row.trn, row.name, row.will_do, *row.problems]
        for row in rows
        if row.state not in OVER
    ]
    return mark_of(*shown)
