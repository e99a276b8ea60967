"""What is known of every ECT whom a body holds, or is named for, in one statement.

The flags and the forecast are worked out from it when they are read (spec 06 §6.21.2, §6.21.3):
nothing is stored that could be out of date.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from register_ects import clock
from register_ects.models import AppropriateBody
from register_ects.person_search import EVERYBODY
from register_ects.rules.conflicts import possible_conflicts
from register_ects.rules.ect_status import WITHOUT_MENTOR
from register_ects.rules.enumerations import (
    TRSResponse,
    TRSUpdateState,
    WorkingPattern,
)
from register_ects.rules.induction_flags import Facts, InductionFlag, flags_of
from register_ects.rules.inductions import status_for
from register_ects.rules.names import display_name
from register_ects.rules.terms import Served, Term
from register_ects.rules.training import training_status
from register_ects.term_calendar import term_calendar

#: ``held`` and ``named``: whom the body holds, and whom schools say it has or is to have.
#: ``placement`` has one row a person: the present or next placement, else the latest.
_FACTS = """
    WITH held AS MATERIALIZED (
        SELECT teacher_id FROM induction_period
        WHERE appropriate_body_id = %(body)s AND finished_on IS NULL {and_one}
    ), named AS MATERIALIZED (
        SELECT teacher_id, min(started_on) AS since FROM ect_at_school_period
        WHERE school_reported_appropriate_body_id = %(body)s
            AND (finished_on IS NULL OR finished_on >= %(today)s) {and_one}
        GROUP BY teacher_id
    ), person AS MATERIALIZED (
        SELECT teacher_id FROM held UNION SELECT teacher_id FROM named
    ), induction AS MATERIALIZED (
        SELECT teacher_id, min(started_on) AS first_day,
            max(appropriate_body_id) FILTER (WHERE finished_on IS NULL) AS held_by,
            max(started_on) FILTER (WHERE finished_on IS NULL) AS open_since,
            max(training_programme) FILTER (WHERE finished_on IS NULL) AS open_programme,
            max(outcome) AS outcome, coalesce(sum(number_of_terms), 0) AS served,
            max(updated_at) AS recorded_at
        FROM induction_period WHERE teacher_id = ANY (ARRAY(SELECT teacher_id FROM person))
        GROUP BY teacher_id
    ), extension AS MATERIALIZED (
        SELECT teacher_id, sum(number_of_terms) AS terms FROM induction_extension
        WHERE teacher_id = ANY (ARRAY(SELECT teacher_id FROM person)) GROUP BY teacher_id
    ), placed AS MATERIALIZED (
        SELECT id, teacher_id, school_id, started_on, finished_on, working_pattern,
            school_reported_appropriate_body_id AS reported_body
        FROM ect_at_school_period
        WHERE teacher_id = ANY (ARRAY(SELECT teacher_id FROM person))
    ), everywhere AS MATERIALIZED (
        SELECT teacher_id, min(placed.started_on) AS since, array_agg(school.urn) AS urns
        FROM placed JOIN school ON school.id = placed.school_id GROUP BY teacher_id
    ), placement AS MATERIALIZED (
        SELECT DISTINCT ON (teacher_id) * FROM placed
        ORDER BY teacher_id, (finished_on IS NULL OR finished_on >= %(today)s) DESC,
            CASE WHEN finished_on IS NULL OR finished_on >= %(today)s THEN started_on END,
            finished_on DESC
    ), training AS MATERIALIZED (
        SELECT DISTINCT ON (teacher_id) teacher_id, training_programme, withdrawn_at, deferred_at
        FROM training_period
        WHERE trainee_role = 'ect' AND teacher_id = ANY (ARRAY(SELECT teacher_id FROM person))
        ORDER BY teacher_id, started_on DESC
    ), message AS MATERIALIZED (
        SELECT DISTINCT ON (teacher_id) teacher_id, state FROM trs_induction_update
        WHERE teacher_id = ANY (ARRAY(SELECT teacher_id FROM person)) ORDER BY teacher_id, id DESC
    )
    SELECT teacher.id, corrected_name, trs_first_name, trs_last_name, trn,
        trs_induction_status, trs_response, trs_qts_awarded_on,
        trs_initial_teacher_training_provider_name,
        first_day, held_by, open_since, open_programme, outcome, served, recorded_at,
        coalesce(extension.terms, 0), named.since, everywhere.since, everywhere.urns,
        gias_school.name, gias_school.urn, placement.finished_on, working_pattern, reported_body,
        training.training_programme, withdrawn_at, deferred_at, message.state
    FROM teacher
    LEFT JOIN induction ON induction.teacher_id = teacher.id
    LEFT JOIN extension ON extension.teacher_id = teacher.id
    LEFT JOIN named ON named.teacher_id = teacher.id
    LEFT JOIN everywhere ON everywhere.teacher_id = teacher.id
    LEFT JOIN placement ON placement.teacher_id = teacher.id
    LEFT JOIN school ON school.id = placement.school_id
    LEFT JOIN gias_school ON gias_school.urn = school.urn
    LEFT JOIN training ON training.teacher_id = teacher.id
    LEFT JOIN message ON message.teacher_id = teacher.id
    WHERE teacher.id = ANY (ARRAY(SELECT teacher_id FROM person))
    ORDER BY trs_last_name NULLS LAST, trs_first_name NULLS LAST, teacher.id"""
#: When an induction is due: before today, this term, next term, later.
WHEN = ("overdue", "this-term", "next-term", "later")
_EVERYBODY = _FACTS.format(and_one="")
_ONE = _FACTS.format(and_one="AND teacher_id = %(teacher)s")


class _Row(NamedTuple):
    teacher_id: int
    corrected_name: str | None
    trs_first_name: str | None
    trs_last_name: str | None
    trn: str | None
    trs_status: str | None
    trs_response: str | None
    qts_awarded_on: date | None
    itt_provider: str | None
    first_day: date | None
    held_by: int | None
    open_since: date | None
    open_programme: str | None
    outcome: str | None
    served: Decimal | None
    recorded_at: datetime | None
    extensions: Decimal
    named_since: date | None
    school_since: date | None
    urns: list[int] | None
    school: str | None
    urn: int | None
    placed_until: date | None
    working_pattern: str | None
    reported_body: int | None
    training_programme: str | None
    withdrawn_at: datetime | None
    deferred_at: datetime | None
    message: str | None


@dataclass(frozen=True)
class KnownECT:
    """An ECT whom a body holds or is named for, and what does not agree about them.

    ``school`` is the present one, else the next or the last. ``is_held`` says that the page of
    their record can be opened.
    """

    teacher_id: int
    name: str
    trn: str | None
    school: str | None
    urn: int | None
    is_held: bool
    facts: Facts
    flags: list[InductionFlag]


@dataclass(frozen=True)
class Due:
    """An open induction, and when it is expected to be complete. ``term`` is when to look at it.

    ``is_estimated``: the ECT works part time, and nobody told us how much.
    """

    ect: KnownECT
    terms: Served
    expected_on: date
    term: Term
    is_estimated: bool


def known_ects(body: AppropriateBody) -> list[KnownECT]:
    """Return all whom a body holds or is named for, by last name. Two queries."""
    rows = EVERYBODY.rows(_EVERYBODY, body=body.pk, today=clock.today())
    return _known(body, rows)


def known_ect(body: AppropriateBody, teacher_id: int) -> KnownECT | None:
    """Return one whom a body holds or is named for; None for anybody else. Two queries."""
    rows = EVERYBODY.rows(_ONE, body=body.pk, today=clock.today(), teacher=teacher_id)
    return next(iter(_known(body, rows)), None)


def due_inductions(ects: Sequence[KnownECT]) -> list[Due]:
    """Return the open inductions of some ECTs, first whose expected end comes first."""
    calendar = term_calendar()
    found = [
        Due(
            ect=ect,
            terms=terms,
            expected_on=expected_on,
            term=calendar.current_or_next(expected_on),
            is_estimated=ect.facts.works_part_time,
        )
        for ect in ects
        if (terms := ect.facts.terms) and not ect.facts.has_outcome
        for expected_on in [terms.expected_end(calendar)]
    ]
    return sorted(found, key=lambda due: due.expected_on)


def due_by_when(due: Sequence[Due]) -> dict[str, list[Due]]:
    """Return some inductions by when they are due, in the order of ``WHEN``."""
    today = clock.today()
    terms = term_calendar().from_day(today)
    names = {next(terms): "this-term", next(terms): "next-term"}
    found: dict[str, list[Due]] = {when: [] for when in WHEN}
    for each in due:
        is_overdue = each.expected_on < today
        found["overdue" if is_overdue else names.get(each.term, "later")].append(each)
    return found


def _known(body: AppropriateBody, rows: Sequence[tuple[object, ...]]) -> list[KnownECT]:
    led_by = body.designations.filter(period__contains=clock.today(), lead_school__isnull=False)
    lead_schools = dict(led_by.values_list("lead_school", "lead_school__name"))
    calendar, today, now = term_calendar(), clock.today(), clock.now()
    found = []
    for row in map(_Row._make, rows):
        facts = _facts(row, body, lead_schools, today)
        flags = flags_of(facts, today=today, now=now, calendar=calendar)
        name = display_name(row.corrected_name, row.trs_first_name, row.trs_last_name)
        is_held = facts.is_held
        found.append(
            KnownECT(row.teacher_id, name, row.trn, row.school, row.urn, is_held, facts, flags)
        )
    return found


def _facts(row: _Row, body: AppropriateBody, lead_schools: Mapping[int, str], today: date) -> Facts:
    is_at_school = row.urn is not None and (row.placed_until is None or row.placed_until >= today)
    conflicts = possible_conflicts(
        body=body.name,
        lead_schools=lead_schools,
        schools=row.urns or [],
        itt_provider=row.itt_provider,
    )
    return Facts(
        body=body.pk,
        held_by=row.held_by,
        open_since=row.open_since,
        open_programme=row.open_programme,
        first_day=row.first_day,
        has_outcome=row.outcome is not None,
        served=row.served or Decimal(0),
        extensions=row.extensions,
        recorded_at=row.recorded_at,
        differs_from_trs=row.first_day is not None and status_for(row.outcome) != row.trs_status,
        trs_refused=row.message == TRSUpdateState.REJECTED,
        trs_shows_none=row.trs_response in TRSResponse.not_shown(),
        is_over_in_trs=row.trs_status in WITHOUT_MENTOR,
        qts_awarded_on=row.qts_awarded_on,
        named_since=row.named_since,
        school_since=row.school_since,
        is_at_school=is_at_school,
        left_on=None if is_at_school else row.placed_until,
        reported_body=row.reported_body if is_at_school else None,
        works_part_time=row.working_pattern == WorkingPattern.PART_TIME,
        training_programme=row.training_programme,
        training_status=(
            training_status(withdrawn_at=row.withdrawn_at, deferred_at=row.deferred_at)
            if row.training_programme
            else None
        ),
        may_conflict=bool(conflicts),
    )
