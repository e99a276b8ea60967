"""Transactions that wait for each other by a name, where there is no row to lock."""

from django.db import connection


def wait_for_others(*names: str) -> None:
    """Wait until no other transaction holds these names; hold them to the end of this one.

    They are taken in this order. Whoever waits here must hold no row that others want.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(name, 0))"
            " FROM unnest(%s::text[]) AS name",
            [list(names)],
        )
