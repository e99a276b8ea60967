"""Import the register's links between establishments."""

from typing import Any

from django.db import connection

from register_ects import clock
from register_ects.gias.reader import Extract
from register_ects.gias.report import Counts
from register_ects.gias.rows import link_rows
from register_ects.gias.staging import stage
from register_ects.gias.values import LINK_FIELDS

_STAGED = "gias_links_staged"


def merge_links(extract: Extract) -> Counts:
    """Store the links whose first school we hold, changing only what differs.

    The other end need not be held, but it is another school. Links that the file no longer has
    stay. Source: spec 07 §8.1.
    """
    staged = stage(link_rows(extract), fields=LINK_FIELDS, table=_STAGED)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {_STAGED} WHERE urn = link_urn")  # noqa: S608
        to_itself = cursor.rowcount
        updated = _update(cursor)
        created = _insert(cursor)
        cursor.execute(
            f"SELECT count(*) FROM {_STAGED} JOIN gias_school USING (urn)"  # noqa: S608
        )
        applied = cursor.fetchone()[0]
    report = Counts(
        created=created, updated=updated, malformed=extract.malformed, warnings=extract.warnings
    )
    report.unchanged = applied - created - updated
    not_held = staged - to_itself - applied
    if not_held:
        report.skipped["from an establishment that is not held"] = not_held
    if to_itself:
        report.skipped["from an establishment to itself"] = to_itself
    return report


def _update(cursor: Any) -> int:
    cursor.execute(
        f"""UPDATE gias_school_link held
        SET link_type = staged.link_type, link_date = staged.link_date, updated_at = %s
        FROM {_STAGED} staged
        WHERE held.urn = staged.urn AND held.link_urn = staged.link_urn
            AND (held.link_type, held.link_date)
                IS DISTINCT FROM (staged.link_type, staged.link_date)""",  # noqa: S608
        [clock.now()],
    )
    return int(cursor.rowcount)


def _insert(cursor: Any) -> int:
    now = clock.now()
    cursor.execute(
        f"""INSERT INTO gias_school_link
            (urn, link_urn, link_type, link_date, created_at, updated_at)
        SELECT staged.urn, staged.link_urn, staged.link_type, staged.link_date, %s, %s
        FROM {_STAGED} staged JOIN gias_school USING (urn)
        WHERE NOT EXISTS (
            SELECT 1 FROM gias_school_link held
            WHERE held.urn = staged.urn AND held.link_urn = staged.link_urn)
        ORDER BY staged.urn, staged.link_urn""",  # noqa: S608
        [now, now],
    )
    return int(cursor.rowcount)
