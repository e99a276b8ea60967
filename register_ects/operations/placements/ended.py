"""What the end of a placement did to what lies in it, as kept with the event of the leaving.

Whoever cancels a leaving gives back just this (``leaving``). What was removed lives on in the
history of its table, under the same key.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any


class PartKind(StrEnum):
    """What lies in a placement."""

    MENTORSHIP = "mentorship"
    TRAINING = "training"


@dataclass(frozen=True)
class Ended:
    """A mentorship or training that ended sooner than recorded, or was removed.

    ``id`` is its key. ``was_to_end_on`` is the last day recorded before (inclusive, None: open).
    """

    kind: PartKind
    id: int
    was_to_end_on: date | None
    is_removed: bool = False

    def removed(self) -> "Ended":
        """Return the same of something that was removed."""
        return replace(self, is_removed=True)


def as_metadata(before: date | None, last_day: date, ended: Iterable[Ended]) -> dict[str, Any]:
    """Return what the event of a leaving keeps: the placement's last day before and now, and this.

    ``ended_by`` reads it.
    """
    return {
        "finished_on": [_text(before), _text(last_day)],
        "ended": [
            {
                "kind": one.kind,
                "id": one.id,
                "was_to_end_on": _text(one.was_to_end_on),
                "is_removed": one.is_removed,
            }
            for one in ended
        ],
    }


def last_days(metadata: dict[str, Any]) -> tuple[date | None, date | None]:
    """Return the placement's last day before a leaving and with it; None of each when not kept."""
    before, after = metadata.get("finished_on", (None, None))
    return _day(before), _day(after)


def ended_by(metadata: dict[str, Any]) -> list[Ended]:
    """Return what a leaving ended."""
    return [
        Ended(PartKind(one["kind"]), one["id"], _day(one["was_to_end_on"]), one["is_removed"])
        for one in metadata.get("ended", ())
    ]


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
