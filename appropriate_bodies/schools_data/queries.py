"""The lists of what schools recorded that a body has to look at (spec 06 §6.7 with its Improves).

All of them come from one statement, which begins at the placements that name the body and the
body's open periods: it reads nothing of anybody else's.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from register_ects import clock
from register_ects.models import AppropriateBody
from register_ects.person_search import EVERYBODY, fitting, of_schools
from register_ects.rules.names import display_name
from register_ects.rules.person_search import PersonSearch

#: The lists by the end of their address, with the condition on ``person`` for each.
_WHO = {
    "claimable": "NOT is_leaver AND qts_awarded_on IS NOT NULL AND held_by IS NULL",
    "no-qts": "NOT is_leaver AND qts_awarded_on IS NULL",
    "claimed-by-another-appropriate-body": "NOT is_leaver AND held_by IS NOT NULL",
    "leavers": "is_leaver",
}
LISTS = tuple(_WHO)

_COUNTS = ", ".join(f"count(*) FILTER (WHERE {who})" for who in _WHO.values())

#: ``ours``: whom the body holds. ``reported``: what schools said of those and of others.
#: ``unclaimed``: one placement, now or to come, for each whom it does not hold. ``leaving``: the
#: last to end, for each whom it holds and nobody says is still with it.
_PEOPLE = """
    WITH ours AS MATERIALIZED (
        SELECT teacher_id FROM induction_period
        WHERE appropriate_body_id = %(body)s AND finished_on IS NULL
    ), reported AS MATERIALIZED (
        SELECT teacher_id, school_id, started_on, finished_on FROM ect_at_school_period
        WHERE school_reported_appropriate_body_id = %(body)s
    ), unclaimed AS (
        SELECT DISTINCT ON (teacher_id) * FROM reported
        WHERE (finished_on IS NULL OR finished_on >= %(today)s)
            AND teacher_id NOT IN (SELECT teacher_id FROM ours)
        ORDER BY teacher_id, started_on
    ), leaving AS (
        SELECT DISTINCT ON (teacher_id) * FROM reported
        WHERE finished_on IS NOT NULL AND teacher_id IN (SELECT teacher_id FROM ours)
            AND teacher_id NOT IN (SELECT teacher_id FROM reported WHERE finished_on IS NULL)
        ORDER BY teacher_id, finished_on DESC
    ), record AS MATERIALIZED (
        SELECT *, false AS is_leaver FROM unclaimed UNION ALL SELECT *, true FROM leaving
    ), person AS MATERIALIZED (
        SELECT teacher.id, corrected_name, trs_first_name, trs_last_name, trn,
            trs_qts_awarded_on AS qts_awarded_on,
            trs_initial_teacher_training_provider_name AS itt_provider,
            record.school_id, record.started_on, record.finished_on, is_leaver, held_by
        FROM record JOIN teacher ON teacher.id = record.teacher_id
        LEFT JOIN LATERAL (
            SELECT max(appropriate_body_id) FILTER (WHERE finished_on IS NULL) AS held_by,
                bool_or(outcome IS NOT NULL) AS is_concluded
            FROM induction_period WHERE teacher_id = record.teacher_id
        ) AS induction ON true
        WHERE teacher.id = ANY (ARRAY(SELECT teacher_id FROM record)) {and_sought}
            AND (is_leaver OR is_concluded IS NOT TRUE AND coalesce(trs_induction_status, '')
                NOT IN ('Passed', 'Failed', 'FailedInWales', 'Exempt'))
    )"""
_AND_SOUGHT = "AND teacher.id IN (SELECT id FROM teacher WHERE {condition})"
_ORDER = "started_on, trs_last_name NULLS LAST, id"
#: How many are on each list, and some rows of one, in order. One row at least.
_LISTED = """{people}, counted AS (
        SELECT {counts} FROM person
    ), listed AS (
        SELECT * FROM person WHERE {who} ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s
    )
    SELECT counted.*, listed.id, corrected_name, trs_first_name, trs_last_name, trn,
        listed.started_on, listed.finished_on, itt_provider, gias_school.name, gias_school.urn,
        induction_tutor_name, induction_tutor_email, appropriate_body.name
    FROM counted LEFT JOIN listed ON true
    LEFT JOIN LATERAL (
        SELECT school_id FROM ect_at_school_period
        WHERE is_leaver AND teacher_id = listed.id AND finished_on IS NULL LIMIT 1
    ) AS now_at ON true
    LEFT JOIN school ON school.id = coalesce(now_at.school_id, listed.school_id)
    LEFT JOIN gias_school ON gias_school.urn = school.urn
    LEFT JOIN appropriate_body ON appropriate_body.id = held_by
    ORDER BY {order}"""
_SUMMARIES = ", ".join(
    f"count(*) FILTER (WHERE {who}), min({day}) FILTER (WHERE {who})"
    for which, who in _WHO.items()
    for day in ["finished_on" if which == "leavers" else "started_on"]
)


class Record(NamedTuple):
    """One row: an ECT as a school told of them. The school of a leaver is where they are now.

    ``started_on`` and ``finished_on`` are those of the placement that names the body;
    ``held_by`` is the name of the body with the open period, if there is one.
    """

    teacher_id: int
    corrected_name: str | None
    trs_first_name: str | None
    trs_last_name: str | None
    trn: str | None
    started_on: date
    finished_on: date | None
    itt_provider: str | None
    school: str
    urn: int
    tutor_name: str | None
    tutor_email: str | None
    held_by: str | None

    @property
    def name(self) -> str:
        """The display name."""
        return display_name(self.corrected_name, self.trs_first_name, self.trs_last_name)


class Records(Sequence[Record]):
    """One of a body's lists of schools' records, in order; ``counts`` is of all the lists.

    Where the search finds nobody, these are who is at schools that have it as their name or URN.
    One query for the ``expected`` slice and all counts (two more for schools), and one for every
    other slice.
    """

    def __init__(self, body: AppropriateBody, which: str, text: str, expected: slice) -> None:
        """Count everybody, and read the expected slice."""
        self._body, self._which, self._expected = body, which, expected
        search = PersonSearch.of(text)
        self._sought = fitting(search)
        self.counts, self._found = self._read(expected)
        if (search.words or search.parts) and not any(self.counts.values()):
            self._sought = of_schools(search)
            self.counts, self._found = self._read(expected)

    def __len__(self) -> int:
        """Say how many are on this list."""
        return self.counts[self._which]

    def __getitem__(self, index: Any) -> Any:
        """Return a slice. A place counts from the beginning."""
        if isinstance(index, int):
            return self[index : index + 1][0]
        first, last, _ = index.indices(len(self))
        if (first, last) == self._expected.indices(len(self))[:2]:
            return self._found
        return self._read(slice(first, last))[1] if first < last else []

    def _read(self, wanted: slice) -> tuple[dict[str, int], list[Record]]:
        and_sought = (
            "" if self._sought.is_everybody else _AND_SOUGHT.format(condition=self._sought.sql)
        )
        statement = _LISTED.format(
            people=_PEOPLE.format(and_sought=and_sought),
            counts=_COUNTS,
            who=_WHO[self._which],
            order=_ORDER,
        )
        rows = self._sought.rows(
            statement,
            body=self._body.pk,
            today=clock.today(),
            limit=wanted.stop - wanted.start,
            offset=wanted.start,
        )
        counts = dict(zip(LISTS, rows[0], strict=False))
        records = [Record._make(row[len(LISTS) :]) for row in rows]
        return counts, [record for record in records if record.teacher_id is not None]


class Summary(NamedTuple):
    """How many are on a list, and the earliest day: schools' start dates, of leavers the last."""

    number: int
    first_day: date | None


def summaries_of_lists(body: AppropriateBody) -> dict[str, Summary]:
    """Return how many are on each of the lists, and since when. One query."""
    statement = f"{_PEOPLE.format(and_sought='')} SELECT {_SUMMARIES} FROM person"  # noqa: S608
    (row,) = EVERYBODY.rows(statement, body=body.pk, today=clock.today())
    return dict(zip(LISTS, map(Summary, row[::2], row[1::2]), strict=True))
