"""How a broken rule is told: a field and a code, worded by each audience app."""

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

#: What is told where nobody has words.
NOT_SAVED = "This cannot be saved. Check the details and try again"


@dataclass(frozen=True)
class Problem:
    """One reason why a change is refused.

    ``field`` is the input to mend ("" when no single one is), ``code`` a snake-case word for the
    reason, ``details`` what the message needs (dates, names). What the database refused has its
    sentence in ``details["message"]``, for whoever has no words of their own.
    """

    field: str
    code: str
    details: Mapping[str, Any] = dataclasses.field(default_factory=dict)


class RuleBroken(Exception):
    """A change was refused and nothing was written. The person who asked can mend it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(", ".join(f"{p.field} {p.code}".strip() for p in self.problems))


def told(
    problem: Problem,
    sentence: str | None,
    values: Mapping[str, Any] | None = None,
    shown: Callable[[Any], str] = str,
) -> str:
    """Return what a person is told: the audience's sentence, the constraint's or a general one.

    The sentence's ``{names}`` are filled in from the problem's details and ``values``, written
    by ``shown``; one that cannot be filled is not told.
    """
    own = sentence and filled(sentence, {**(values or {}), **problem.details}, shown)
    return own or str(problem.details.get("message") or NOT_SAVED)


def filled(
    sentence: str, values: Mapping[str, Any], shown: Callable[[Any], str] = str
) -> str | None:
    """Return a sentence with its ``{names}`` filled in, or None when there is no value for one.

    People never read a place that was not filled.
    """
    if any(values.get(name) is None for name in _PLACE.findall(sentence)):
        return None
    return _PLACE.sub(lambda place: shown(values[place[1]]), sentence)


_PLACE = re.compile(r"\{(\w+)\}")


def refuse(field_name: str, code: str, **details: Any) -> NoReturn:
    """Raise RuleBroken for a single problem."""
    raise RuleBroken([Problem(field_name, code, details)])


def refuse_if(problems: Iterable[Problem]) -> None:
    """Raise RuleBroken when there is any problem."""
    found = list(problems)
    if found:
        raise RuleBroken(found)
