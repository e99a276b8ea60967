"""Find people by what is typed into one box: names, or teacher reference numbers (TRNs)."""

import re
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import NullIf

from register_ects.models import Teacher
from register_ects.rules.identifiers import trns_in

_LONGEST, _MOST_WORDS = 200, 10
_PART_OF_TRN = re.compile(r"[0-9]{4,6}")
_WORD = re.compile(r"[^\W\d_]+")
#: What means something to PostgreSQL in a search, and may come out of removing accents.
_OPERATORS = "'&|!():*<>\\/ "


def matching(teachers: QuerySet[Teacher], text: str) -> QuerySet[Teacher]:
    """Keep the people whom the text describes; blank text keeps everyone.

    Seven digits, also as ``RP30/00103``, are a TRN: then only the TRNs count. Four to
    six digits are part of one. Otherwise every word must begin some word of the name, whatever the
    case and accents. Source: spec 06 §6.5 with its Improve.
    """
    text = text[:_LONGEST]
    if trns := trns_in(text, padded=False):
        return teachers.filter(trn__in=trns)
    parts = _PART_OF_TRN.findall(text)
    if parts:
        return teachers.filter(reduce(or_, (Q(trn__contains=part) for part in parts)))
    words = _WORD.findall(text)[:_MOST_WORDS]
    if text.strip() and not words:
        return teachers.none()
    for word in words:
        teachers = teachers.filter(search=_begins_with(word))
    return teachers


def by_name(teachers: QuerySet[Teacher]) -> QuerySet[Teacher]:
    """Order people by TRS last name, first name and id."""
    return teachers.order_by(
        F("trs_last_name").asc(nulls_last=True), F("trs_first_name").asc(nulls_last=True), "pk"
    )


def _begins_with(word: str) -> SearchQuery:
    plain = Func(Value(word), function="plain_text", output_field=TextField())
    safe = Func(plain, Value(_OPERATORS), Value(""), function="translate", output_field=TextField())
    prefix = Func(
        NullIf(safe, Value("")),
        Value(":*"),
        template="(%(expressions)s)",
        arg_joiner=" || ",
        output_field=TextField(),
    )
    return SearchQuery(prefix, config="simple", search_type="raw")
