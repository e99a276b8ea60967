"""Bring ``gias_school`` up to date with the staged rows, changing only what differs.

Which rows are kept and who is eligible is said once, in ``rules/establishments.py``; here its
sets become SQL. Records already held are updated even when they no longer pass the filter.
Source: spec 07 §8.1 with its Improve. Runs inside the importer's transaction.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from register_ects import clock
from register_ects.gias.report import ImportReport
from register_ects.rules import establishments
from register_ects.rules.enumerations import GIASSchoolStatus

STAGED = "gias_staged"
INCOMING = "gias_incoming"

_IN_ENGLAND = "NOT type_name = ANY(%(outside_england)s)"
_INDEPENDENT = "type_name = ANY(%(independent_types)s)"
_FIT_TYPE = "type_name = ANY(%(eligible_types)s)"
_OPEN = "status = ANY(%(open_statuses)s)"
_ELIGIBLE = f"""({_OPEN} AND {_IN_ENGLAND}
    AND CASE WHEN {_INDEPENDENT} THEN section_41_approved ELSE {_FIT_TYPE} END)"""

#: Why a row that we do not hold is skipped; NULL means that it is kept.
_SKIPPED = f"""CASE
    WHEN NOT type_name = ANY(%(known_types)s) THEN 'type not known'
    WHEN NOT {_IN_ENGLAND} THEN 'not in England'
    WHEN NOT ({_FIT_TYPE} OR {_INDEPENDENT}) THEN 'type not eligible'
    WHEN {_OPEN} OR coalesce(closed_on >= %(earliest_closure_kept)s, FALSE) THEN NULL
    WHEN status = %(proposed_to_open)s THEN 'not open yet'
    WHEN closed_on IS NULL THEN 'closed, date not known'
    ELSE 'closed before ' || to_char(%(earliest_closure_kept)s::date, 'FMDD FMMonth YYYY')
END"""


def _rule_values() -> dict[str, Any]:
    return {
        "outside_england": sorted(establishments.TYPES_OUTSIDE_ENGLAND),
        "independent_types": sorted(establishments.INDEPENDENT_TYPES),
        "eligible_types": sorted(establishments.ELIGIBLE_TYPES),
        "known_types": sorted(establishments.KNOWN_TYPES),
        "open_statuses": sorted(str(status) for status in establishments.OPEN_STATUSES),
        "proposed_to_open": str(GIASSchoolStatus.PROPOSED_TO_OPEN),
        "earliest_closure_kept": establishments.EARLIEST_CLOSURE_KEPT,
    }


@dataclass(frozen=True)
class EligibilityChange:
    """A held establishment that became eligible for DfE-funded training, or ceased to be."""

    urn: int
    name: str
    eligible: bool


def merge(columns: Sequence[str], report: ImportReport) -> list[EligibilityChange]:
    """Insert what is new and update what differs in ``columns``, counting into ``report``.

    ``columns`` are those of the staging table that the file filled; others keep what is held.
    Returns the eligibility changes of records that were already held.
    """
    with connection.cursor() as cursor:
        _choose_rows(cursor, report)
        if "ukprn" in columns:
            _drop_repeated_ukprns(cursor, report)
        changes = _update(cursor, columns, report)
        _insert(cursor, columns, report)
    return changes


def held_and_expected(scope: Sequence[str]) -> tuple[int, int]:
    """Return how many records of the types in ``scope`` we hold, and how many are staged."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT count(*), count(staged.urn)
            FROM gias_school held LEFT JOIN {STAGED} staged USING (urn)
            WHERE held.type_name = ANY(%s)""",  # noqa: S608  our own table name
            [list(scope)],
        )
        held, staged = cursor.fetchone()
    return held, staged


def _choose_rows(cursor: Any, report: ImportReport) -> None:
    """Make the table of rows to apply: kept by the filter, or of a record already held."""
    cursor.execute(
        f"""CREATE TEMP TABLE {INCOMING} ON COMMIT DROP AS
        SELECT staged.*, {_IN_ENGLAND} AS in_england, {_ELIGIBLE} AS eligible
        FROM (
            SELECT staged.*, held.urn IS NOT NULL AS held
            FROM {STAGED} staged LEFT JOIN (SELECT urn FROM gias_school) held USING (urn)
        ) staged
        WHERE held OR ({_SKIPPED}) IS NULL""",  # noqa: S608
        _rule_values(),
    )
    cursor.execute(f"ANALYZE {INCOMING}")
    cursor.execute(
        f"""SELECT {_SKIPPED} AS reason, count(*) FROM {STAGED} staged
        WHERE NOT EXISTS (SELECT 1 FROM {INCOMING} incoming WHERE incoming.urn = staged.urn)
        GROUP BY reason""",  # noqa: S608
        _rule_values(),
    )
    report.skipped = Counter(dict(cursor.fetchall()))


def _drop_repeated_ukprns(cursor: Any, report: ImportReport) -> None:
    """Let the first establishment of a UKPRN keep it; the others go without, and are reported."""
    cursor.execute(
        f"""WITH repeated AS (
            SELECT urn, first_value(urn) OVER w AS keeper, row_number() OVER w AS place
            FROM {INCOMING} WHERE ukprn IS NOT NULL
            WINDOW w AS (PARTITION BY ukprn ORDER BY line)
        ), refused AS (
            SELECT urn, keeper FROM repeated WHERE place > 1
            UNION
            SELECT incoming.urn, other.urn FROM {INCOMING} incoming
            JOIN gias_school other ON other.ukprn = incoming.ukprn AND other.urn <> incoming.urn
            WHERE NOT EXISTS (SELECT 1 FROM {INCOMING} row WHERE row.urn = other.urn)
        ), keeper AS (SELECT urn, min(keeper) AS keeper FROM refused GROUP BY urn),
        before AS (
            SELECT i.urn, i.line, i.ukprn, k.keeper
            FROM {INCOMING} i JOIN keeper k USING (urn)
        ), cleared AS (
            UPDATE {INCOMING} i SET ukprn = NULL FROM keeper k WHERE k.urn = i.urn
        )
        SELECT line, urn, ukprn, keeper FROM before ORDER BY line"""  # noqa: S608
    )
    report.ukprn_conflicts = [
        f"line {line}: UKPRN {ukprn} of URN {urn} is already that of URN {keeper}: left out"
        for line, urn, ukprn, keeper in cursor.fetchall()
    ]
    # A UKPRN that moves between two held records must leave the first before it is given.
    cursor.execute(
        f"""UPDATE gias_school held SET ukprn = NULL, updated_at = %s
        FROM {INCOMING} claimant, {INCOMING} own
        WHERE held.ukprn = claimant.ukprn AND claimant.urn <> held.urn AND own.urn = held.urn""",  # noqa: S608
        [clock.now()],
    )


def _update(cursor: Any, columns: Sequence[str], report: ImportReport) -> list[EligibilityChange]:
    written = [column for column in columns if column != "urn"] + ["in_england", "eligible"]
    ours = ", ".join(f"held.{column}" for column in written)
    theirs = ", ".join(f"incoming.{column}" for column in written)
    cursor.execute(
        f"""CREATE TEMP TABLE gias_changed ON COMMIT DROP AS
        SELECT held.urn, incoming.name,
            incoming.status = %s AND held.status <> %s AS closes,
            incoming.eligible, held.eligible AS was_eligible
        FROM gias_school held JOIN {INCOMING} incoming USING (urn)
        WHERE ({ours}) IS DISTINCT FROM ({theirs})""",  # noqa: S608
        [str(GIASSchoolStatus.CLOSED)] * 2,
    )
    assignments = ", ".join(f"{column} = incoming.{column}" for column in written)
    cursor.execute(
        f"""UPDATE gias_school held SET {assignments}, updated_at = %s
        FROM {INCOMING} incoming JOIN gias_changed USING (urn)
        WHERE held.urn = incoming.urn""",  # noqa: S608
        [clock.now()],
    )
    cursor.execute(
        f"""SELECT (SELECT count(*) FROM {INCOMING} WHERE held),
            count(*), count(*) FILTER (WHERE closes) FROM gias_changed"""  # noqa: S608
    )
    already_held, report.updated, report.closed = cursor.fetchone()
    report.unchanged = already_held - report.updated
    cursor.execute(
        "SELECT urn, name, eligible FROM gias_changed WHERE eligible <> was_eligible ORDER BY urn"
    )
    return [EligibilityChange(*row) for row in cursor.fetchall()]


def _insert(cursor: Any, columns: Sequence[str], report: ImportReport) -> None:
    written = [*columns, "in_england", "eligible"]
    if "section_41_approved" not in written:
        written.append("section_41_approved")
    now = clock.now()
    cursor.execute(
        f"""INSERT INTO gias_school ({", ".join(written)}, created_at, updated_at)
        SELECT {", ".join(written)}, %s, %s FROM {INCOMING} WHERE NOT held ORDER BY urn""",  # noqa: S608
        [now, now],
    )
    report.created = cursor.rowcount
