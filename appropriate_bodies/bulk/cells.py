"""The cells of a row, read: what each says, and what is wrong with it (spec 06 §6.17.4). Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from appropriate_bodies.bulk.kinds import Kind
from register_ects.rules.enumerations import (
    BatchType,
    InductionOutcome,
    TermsReason,
    TrainingProgramme,
)
from register_ects.uploads import readings
from register_ects.uploads.cells import Cells, refused_cells
from register_ects.uploads.readings import CellRefused

#: The cell of a line whose person was chosen on a list: we know who they are.
CHOSEN = "chosen"
#: A cell's key ("" for the person), and a sentence about it.
Problems = list[tuple[str, str]]

_PROGRAMMES = {
    "providerled": TrainingProgramme.PROVIDER_LED,
    "schoolled": TrainingProgramme.SCHOOL_LED,
}
_RELEASE = "release"
_REASONS = {str(label).casefold(): TermsReason(value) for value, label in TermsReason.choices}


@dataclass(frozen=True)
class RowRead:
    """What the cells of a row say, by key; what could not be read is missing, and a problem."""

    values: Mapping[str, Any]
    problems: tuple[tuple[str, str], ...]

    @property
    def can_be_looked_up(self) -> bool:
        """Whether TRS can be asked for the person."""
        return {"trn", "date_of_birth"} <= self.values.keys()


def read(kind: Kind, cells: Cells) -> RowRead:
    """Return what the cells of a row say, and everything that is wrong with them."""
    if "problem" in cells:
        return RowRead({}, (("", cells["problem"]),))
    values: dict[str, Any] = {}
    problems: Problems = []
    refused = refused_cells(cells)
    wanted = _readings(kind)
    if CHOSEN in cells:
        wanted["date_of_birth"] = lambda _text: None
    for key, reading in wanted.items():
        try:
            if key in refused:
                problems.append((key, refused[key]))
            else:
                values[key] = reading(cells.get(key) or "")
        except CellRefused as why_not:
            problems.append((key, why_not.message))
    return RowRead(values, tuple(problems))


def _readings(kind: Kind) -> dict[str, Callable[[str], Any]]:
    both: dict[str, Callable[[str], Any]] = {
        "trn": readings.trn,
        "date_of_birth": readings.date_of_birth,
    }
    if kind.batch_type == BatchType.CLAIM:
        return {**both, "training_programme": _programme, "started_on": kind.dates["started_on"]}
    return {
        **both,
        "finished_on": kind.dates["finished_on"],
        "number_of_terms": _terms,
        "outcome": _outcome,
        "terms_reason": _reason,
    }


def _programme(text: str) -> TrainingProgramme:
    plain = "".join(char for char in text.casefold() if char.isalpha())
    if plain not in _PROGRAMMES:
        quoted = f", not “{text}”" if text else ""
        raise CellRefused(
            "unknown", f"Induction programme must be provider-led or school-led{quoted}"
        )
    return _PROGRAMMES[plain]


def _terms(text: str) -> Decimal:
    if not text:
        raise CellRefused("missing", "Enter the number of terms")
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise CellRefused("no_number", f"Number of terms must be a number, like 2.5, not “{text}”")
    return found


def _outcome(text: str) -> InductionOutcome | None:
    """Return a pass, or None for a release."""
    word = text.strip().casefold()
    if word == InductionOutcome.FAIL:
        raise CellRefused("fail", "Record a fail on the ECT’s page, one at a time")
    if word not in (InductionOutcome.PASS, _RELEASE):
        quoted = f", not “{text}”" if text else ""
        raise CellRefused("unknown", f"Outcome must be pass or release{quoted}")
    return InductionOutcome.PASS if word == InductionOutcome.PASS else None


def _reason(text: str) -> tuple[TermsReason | None, str | None]:
    """Return the reason that the words are, and other words where they are none of the list."""
    if not text:
        return None, None
    known = _REASONS.get(text.casefold())
    if known and known != TermsReason.OTHER:
        return known, None
    return TermsReason.OTHER, text
