"""Bring what is shown up to date with the facts: before a commit, and as the calendar turns.

One refresh runs at a time, from its lock to its commit. So each sees what the one before it
wrote, and the times and the places in the change feed that it hands out become visible in order:
whoever asks for changes since the newest one they know never misses any.
"""

from collections.abc import Iterable
from contextlib import nullcontext
from datetime import UTC, date, datetime

from django.db import connection, transaction
from django.db.models import Q

from register_ects import clock
from register_ects.models import (
    MentorshipPeriod,
    ProjectionState,
    ShownChange,
    StaleMark,
    TrainingPeriod,
)
from register_ects.projections.affected import Affected, Mark
from register_ects.projections.schools import refresh_schools
from register_ects.projections.storing import store
from register_ects.rules.enumerations import StaleKind

#: Marks that one transaction of the timer takes, so that it never holds the lock for long.
BATCH = 1000
_LOCK = 7_304_119_825


def refresh_own_marks() -> None:
    """Refresh what this transaction has made stale. Call it last, inside the transaction."""
    marks = _take("transaction_id = pg_current_xact_id_if_assigned()::text::bigint")
    if marks:
        refresh(marks)


def refresh(marks: Iterable[Mark], *, as_of_actual_day: bool = True) -> None:
    """Render what these facts affect and write what differs, inside a transaction.

    As of the actual day, even in a request that simulates another, unless told otherwise.
    """
    lock_projection()
    with clock.as_it_is() if as_of_actual_day else nullcontext():
        affected, now = Affected.by(marks), _stamp() if as_of_actual_day else clock.now()
        changes = store(affected.rendered(), now=now).changes
        if affected.schools:
            changes += refresh_schools(affected.schools, now)
        ShownChange.objects.bulk_create(changes)


def lock_projection() -> None:
    """Wait for any other refresh to commit; released when this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _stamp() -> datetime:
    """Return the time of this refresh: now, or the last one's if that is a little later.

    Machines' clocks differ a little; what becomes visible later must not look older.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO projection_state (id, refreshed_at, purged_through, drifted)
            VALUES (1, %(now)s, 0, 0)
            ON CONFLICT (id) DO UPDATE SET refreshed_at = CASE
                WHEN projection_state.refreshed_at - %(now)s
                    BETWEEN interval '0' AND interval '1 minute'
                THEN projection_state.refreshed_at ELSE %(now)s END
            RETURNING refreshed_at
            """,
            {"now": clock.now()},
        )
        stamp: datetime = cursor.fetchone()[0]
    return stamp.astimezone(UTC)


def catch_up() -> None:
    """Turn the calendar if the day has changed, then refresh whatever is marked.

    For what was changed without an operation (a data fix, an import) and for what only the
    calendar changes. Safe to run at any time, and from several places at once.
    """
    turn_calendar(clock.today())
    while _refresh_batch():
        pass


def turn_calendar(today: date) -> None:
    """Mark what is shown differently today than on the day that is shown, if that is another."""
    with transaction.atomic():
        state, _ = ProjectionState.objects.select_for_update().get_or_create(pk=1)
        if state.shown_for == today:
            return
        shown_for = state.shown_for or today
        marks = turning_marks(min(shown_for, today), max(shown_for, today))
        StaleMark.objects.bulk_create(
            [StaleMark(kind=kind, record_id=key) for kind, key in sorted(marks)], batch_size=5000
        )
        state.shown_for = today
        state.save(update_fields=["shown_for"])


def turning_marks(first: date, last: date) -> set[Mark]:
    """Return marks for everything that one day shows differently than the other.

    Statuses and counts change on the first day, the last day and the day after the last day of
    training and mentoring (spec 02 §2.10 Improve).
    """
    turning = Q(started_on__range=(first, last)) | Q(finished_on__range=(first, last))
    marks: set[Mark] = set()
    for teacher, partnership in TrainingPeriod.objects.filter(turning).values_list(
        "teacher", "school_partnership"
    ):
        marks.add((StaleKind.TEACHER, teacher))
        if partnership is not None:
            marks.add((StaleKind.PARTNERSHIP, partnership))
    for people in MentorshipPeriod.objects.filter(turning).values_list(
        "ect_teacher", "mentor_teacher"
    ):
        marks |= {(StaleKind.TEACHER, person) for person in people}
    return marks


@transaction.atomic
def _refresh_batch() -> bool:
    """Refresh some of what is marked and committed; say whether there was any."""
    lock_projection()
    marks = _take(
        f"id IN (SELECT id FROM stale_mark ORDER BY id LIMIT {BATCH})"  # noqa: S608 - a number
    )
    if marks:
        refresh(marks)
    return bool(marks)


def _take(condition: str) -> list[Mark]:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM stale_mark WHERE {condition} RETURNING kind, record_id")  # noqa: S608
        return list(set(cursor.fetchall())) if cursor.rowcount else []
