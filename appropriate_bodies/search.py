"""Find people by what is typed into one box: names, or teacher reference numbers (TRNs)."""

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Func, QuerySet, TextField

from register_ects.models import Teacher
from register_ects.prepared import Given
from register_ects.rules.identifiers import trns_in

_LONGEST, _MOST_WORDS = 200, 10
_PART_OF_TRN = re.compile(r"[0-9]{4,6}")
_WORD = re.compile(r"[^\W\d_]+")
#: Words that begin words of a name. What means something to PostgreSQL in a search, and may come
#: out of removing accents, is left out.
_BEGINNINGS = r"""(
    SELECT string_agg(nullif(translate(plain_text(word), '''&|!():*<>\/ ', ''), '') || ':*', ' & ')
    FROM unnest(%(expressions)s::text[]) AS word)"""


class By(Enum):
    """What people are found by."""

    NOTHING = "everybody"
    TRN = "their whole TRN"
    PART_OF_TRN = "some digits of their TRN"
    NAME = "the beginnings of words of their name"
    NO_WORD = "what nobody has"


class Sought(NamedTuple):
    """What a search asks for: any of the TRNs, any of the parts of one, or all of the words."""

    by: By
    words: Sequence[str] = ()


def understand(text: str) -> Sought:
    """Say what a text asks for; blank text asks for everybody.

    Seven digits, also as ``RP30/00103``, are a TRN: then only the TRNs count. Four to
    six digits are part of one. Otherwise every word must begin some word of the name, whatever the
    case and accents. Source: spec 06 §6.5 with its Improve.
    """
    text = text[:_LONGEST]
    if trns := trns_in(text, padded=False):
        return Sought(By.TRN, sorted(trns))
    if parts := _PART_OF_TRN.findall(text):
        return Sought(By.PART_OF_TRN, [f"%{part}%" for part in parts])
    if words := _WORD.findall(text)[:_MOST_WORDS]:
        return Sought(By.NAME, words)
    return Sought(By.NO_WORD if text.strip() else By.NOTHING)


def found(by: By) -> QuerySet[Teacher]:
    """Return the people who have what is sought; its words are Given as ``words``."""
    people, words = Teacher.objects.all(), Given("words")
    if by is By.TRN:
        return people.filter(trn__one_of=words)
    if by is By.PART_OF_TRN:
        return people.filter(trn__like_one_of=words)
    if by is By.NAME:
        beginnings = Func(words, template=_BEGINNINGS, output_field=TextField())
        return people.filter(search=SearchQuery(beginnings, config="simple", search_type="raw"))
    return people


def by_name(teachers: QuerySet[Teacher]) -> QuerySet[Teacher]:
    """Order people by TRS last name, first name and id."""
    return teachers.order_by(
        F("trs_last_name").asc(nulls_last=True), F("trs_first_name").asc(nulls_last=True), "pk"
    )
