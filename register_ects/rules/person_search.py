"""What somebody typed to find people, and who in a short list fits. Pure.

Every audience reads what is typed here; ``register_ects/person_search.py`` asks the database.
Source: spec 05 §5.1, 06 §6.5 and 07 §4.1, with their Improves.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from register_ects.rules.identifiers import (
    parts_of_trns_in,
    trns_in,
    uuids_in,
    without_parts_of_trns,
)
from register_ects.rules.names import trimmed
from register_ects.rules.visible import has_visible, without_hidden

#: Characters that are read of any search for people (a hundred TRNs), and words of a name.
LONGEST_SEARCH, MOST_WORDS = 1_000, 10
#: How much of a word's trigrams a name must have to be like it: "smyth" shares half with "smith".
_LEAST_LIKENESS = 0.5
#: Words before a name that are no part of it, unless nothing else is typed.
TITLES = frozenset({"dame", "dr", "miss", "mr", "mrs", "ms", "mx", "prof", "rev", "sir"})

_WORD = re.compile(r"[^\W_]+")
#: What may be an email address, among others or as a mail program copies it.
_TOKEN = re.compile(r"[^\s,;:<>()]+")
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
    """What somebody typed: keys alone where there are any, else everything; and blank is all.

    Keys (``trns``, ``ids`` and ``emails`` together) match whole. ``parts`` are some digits of a
    TRN, of which one has to be in it; ``words`` are the beginnings of words of a name, all of them.
    """

    trns: frozenset[str] = frozenset()
    ids: frozenset[UUID] = frozenset()
    emails: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    is_blank: bool = True

    @classmethod
    def of(cls, text: str) -> "PersonSearch":
        """Read what was typed. TRNs may be written as TRN fields take them (``RP30/00103``).

        In names, punctuation only separates words; alone, it is nobody's name.
        """
        text = trimmed(text[:LONGEST_SEARCH].replace("\x00", " "))
        emails = frozenset(_plain_email(each) for each in _TOKEN.findall(text) if _is_email(each))
        rest = _TOKEN.sub(lambda token: "," if _is_email(token[0]) else token[0], text)
        trns, ids = trns_in(rest), frozenset(uuids_in(rest))
        if trns or ids or emails:
            return cls(trns=trns, ids=ids, emails=emails, is_blank=False)
        parts = parts_of_trns_in(text)
        words = _WORD.findall(plain(without_parts_of_trns(text) if parts else without_hidden(text)))
        names = [word for word in words if word not in TITLES]
        if not names and not parts:
            names = words
        return cls(parts=parts, words=tuple(names[:MOST_WORDS]), is_blank=not has_visible(text))

    @property
    def is_of_names(self) -> bool:
        """Whether there are only words, so that names much like them, or others, may be meant."""
        return bool(self.words) and not self.parts

    def matches(
        self,
        *,
        trn: str | None,
        names: Iterable[str | None],
        ids: Iterable[UUID] = (),
        email: str | None = None,
    ) -> bool:
        """Whether a person fits. A blank search fits everybody.

        Every word must begin a word of one of the names, whatever its accents and case; and part
        of a TRN beside them must be in theirs.
        """
        if self.trns or self.ids or self.emails:
            is_theirs = trn in self.trns or not self.ids.isdisjoint(ids)
            return is_theirs or _plain_email(email or "") in self.emails
        if not self.parts and not self.words:
            return self.is_blank
        has_part = not self.parts or any(part in (trn or "") for part in self.parts)
        return has_part and self.words_fit(names)

    def words_fit(self, names: Iterable[str | None]) -> bool:
        """Whether every word begins a word of one of the names."""
        known = _all_words_of(names)
        return all(any(word.startswith(typed) for word in known) for typed in self.words)

    def likeness(self, names: Iterable[str | None]) -> float:
        """Say how much the words are spelt like words of names, from 0 to 1: for when none matches.

        It is 0 where one is not much like any: with less than half of its trigrams in common; and
        where more than words was typed.
        """
        if not self.is_of_names:
            return 0
        known = [_trigrams(word) for word in _all_words_of(names)]
        likenesses = [
            max((len(typed & of_name) / len(typed) for of_name in known), default=0)
            for typed in map(_trigrams, self.words)
        ]
        if min(likenesses, default=0) < _LEAST_LIKENESS:
            return 0
        return sum(likenesses) / len(likenesses)


def plain(text: str) -> str:
    """Return ``text`` in small letters without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c)).translate(_PLAIN_LETTERS)


def _all_words_of(names: Iterable[str | None]) -> set[str]:
    return {word for name in names if name for word in _words_of(name)}


def _words_of(name: str) -> set[str]:
    """Return a name's words; O'Neil is found as "o", "neil" and "oneil"."""
    spelled = plain(name)
    return {*_WORD.findall(spelled), *_WORD.findall(_JOINED_BY.sub("", spelled))}


def _trigrams(word: str) -> set[str]:
    """Return a word's groups of three characters, as PostgreSQL's ``pg_trgm`` makes them."""
    padded = f"  {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def _is_email(token: str) -> bool:
    before, _at, after = token.partition("@")
    return bool(before and after)


def _plain_email(text: str) -> str:
    return text.strip(".'\"").casefold()
