"""Bring what is shown up to date with the facts: before a commit, and as the calendar turns.

Refreshes of different records run side by side (``locks``). Each sees all that those before it
wrote of its records, and the times and the places in the change feed of one provider become
visible in order: whoever asks for changes since the newest one they know never misses any.
"""

from collections.abc import Collection, Iterable
from contextlib import nullcontext, suppress
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from register_ects import clock
from register_ects.database.compiled import prepared_cursor
from register_ects.database.insertion import insert
from register_ects.models import (
    MentorshipPeriod,
    ProjectionState,
    StaleMark,
    TrainingPeriod,
)
from register_ects.projections.affected import Affected, Mark
from register_ects.projections.feed import next_time
from register_ects.projections.locks import lock_feeds, lock_projection, share_projection
from register_ects.projections.schools import difference_of_schools, write_schools
from register_ects.projections.storing import difference
from register_ects.rules.enumerations import StaleKind

#: Marks that one transaction of the timer takes, so that it never keeps others waiting for long.
BATCH = 1000
#: How often a refresh looks again which records it needs, before it takes the whole projection.
_ATTEMPTS = 3


class _ReachesFurther(Exception):
    """While a refresh waited for its records, somebody committed what connects them to others."""


def refresh_own_marks() -> None:
    """Refresh what this transaction has made stale. Call it last, inside the transaction."""
    marks = _take("transaction_id = pg_current_xact_id_if_assigned()::text::bigint")
    if marks:
        with clock.as_it_is():
            _write(_locked(marks))


def refresh(marks: Iterable[Mark], *, as_of_actual_day: bool = True) -> None:
    """Render what these facts affect and write what differs, inside a transaction, alone.

    As of the actual day, even in a request that simulates another, unless told otherwise.
    """
    lock_projection()
    with clock.as_it_is() if as_of_actual_day else nullcontext():
        _write(Affected.by(marks), now=None if as_of_actual_day else clock.now())


def _locked(marks: Collection[Mark]) -> Affected:
    """Return what these facts affect, with all of it locked against other refreshes.

    Which records that are is known for certain only once they are locked: if there are more by
    then, all are let go and locked anew, in order.
    """
    affected = Affected.by(marks)
    locks = affected.locks()
    for _ in range(_ATTEMPTS):
        if locks is None:
            break
        with suppress(_ReachesFurther), transaction.atomic():
            share_projection(locks)
            affected = Affected.by(marks)
            needed = affected.locks()
            if needed is not None and needed <= locks:
                return affected
            locks = None if needed is None else locks | needed
            raise _ReachesFurther
    lock_projection()
    return Affected.by(marks)


def _write(affected: Affected, *, now: datetime | None = None) -> None:
    """Render what is affected and write what differs, at ``now`` or as soon as the feeds are ours.

    What everybody is shown of schools stands in the feed of every provider.
    """
    found = difference(affected.rendered())
    schools = difference_of_schools(affected.schools, now=clock.now()) if affected.schools else None
    if schools or found.changes:
        providers = None if schools else found.lead_providers
        lock_feeds(providers)
        now = now or next_time(providers)
        found.stamp(now)
        if schools:
            schools = difference_of_schools(affected.schools, now=now)
            write_schools(schools)
        insert([*found.changes, *(schools.changes if schools else ())])
    found.write()


def catch_up() -> None:
    """Turn the calendar if the day has changed, then refresh whatever is marked.

    For what was changed without an operation (a data fix, an import) and for what only the
    calendar changes. Safe to run at any time, and from several places at once.
    """
    turn_calendar(clock.today())
    while _refresh_batch():
        pass


def turn_again_from(day: date) -> None:
    """Have the next ``catch_up`` turn the calendar from ``day`` on.

    For whoever has written with the clock on days of the past, from ``day`` on, as the demo's
    stories do: what they changed is shown as it was on its own day.
    """
    ProjectionState.objects.filter(shown_for__gt=day).update(shown_for=day)


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
    lock_projection()  # before the marks: what they tell of must be seen
    marks = _take(
        f"id IN (SELECT id FROM stale_mark ORDER BY id LIMIT {BATCH})"  # noqa: S608 - a number
    )
    if marks:
        refresh(marks)
    return bool(marks)


def _take(condition: str) -> list[Mark]:
    with prepared_cursor() as cursor:
        cursor.execute(f"DELETE FROM stale_mark WHERE {condition} RETURNING kind, record_id")  # noqa: S608
        return list(set(cursor.fetchall())) if cursor.rowcount else []
