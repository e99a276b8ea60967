"""What tests ask of the database itself: a refusal, and proof that somebody waits for a lock."""

import time

from django.db import connection, models


def refuse_updates(row: models.Model) -> None:
    """Make the database refuse every change of one row, until the test is over."""
    table = connection.ops.quote_name(row._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.id = {row.pk:d} THEN RAISE EXCEPTION 'refused'; END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER refuse_one BEFORE UPDATE ON {table}
                FOR EACH ROW EXECUTE FUNCTION refuse_one();
            """
        )


def wait_for_blocked(count: int, *, seconds: float = 10) -> None:
    """Wait until ``count`` connections to the test database wait for a lock."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else frozen in a transaction
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0] >= count:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits for the lock")
