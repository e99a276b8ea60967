"""Whether a name that somebody wrote is the name of a person whom we know."""

import re
from collections.abc import Iterable, Sequence

from register_ects.rules.person_search import plain

_APOSTROPHE = re.compile(r"['\u2019\u2018`]")
_WORD = re.compile(r"[^\W_]+")

#: First and last names.
Name = tuple[str, str]


def is_one_of(given: Name, names: Iterable[Name]) -> bool:
    """Whether a name is one of these, apart from case, accents, hyphens and middle names.

    What is not given is not compared.
    """
    return any(_are_alike(given, name) for name in names)


def ways_to_split(full: str) -> list[Name]:
    """Return what may be the first and the last names in a full name."""
    words = full.split()
    return [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))] or [
        (full, full)
    ]


def _are_alike(given: Name, known: Name) -> bool:
    firsts, lasts = ([_words(part) for part in pair] for pair in zip(given, known, strict=True))
    return _are_first_names_alike(*firsts) and (not lasts[0] or _joined(*lasts))


def _are_first_names_alike(given: Sequence[str], known: Sequence[str]) -> bool:
    """Whether the names are the same, or one has further names behind the other's."""
    shorter = min(len(given), len(known))
    return given[:shorter] == known[:shorter] or _joined(given, known)


def _joined(given: Sequence[str], known: Sequence[str]) -> bool:
    return "".join(given) == "".join(known)


def _words(text: str) -> list[str]:
    return _WORD.findall(_APOSTROPHE.sub("", plain(text)))
