"""What tests ask of the database itself: to refuse, to be waited for, to be empty again."""

import time

from django.db import connection, models, transaction

#: What the migrations leave there.
_KEPT = {"django_migrations", "django_content_type"}


def delete_every_row() -> None:
    """Delete all rows that can be written, with no trigger: history cannot be emptied otherwise.

    To truncate a hundred tables costs as much when they are empty; here only those with rows do
    anything. The role of the tests must be a superuser, as the one of ``bin/test`` is.
    """
    tables = set(connection.introspection.django_table_names(only_existing=True)) - _KEPT
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables
            )
        )
        written = [table for (table,) in cursor.fetchall()]
        if written:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("; ".join(f'DELETE FROM "{table}"' for table in written))


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
