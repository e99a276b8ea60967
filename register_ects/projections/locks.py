"""Who waits for whom while what lead providers are shown is brought up to date (ADR 0012).

Three locks, held to the end of the transaction and always taken in this order:

1. **The projection.** Shared by those who refresh a few records; whole for who refreshes many, or
   reaches records in ways that the second lock does not know. Whoever has it whole is alone.
2. **Records**, in the order of their keys: everybody, every partnership and every school that is
   rendered, and whose facts are read for it. So who renders a record sees all that was written
   before, and two changes to one record never overwrite each other's view of it.
3. **Feeds**, in the order of the providers' keys, once it is known whose change: from there to the
   commit it is short. So the times and the places in the feed of one provider become visible in
   order. What every provider is told of needs all of them.

They are PostgreSQL's advisory locks: rows are locked before them, never while waiting for one.
"""

from collections.abc import Collection, Iterable
from enum import IntEnum

from register_ects.database.compiled import prepared_cursor


class Space(IntEnum):
    """What is locked. Part of a lock's number: it cannot change while several releases run."""

    PROJECTION = 1
    PERSON = 2
    PARTNERSHIP = 3
    SCHOOL = 4
    FEED = 5


#: A kind of record and its key.
RecordLock = tuple[Space, int]
#: Room for the keys of one kind; the numbers begin where nobody else's are.
_ROOM, _FIRST = 10**12, 7_304 * 10**14


def share_projection(records: Iterable[RecordLock]) -> None:
    """Wait until nobody has the projection whole, and until these records are ours."""
    keys = [_number(*record) for record in sorted(records)]
    with prepared_cursor() as cursor:
        cursor.execute(
            """
            SELECT pg_advisory_xact_lock_shared(%s)
            UNION ALL SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key
            """,
            [_number(Space.PROJECTION), keys],
        )


def lock_projection() -> None:
    """Wait for every other refresh to commit, and keep others waiting until this one does.

    Take it first of all in a transaction of several operations: each of them would else lock
    records after feeds, and two such transactions could wait in a ring.
    """
    with prepared_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(Space.PROJECTION)])


def lock_feeds(lead_providers: Collection[int] | None) -> None:
    """Wait until the feeds of these lead providers, by key, are ours; None is for all of them."""
    with prepared_cursor() as cursor:
        if lead_providers is None:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(Space.FEED)])
            return
        cursor.execute(
            """
            SELECT pg_advisory_xact_lock_shared(%s)
            UNION ALL SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key
            """,
            [_number(Space.FEED), [_number(Space.FEED, key) for key in sorted(lead_providers)]],
        )


def _number(space: Space, key: int = 0) -> int:
    return _FIRST + space * _ROOM + key
