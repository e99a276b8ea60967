"""Find people in a short list by TRN or name. Pure. Source: spec 05 §5.1 with its Improve."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from register_ects.rules.identifiers import trns_in
from register_ects.rules.names import trimmed
from register_ects.rules.visible import has_visible, without_hidden

#: Characters that are read of any search for people (a hundred TRNs), and words of a name.
LONGEST_SEARCH, MOST_WORDS = 1_000, 10
_WORD = re.compile(r"[^\W_]+")
_JOINED_BY = re.compile(r"['’‘`-]")
#: Letters that are letters of their own to Unicode, and a plain letter to whoever types a name.
_PLAIN_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "\u0131": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
    }
)


@dataclass(frozen=True)
class PersonSearch:
    """What somebody typed: TRNs to match exactly, else the beginnings of words of a name."""

    trns: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    is_blank: bool = True

    @classmethod
    def of(cls, text: str) -> "PersonSearch":
        """Read what was typed. TRNs may be written as TRN fields take them (``RP30/00103``).

        In names, punctuation only separates words; alone, it is nobody's name.
        """
        text = trimmed(text[:LONGEST_SEARCH].replace("\x00", " "))
        if trns := trns_in(text):
            return cls(trns=trns, is_blank=False)
        words = tuple(_WORD.findall(plain(without_hidden(text)))[:MOST_WORDS])
        return cls(words=words, is_blank=not has_visible(text))

    def matches(self, *, trn: str | None, names: Iterable[str | None]) -> bool:
        """Say whether a person fits. A blank search fits everybody.

        Every word must begin a word of one of the names, whatever its accents and case.
        """
        if self.trns:
            return trn in self.trns
        if not self.words:
            return self.is_blank
        known = {word for name in names if name for word in _words_of(name)}
        return all(any(word.startswith(typed) for word in known) for typed in self.words)


def plain(text: str) -> str:
    """Return ``text`` in small letters without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c)).translate(_PLAIN_LETTERS)


def _words_of(name: str) -> set[str]:
    """Return a name's words; O'Neil is found as "o", "neil" and "oneil"."""
    spelled = plain(name)
    return {*_WORD.findall(spelled), *_WORD.findall(_JOINED_BY.sub("", spelled))}
