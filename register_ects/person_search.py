"""Find people in the database by what was typed: one condition for every audience.

What is typed is read by ``rules/person_search.py``. Answered from indexes: of people's keys and
TRNs, of the words of their names (accents aside) and of the trigrams of both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from register_ects import clock
from register_ects.database.compiled import prepared_cursor
from register_ects.rules.person_search import LEAST_LIKENESS, PersonSearch

#: Schools whose people are shown for a name; a name that more have is too vague.
MOST_SCHOOLS = 20

#: What the index of trigrams looks for: more than are alike enough.
_LEAST_SIMILARITY = 0.3

_NAME = "person_plain_text(trs_first_name, trs_last_name, corrected_name)"
#: The words as PostgreSQL's query: each begins a word, or one with an apostrophe after its first
#: letter ("osh" begins "o'shaughnessy" too, which the index parts). What means something in a
#: query, and may come out of removing accents, is left out.
_WORDS = r"""to_tsquery('simple', (
    SELECT string_agg(
        CASE WHEN length(plain) < 3 THEN plain || ':*'
        ELSE format('(%%1$s:* | (%%2$s <-> %%3$s:*))', plain, left(plain, 1), substr(plain, 2)) END,
        ' & '
    )
    FROM unnest(%(words)s::text[]) AS word,
        nullif(translate(plain_text(word), '''&|!():*<>\/ ', ''), '') AS plain
))"""
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
_WITH_BODIES = """teacher.id = ANY(ARRAY(
    SELECT teacher_id FROM induction_period
    WHERE appropriate_body_id = ANY(%(bodies)s) AND finished_on IS NULL))"""
#: How much of a word's trigrams are among those of a name.
_LIKENESS = f"""(
    SELECT avg((trigram = ANY(show_trgm({_NAME})))::int)
    FROM unnest(show_trgm(%({{key}})s)) AS trigram)"""  # noqa: S608 - our own words
_SCHOOLS_NAMED = f"""SELECT school.id FROM gias_school JOIN school USING (urn)
    WHERE gias_school.search @@ {_WORDS} LIMIT %(most)s"""  # noqa: S608 - our own words
_BODIES_NAMED = f"""SELECT id FROM appropriate_body
    WHERE to_tsvector('simple', plain_text(name)) @@ {_WORDS}"""  # noqa: S608 - our own words


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
        """Say whether it leaves nobody out, and need not be asked."""
        return self.sql == EVERYBODY.sql

    def rows(self, statement: str, **values: Any) -> list[Any]:
        """Return the rows of a statement that has the condition in it. One query."""
        with _cursor(is_about_likeness=bool(self.best_first)) as cursor:
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
    ways: list[str] = []

    def also(way: str, **more: Any) -> None:
        if all(more.values()):
            ways.append(way)
            values.update(more)

    also(_BY_TRN, trns=sorted(search.trns))
    also(_BY_ID, ids=sorted(search.ids))
    also(_BY_PART_OF_TRN, patterns=[f"%{part}%" for part in sorted(search.parts)])
    also(_BY_NAME, words=list(search.words))
    if for_support:
        also(_BY_EMAIL, emails=sorted(search.emails))
        also(_BY_FORMER_NAME, words=list(search.words))
        at_urns = _AT_SCHOOLS.format(
            schools="ARRAY(SELECT id FROM school WHERE urn = ANY(%(urns)s::int[]))"
        )
        also(at_urns, urns=sorted(map(int, search.parts)), today=clock.today())
    return Condition(" OR ".join(ways), values) if ways else NOBODY


def alike(search: PersonSearch) -> Condition:
    """Return who has a name spelt much like every word: for when nobody fits."""
    words = [word for word in search.words if word.isascii()]
    if not words or len(words) < len(search.words):
        return NOBODY
    values: dict[str, Any] = {f"word{number}": word for number, word in enumerate(words)}
    likenesses = [_LIKENESS.format(key=key) for key in values]
    found = [f"{_NAME} %%> %({key})s" for key in values]
    enough = [f"{likeness} >= %(enough)s" for likeness in likenesses]
    return Condition(
        " AND ".join(found + enough),
        {**values, "enough": LEAST_LIKENESS},
        best_first=" + ".join(likenesses) + " DESC",
    )


def of_organisations(search: PersonSearch) -> Condition:
    """Return who is at schools, or held by appropriate bodies, with names that have the words.

    Nobody where more than 20 schools do. Two queries.
    """
    if not search.words:
        return NOBODY
    words = list(search.words)
    found = Condition("", {"words": words, "most": MOST_SCHOOLS + 1})
    schools, bodies = (
        [key for (key,) in found.rows(statement)] for statement in (_SCHOOLS_NAMED, _BODIES_NAMED)
    )
    ways = []
    if 0 < len(schools) <= MOST_SCHOOLS:
        ways.append(_AT_SCHOOLS.format(schools="%(schools)s"))
    if bodies:
        ways.append(_WITH_BODIES)
    values = {"schools": schools, "bodies": bodies, "today": clock.today()}
    return Condition(" OR ".join(ways), values) if ways else NOBODY


@contextmanager
def _cursor(*, is_about_likeness: bool) -> Iterator[Any]:
    """Yield a cursor; in a transaction of its own measure, where likeness is asked."""
    if not is_about_likeness:
        with prepared_cursor() as cursor:
            yield cursor
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)",
            [str(_LEAST_SIMILARITY)],
        )
        yield cursor
