"""Find schools in the register by what people type: a name, a URN or a postcode.

Answered from the search indexes. Case, accents, apostrophes and other punctuation do not matter.
"""

import re
import unicodedata
from typing import Any, NamedTuple

from django.db import connection

from register_ects.rules.identifiers import has_foreign_digits

MOST_RESULTS = 100

#: Letters that do not fall apart into a letter and an accent.
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th"})
_POSSESSIVE = re.compile(r"['\u2018\u2019`](?=s\b)")
_URN = re.compile(r"[1-9][0-9]{4,6}")
_MOST_WORDS = 12
_MOST_LETTERS = 200

_SELECT = """
SELECT register.urn, register.name, register.address_line3, register.postcode,
    register.local_authority_name, register.status,
    (SELECT id FROM school WHERE school.urn = register.urn)
FROM gias_school register
"""

_BY_URN = _SELECT + "WHERE register.urn = %(urn)s"

_BY_WORDS = (
    _SELECT
    + """WHERE register.search @@ %(words)s::tsquery
ORDER BY register.name ILIKE %(start)s DESC, register.status = 'closed', register.name
LIMIT %(limit)s"""
)

_ALIKE = (
    _SELECT
    + """WHERE %(plain)s <%% plain_text(register.name)
ORDER BY word_similarity(%(plain)s, plain_text(register.name)) DESC, register.name
LIMIT %(limit)s"""
)


_OURS = """
SELECT school.id FROM gias_school register JOIN school USING (urn)
WHERE register.search @@ %(words)s::tsquery
LIMIT %(limit)s
"""


class FoundSchool(NamedTuple):
    """One establishment of the register; ``school_id`` is None while it is not one of ours."""

    urn: int
    name: str
    town: str | None
    postcode: str | None
    local_authority_name: str | None
    status: str
    school_id: int | None


def search_schools(text: str, *, limit: int = 20) -> list[FoundSchool]:
    """Return up to ``limit`` (at most 100) establishments that match ``text``, best first.

    A whole URN finds its establishment. Otherwise every word must begin a word of the name, the
    postcode or the URN; when no establishment has them all, names spelt alike are returned.
    Nothing is found for text without letters or digits, or with digits other than 0 to 9. One
    query, as long as it finds something. Source: spec 07 §4.12.
    """
    words = _words(text)
    if not words:
        return []
    parameters = {
        "words": _as_query(words),
        "start": " ".join(words) + "%",
        "plain": " ".join(words),
        "limit": max(1, min(limit, MOST_RESULTS)),
    }
    if len(words) == 1 and _URN.fullmatch(words[0]):
        found = _query(_BY_URN, {"urn": int(words[0])})
        if found:
            return found
    return _query(_BY_WORDS, parameters) or _query(_ALIKE, parameters)


def schools_with_words(text: str, *, limit: int) -> list[int]:
    """Return the ids of up to ``limit`` of our schools that have every word, in no order."""
    words = _words(text)
    if not words:
        return []
    return [key for (key,) in _rows(_OURS, {"words": _as_query(words), "limit": limit})]


def _query(sql: str, parameters: dict[str, Any]) -> list[FoundSchool]:
    return [FoundSchool._make(row) for row in _rows(sql, parameters)]


def _rows(sql: str, parameters: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[Any] = cursor.fetchall()
    return rows


def _as_query(words: list[str]) -> str:
    """Return PostgreSQL's query for words that begin with these."""
    return " & ".join(f"'{_stem(word)}':*" for word in words)


def _words(text: str) -> list[str]:
    """Return the words of a text in small letters without accents, at most twelve.

    None of a text with digits other than 0 to 9.
    """
    if has_foreign_digits(text):
        return []
    joined = _POSSESSIVE.sub("", text[:_MOST_LETTERS].casefold().translate(_LETTERS))
    decomposed = unicodedata.normalize("NFKD", joined)
    without_accents = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.findall(r"[a-z0-9]+", without_accents)[:_MOST_WORDS]


def _stem(word: str) -> str:
    """Return a word without its final s: "marys" must find "Mary's", indexed as mary and s."""
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
