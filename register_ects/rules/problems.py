"""How a broken rule is told: a field and a code, worded by each audience app."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn


@dataclass(frozen=True)
class Problem:
    """One reason why a change is refused.

    ``field`` is the input to mend ("" when no single one is), ``code`` a snake-case word for the
    reason, ``details`` what the message needs (dates, names).
    """

    field: str
    code: str
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)


class RuleBroken(Exception):
    """A change was refused and nothing was written. The person who asked can mend it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(", ".join(f"{p.field} {p.code}".strip() for p in self.problems))


def refuse(field_name: str, code: str, **details: Any) -> NoReturn:
    """Raise RuleBroken for a single problem."""
    raise RuleBroken([Problem(field_name, code, details)])


def refuse_if(problems: Iterable[Problem]) -> None:
    """Raise RuleBroken when there is any problem."""
    found = list(problems)
    if found:
        raise RuleBroken(found)
