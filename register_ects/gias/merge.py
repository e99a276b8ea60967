"""Bring ``gias_school`` up to date with the staged rows, changing only what differs.

Which rows are staged is decided in ``rows.py``. Runs inside the importer's transaction.
Source: spec 07 §8.1 with its Improve.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from register_ects import clock
from register_ects.gias.report import ImportReport
from register_ects.rules.enumerations import GIASSchoolStatus

#: The temporary table of the rows to apply.
INCOMING = "gias_incoming"


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
        _keep_eligibility_of_unknown_types(cursor)
        if "ukprn" in columns:
            _drop_repeated_ukprns(cursor, report)
        _warn_of_reused_urns(cursor, report)
        changes = _update(cursor, columns, report)
        _insert(cursor, columns, report)
    return changes


def held_and_expected(scope: Sequence[str]) -> tuple[int, int]:
    """Return how many records of the types in ``scope`` we hold, and how many are staged."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT count(*), count(staged.urn)
            FROM gias_school held LEFT JOIN {INCOMING} staged USING (urn)
            WHERE held.type_name = ANY(%s)""",  # noqa: S608  our own table name
            [list(scope)],
        )
        held, staged = cursor.fetchone()
    return held, staged


def _keep_eligibility_of_unknown_types(cursor: Any) -> None:
    """Leave what was derived from a held establishment's type, when its type is a new word."""
    cursor.execute(
        f"""UPDATE {INCOMING} incoming
        SET in_england = coalesce(incoming.in_england, held.in_england),
            eligible = coalesce(incoming.eligible, held.eligible)
        FROM gias_school held
        WHERE held.urn = incoming.urn
            AND (incoming.in_england IS NULL OR incoming.eligible IS NULL)"""  # noqa: S608
    )


def _warn_of_reused_urns(cursor: Any, report: ImportReport) -> None:
    """Warn where a closed establishment's number now stands for an open one elsewhere."""
    cursor.execute(
        f"""SELECT line, urn, held.name, incoming.name
        FROM {INCOMING} incoming JOIN gias_school held USING (urn)
        WHERE held.status = %s AND incoming.status <> %s
            AND plain_text(held.name) <> plain_text(incoming.name)
            AND held.postcode IS DISTINCT FROM incoming.postcode
        ORDER BY line""",  # noqa: S608
        [str(GIASSchoolStatus.CLOSED)] * 2,
    )
    for line, urn, before, now in cursor.fetchall():
        report.warnings.add(
            line, f"URN {urn} was that of {before}, closed, and is now that of {now}: reused?"
        )


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
    written = [column for column in columns if column != "urn"]
    ours = ", ".join(f"held.{column}" for column in written)
    theirs = ", ".join(f"incoming.{column}" for column in written)
    cursor.execute("DROP TABLE IF EXISTS pg_temp.gias_changed")
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
        f"""SELECT (SELECT count(*) FROM {INCOMING} JOIN gias_school USING (urn)),
            count(*), count(*) FILTER (WHERE closes) FROM gias_changed"""  # noqa: S608
    )
    already_held, report.updated, report.closed = cursor.fetchone()
    report.unchanged = already_held - report.updated
    cursor.execute(
        "SELECT urn, name, eligible FROM gias_changed WHERE eligible <> was_eligible ORDER BY urn"
    )
    return [EligibilityChange(*row) for row in cursor.fetchall()]


def _insert(cursor: Any, columns: Sequence[str], report: ImportReport) -> None:
    values = {column: column for column in columns}
    values.setdefault("section_41_approved", "FALSE")
    now = clock.now()
    cursor.execute(
        f"""INSERT INTO gias_school ({", ".join(values)}, created_at, updated_at)
        SELECT {", ".join(values.values())}, %s, %s FROM {INCOMING} incoming
        WHERE NOT EXISTS (SELECT 1 FROM gias_school held WHERE held.urn = incoming.urn)
        ORDER BY urn""",  # noqa: S608
        [now, now],
    )
    report.created = cursor.rowcount
