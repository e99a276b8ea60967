"""Find people in the database by what was typed: one condition for every audience.

What is typed is read by ``rules/person_search.py``. Answered from indexes: of people's keys and
TRNs, of the words of their names (accents aside) and of the trigrams of both.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from register_ects import clock
from register_ects.database.compiled import prepared_cursor
from register_ects.rules.person_search import PersonSearch
from register_ects.school_search import schools_with_words

#: Schools, and bodies, whose people are shown for a name; a name that more have is too vague.
MOST_ORGANISATIONS = 20
#: People who are only alike.
MOST_ALIKE = 100
#: What is looked for in the index of trigrams, and of how many: more than are alike enough.
_LEAST_SIMILARITY, _MOST_CANDIDATES = 0.3, 500
_SET_SIMILARITY = "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)"

_NAME = "person_plain_text(trs_first_name, trs_last_name, corrected_name)"
#: The words as PostgreSQL's query, made once: each begins a word, or one with an apostrophe after
#: its first letter ("osh" begins "o'shaughnessy" too, which the index parts). What means something
#: in a query, and may come out of removing accents, is left out.
_WORDS = r"""(
    SELECT to_tsquery('simple', string_agg(
        CASE WHEN length(plain) < 3 THEN plain || ':*'
        ELSE format('(%%1$s:* | (%%2$s <-> %%3$s:*))', plain, left(plain, 1), substr(plain, 2)) END,
        ' & '
    ))
    FROM unnest(%(words)s::text[]) AS word,
        nullif(translate(plain_text(word), '''&|!():*<>\/ ', ''), '') AS plain
)"""
_BY_TRN = "trn = ANY(%(trns)s)"
_BY_PART_OF_TRN = "trn LIKE ANY(%(patterns)s)"
_BY_ID = """(api_id = ANY(%(ids)s) OR api_ect_training_record_id = ANY(%(ids)s)
    OR api_mentor_training_record_id = ANY(%(ids)s) OR teacher.id = ANY(ARRAY(
        SELECT teacher_id FROM teacher_id_change WHERE api_from_teacher_id = ANY(%(ids)s))))"""
_BY_EMAIL = """teacher.id = ANY(ARRAY(
    SELECT teacher_id FROM ect_at_school_period WHERE email = ANY(%(emails)s::citext[])
    UNION
    SELECT teacher_id FROM mentor_at_school_period WHERE email = ANY(%(emails)s::citext[])
))"""
_BY_NAME = f"search @@ {_WORDS}"
_BY_FORMER_NAME = f"""(anonymised_at IS NULL AND teacher.id = ANY(ARRAY(
    SELECT pgh_obj_id FROM teacher_history
    WHERE person_search_vector(trs_first_name, trs_last_name, corrected_name) @@ {_WORDS})))"""  # noqa: S608 - our own words
#: People who are at one of the schools today, or will be.
_AT_SCHOOLS = """teacher.id = ANY(ARRAY(
    SELECT teacher_id FROM ect_at_school_period WHERE school_id = ANY({schools})
        AND (finished_on IS NULL OR finished_on >= %(today)s)
    UNION SELECT teacher_id FROM mentor_at_school_period WHERE school_id = ANY({schools})
        AND (finished_on IS NULL OR finished_on >= %(today)s)))"""
_SCHOOLS_OF_URNS = "ARRAY(SELECT id FROM school WHERE urn = ANY(%(urns)s::int[]))"
_WITH_BODIES = """teacher.id = ANY(ARRAY(
    SELECT teacher_id FROM induction_period
    WHERE appropriate_body_id = ANY(%(bodies)s) AND finished_on IS NULL))"""
_BODIES_NAMED = f"""SELECT id FROM appropriate_body
    WHERE to_tsvector('simple', plain_text(name)) @@ {_WORDS} LIMIT %(most)s"""  # noqa: S608 - our own words


@dataclass(frozen=True)
class Condition:
    """A condition on the table ``teacher``, in SQL, and the values in it.

    ``best_first`` orders people who are only alike; empty for people who fit.
    """

    sql: str
    values: dict[str, Any] = field(default_factory=dict)
    best_first: str = ""

    @property
    def is_everybody(self) -> bool:
        """Whether it leaves nobody out, and need not be asked."""
        return self.sql == EVERYBODY.sql

    def rows(self, statement: str, **values: Any) -> list[Any]:
        """Return the rows of a statement that has the condition in it. One query."""
        with prepared_cursor() as cursor:
            cursor.execute(statement, {**self.values, **values})
            rows: list[Any] = cursor.fetchall()
        return rows


EVERYBODY, NOBODY = Condition("true"), Condition("false")


def fitting(search: PersonSearch, *, for_support: bool = False) -> Condition:
    """Return who fits what was typed; a blank search fits everybody.

    Support also finds by email addresses of any placement, by former names, and by the URN of
    the school of today. Others do not: an address belongs to one school, and whoever has changed
    their name is not given away by the one before.
    """
    if search.is_blank:
        return EVERYBODY
    values: dict[str, Any] = {}
    keys: list[str] = []
    parts: list[str] = []
    words: list[str] = []

    def also(ways: list[str], way: str, **more: Any) -> None:
        if all(more.values()):
            ways.append(way)
            values.update(more)

    also(keys, _BY_TRN, trns=sorted(search.trns))
    also(keys, _BY_ID, ids=sorted(search.ids))
    also(parts, _BY_PART_OF_TRN, patterns=[f"%{part}%" for part in sorted(search.parts)])
    also(words, _BY_NAME, words=list(search.words))
    if for_support:
        also(keys, _BY_EMAIL, emails=sorted(search.emails))
        also(words, _BY_FORMER_NAME, words=list(search.words))
        at_urns = _AT_SCHOOLS.format(schools=_SCHOOLS_OF_URNS)
        also(parts, at_urns, urns=sorted(map(int, search.parts)), today=clock.today())
    all_of = [" OR ".join(ways) for ways in (keys, parts, words) if ways]
    return Condition(" AND ".join(f"({one})" for one in all_of), values) if all_of else NOBODY


def alike(search: PersonSearch, among: str = "true", **values: Any) -> Condition:
    """Return who has a name spelt much like every word, of ``among``: for when nobody fits.

    ``among`` is a condition on the table ``teacher`` and ``values`` what it takes. No more than
    100 people, the likeliest. Two queries.
    """
    if not search.is_of_names or not all(map(str.isascii, search.words)):
        return NOBODY
    words = {f"word{number}": word for number, word in enumerate(search.words)}
    found = " AND ".join(f"{_NAME} %%> %({key})s" for key in words)
    best_first = " + ".join(f"word_similarity(%({key})s, {_NAME})" for key in words)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SET_SIMILARITY, [str(_LEAST_SIMILARITY)])
        cursor.execute(
            f"SELECT id, trs_first_name, trs_last_name, corrected_name FROM teacher"  # noqa: S608
            f" WHERE {found} AND {among} ORDER BY {best_first} DESC, id LIMIT %(most)s",
            {**values, **words, "most": _MOST_CANDIDATES},
        )
        likeness = {key: search.likeness(names) for key, *names in cursor.fetchall()}
    keys = sorted(filter(likeness.get, likeness), key=lambda key: -likeness[key])[:MOST_ALIKE]
    if not keys:
        return NOBODY
    return Condition(
        "teacher.id = ANY(%(keys)s::bigint[])",
        {"keys": keys},
        best_first="array_position(%(keys)s::bigint[], id)",
    )


def of_schools(search: PersonSearch) -> Condition:
    """Return who is at schools, today or to come, with names that have the words, or with the URN.

    Nobody of the schools where more than 20 have the words. One query.
    """
    words = " ".join(search.words)
    schools = schools_with_words(words, limit=MOST_ORGANISATIONS + 1) if words else []
    ways = []
    if 0 < len(schools) <= MOST_ORGANISATIONS:
        ways.append(_AT_SCHOOLS.format(schools="%(schools)s"))
    if search.parts:
        ways.append(_AT_SCHOOLS.format(schools=_SCHOOLS_OF_URNS))
    values = {"schools": schools, "urns": sorted(map(int, search.parts)), "today": clock.today()}
    return Condition(" OR ".join(ways), values) if ways else NOBODY


def of_organisations(search: PersonSearch) -> Condition:
    """Return who is at schools, or held by appropriate bodies, with names that have the words.

    Nobody of the schools where more than 20 have them, nor of the bodies. Two queries.
    """
    if not search.is_of_names:
        return NOBODY
    words = list(search.words)
    schools = schools_with_words(" ".join(words), limit=MOST_ORGANISATIONS + 1)
    named = Condition("", {"words": words, "most": MOST_ORGANISATIONS + 1})
    bodies = [key for (key,) in named.rows(_BODIES_NAMED)]
    ways = []
    if 0 < len(schools) <= MOST_ORGANISATIONS:
        ways.append(_AT_SCHOOLS.format(schools="%(schools)s"))
    if 0 < len(bodies) <= MOST_ORGANISATIONS:
        ways.append(_WITH_BODIES)
    values = {"schools": schools, "bodies": bodies, "today": clock.today()}
    return Condition(" OR ".join(ways), values) if ways else NOBODY
