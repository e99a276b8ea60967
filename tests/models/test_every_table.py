"""What holds of every table: its values are real, and what is kept is never emptied."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from tests.factories import (
    BandTermFactory,
    DeclarationFactory,
    StatementAuditNoteFactory,
    StatementFactory,
    TeacherIdChangeFactory,
)
from tests.raw_sql import changed


def rows(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def our_tables():
    """Return the tables of the service; history is written by triggers from these alone."""
    return {
        model._meta.db_table
        for model in apps.get_app_config("register_ects").get_models()
        if not model._meta.db_table.endswith("_history")
    }


# -- Real values --------------------------------------------------------------------------------


def columns_of(*types):
    """Return (table, column) of the types."""
    found = rows(
        """SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND is_generated = 'NEVER' AND data_type = ANY(%s)""",
        list(types),
    )
    return [each for each in found if each[0] in our_tables()]


def takes(table, column, value):
    """Whether the checks of a table let a row be that has this value and knows no other."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO bare_{table} ({column}) VALUES (%s)", [value])
    except DatabaseError:
        return False
    return True


def bare_copies(tables):
    """Make copies of tables that have their checks, and in which nothing must be known."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"CREATE TEMP TABLE bare_{table} (LIKE {table} INCLUDING CONSTRAINTS)")
            known = rows(
                """SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnotnull
                AND attnum > 0""",
                f"bare_{table}",
            )
            for (column,) in known:
                cursor.execute(f'ALTER TABLE bare_{table} ALTER "{column}" DROP NOT NULL')


@pytest.mark.parametrize(
    ("types", "values", "fewest"),
    [
        (("numeric", "double precision", "real"), ("NaN", "Infinity", "-Infinity"), 10),
        (
            ("date", "timestamp with time zone", "timestamp without time zone"),
            ("infinity", "-infinity"),
            150,
        ),
    ],
    ids=["amounts", "days and times"],
)
def test_no_value_is_unreal(types, values, fewest):
    columns = columns_of(*types)
    bare_copies({table for table, _column in columns})
    taken = [(*column, value) for column in columns for value in values if takes(*column, value)]
    assert taken == []
    assert len(columns) > fewest


def test_real_days_and_amounts_are_taken():
    bare_copies(["statement", "contract_band_term"])
    assert takes("statement", "payment_date", "2026-01-25")
    assert takes("contract_band_term", "fee_per_declaration", "9999999999.99")


def test_a_price_that_is_no_number_is_told(refused):
    term = BandTermFactory()
    problem = refused(
        "contract_band_term_values_are_finite", *changed(term, fee_per_declaration="NaN")
    )
    assert problem.details["message"] == "Enter real dates and amounts"


# -- Never emptied ------------------------------------------------------------------------------


#: Tables with a trigger that raises, before rows are written (tgtype: 8 DELETE, 16 UPDATE) or the
#: table is emptied (32 TRUNCATE).
TABLES_REFUSING = """SELECT DISTINCT relname FROM pg_trigger
    JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE NOT tgisinternal AND tgenabled = 'O' AND prosrc LIKE '%%RAISE EXCEPTION%%'
    AND relnamespace = 'public'::regnamespace AND tgtype::int & %s > 0"""


def tables_refusing(operations):
    return {table for (table,) in rows(TABLES_REFUSING, operations)}


def test_whatever_refuses_to_change_or_delete_rows_refuses_to_be_emptied():
    guarded = tables_refusing(8 | 16)
    assert guarded - tables_refusing(32) == set()
    assert {"declaration", "statement", "statement_count", "statement_audit_note"} <= guarded
    assert len(guarded) > 40


def test_whatever_has_history_refuses_to_be_emptied():
    """TRUNCATE would leave no trace in it."""
    tables = {table for table in our_tables() if f"{table}_history" in all_tables()}
    assert tables - tables_refusing(32) == set()
    assert len(tables) > 25


def all_tables():
    return {table for (table,) in rows("SELECT tablename FROM pg_tables WHERE schemaname='public'")}


@pytest.mark.parametrize(
    "table",
    [
        "contract_band_term",
        "contract_flat_rate_fee_structure",
        "contract_banded_fee_structure CASCADE",
        "active_lead_provider_band CASCADE",
        "statement_count",
        "statement_audit_note",
        "teacher_id_change",
    ],
)
def test_nothing_beneath_a_paid_statement_is_emptied(refused, table):
    DeclarationFactory(paid=True)
    StatementAuditNoteFactory()
    TeacherIdChangeFactory()
    problem = refused("what_is_kept_is_never_emptied", f"TRUNCATE {table}")
    assert problem.code == "cannot_delete"


# -- Public ids ---------------------------------------------------------------------------------


def test_no_public_id_changes():
    guarded = rows(
        """SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE tgname LIKE 'pgtrigger_public_ids_never_change%%'"""
    )
    with_id = {
        table
        for table, column in columns_of("uuid")
        if column == "api_id" and not table.startswith("shown_")
    }
    assert {table for (table,) in guarded} == with_id >= {"statement", "teacher", "school"}


@pytest.mark.parametrize("made", [lambda: StatementFactory(paid=True), StatementFactory])
def test_a_statement_keeps_its_id(refused, made):
    refused("public_ids_never_change", *changed(made(), api_id=uuid4()))


def test_a_person_keeps_their_id(refused):
    teacher = TeacherIdChangeFactory().teacher
    problem = refused(
        "public_ids_never_change",
        *changed(teacher, api_id=uuid4()),
    )
    assert problem.code == "cannot_change"
