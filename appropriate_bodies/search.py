"""Find people by what is typed into one box: names, or teacher reference numbers (TRNs)."""

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from register_ects.rules.identifiers import trns_in, without_foreign_numbers
from register_ects.rules.person_search import LONGEST_SEARCH, MOST_WORDS
from register_ects.rules.visible import without_hidden

_PART_OF_TRN = re.compile(r"[0-9]{4,6}")
_WORD = re.compile(r"[^\W\d_]+")


class By(Enum):
    """What people are found by."""

    NOTHING = "everybody"
    TRN = "their whole TRN"
    PART_OF_TRN = "some digits of their TRN"
    NAME = "the beginnings of words of their name"
    NO_WORD = "what nobody has"


#: The condition on a teacher, in SQL. ``words`` are any of the TRNs, any of the patterns of one,
#: or all the beginnings; of these, what means something to PostgreSQL in a search, and may come
#: out of removing accents, is left out.
CONDITIONS = {
    By.TRN: "trn = ANY(%(words)s)",
    By.PART_OF_TRN: "trn LIKE ANY(%(words)s)",
    By.NAME: r"""search @@ to_tsquery('simple', (
        SELECT string_agg(
            nullif(translate(plain_text(word), '''&|!():*<>\/ ', ''), '') || ':*', ' & '
        )
        FROM unnest(%(words)s::text[]) AS word
    ))""",
    By.NO_WORD: "false",
}


class Sought(NamedTuple):
    """What a search asks for, and the words that its condition takes."""

    by: By
    words: Sequence[str] = ()


def understand(text: str) -> Sought:
    """Say what a text asks for; blank text asks for everybody.

    Seven digits, also as ``RP30/00103``, are a TRN: then only the TRNs count. Without
    any, four to six digits are part of one. Otherwise every word must begin some word of the name,
    whatever the case and accents. Source: spec 06 §6.5 with its Improve.
    """
    text = without_foreign_numbers(without_hidden(text[:LONGEST_SEARCH]))
    if trns := trns_in(text, short_alone=False):
        return Sought(By.TRN, sorted(trns))
    if parts := _PART_OF_TRN.findall(text):
        return Sought(By.PART_OF_TRN, [f"%{part}%" for part in parts])
    if words := _WORD.findall(text)[:MOST_WORDS]:
        return Sought(By.NAME, words)
    return Sought(By.NO_WORD if text.strip() else By.NOTHING)
