"""Whether a name may replace somebody’s, and whether it is still theirs (spec 05 §9.1)."""

from register_ects.rules.names import tidy
from register_ects.rules.person_search import plain
from register_ects.rules.problems import Problem


def problems_with_new_name(name: str, *, now: str) -> list[Problem]:
    """List why a name cannot take the place of the one a person has: it is the same.

    A name that differs only in capitals is another one (Improve).
    """
    return [Problem("name", "unchanged")] if tidy(name) == now else []


def may_be_somebody_else(now: str, new: str) -> bool:
    """Whether both the first and the last word of a name change.

    Accents, capitals and punctuation do not count.
    """
    before, after = _compared(now), _compared(new)
    if not before or not after:
        return before != after
    return before[0] != after[0] and before[-1] != after[-1]


def _compared(name: str) -> list[str]:
    words = ("".join(filter(str.isalnum, plain(word))) for word in name.split())
    return [word for word in words if word]
