"""Every refusal of the database has words that a person can act on."""

import re

import pytest
from django.db import IntegrityError, connection, transaction

from register_ects.refusals import NOT_ALLOWED, REFUSALS, rule_broken_by, wording_of
from tests.factories import ECTAtSchoolPeriodFactory, SchoolFactory, TeacherFactory

# Keys that composite foreign keys refer to: they hold the primary key, so they cannot clash.
TECHNICAL = re.compile(r"_key_(with|for)_")
# Nobody but the service itself writes the projection: there is no person to tell.
OURS = """
    relnamespace = 'public'::regnamespace AND relname NOT LIKE '%\\_history'
    AND relname !~ '^(django|pghistory|shown|stale|projection|sandbox)_'
"""


def rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def constraints():
    """Return (table, name) of all that may refuse: checks, keys, exclusions, unique indexes."""
    return rows(f"""
        SELECT relname, conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
        WHERE contype IN ('c', 'u', 'x', 'f') AND {OURS}
        UNION
        SELECT relname, indexrelid::regclass::text FROM pg_index
        JOIN pg_class ON pg_class.oid = indrelid
        WHERE indisunique AND NOT indisprimary AND {OURS}
    """)


def raised_by_triggers():
    """Return the constraint names that trigger functions raise."""
    bodies = rows("SELECT prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
    return {name for (body,) in bodies for name in re.findall(r"CONSTRAINT\s*=\s*'(\w+)'", body)}


def test_every_constraint_has_words():
    missing = [
        (table, name)
        for table, name in constraints()
        if not TECHNICAL.search(name) and wording_of(name, table=table) is None
    ]
    assert missing == []


def test_every_trigger_that_refuses_has_words():
    assert raised_by_triggers() - set(REFUSALS) == set()
    assert len(raised_by_triggers()) > 10


def test_no_words_are_kept_for_a_constraint_that_is_gone():
    known = {name for _table, name in constraints()} | raised_by_triggers()
    assert set(REFUSALS) - known == set()


@pytest.mark.parametrize("name", sorted(REFUSALS))
def test_words_are_plain(name):
    refusal = REFUSALS[name]
    assert re.fullmatch(r"[A-Z].*[^.]", refusal.message)
    assert "_" not in refusal.message
    assert not re.search(r"constraint|trigger|column|row |null|violat", refusal.message, re.I)
    assert re.fullmatch(r"[a-z][a-z_]+", refusal.code)
    assert refusal.field == "" or re.fullmatch(r"[a-z][a-z_]+", refusal.field)


def test_a_missing_value_names_its_field(refused):
    teacher = TeacherFactory()
    problem = refused(None, "UPDATE teacher SET trnless = NULL WHERE id = %s", teacher.pk)
    assert (problem.field, problem.code) == ("trnless", "missing")
    assert problem.details["message"] == "Enter a value"


def test_a_record_that_has_gone_is_told_as_gone(refused):
    placement = ECTAtSchoolPeriodFactory()
    problem = refused(
        None, "UPDATE ect_at_school_period SET school_id = 0 WHERE id = %s", placement.pk
    )
    assert problem.code == "no_longer_exists"


def test_a_record_in_use_is_told_as_in_use(refused):
    placement = ECTAtSchoolPeriodFactory()
    problem = refused(None, "DELETE FROM teacher WHERE id = %s", placement.teacher_id)
    assert problem.code == "still_in_use"


def test_a_negative_number_names_its_field(refused):
    school = SchoolFactory()
    problem = refused(None, "UPDATE gias_school SET pupils = -1 WHERE urn = %s", school.urn)
    assert (problem.field, problem.code) == ("pupils", "negative")


def test_a_constraint_without_words_is_logged_and_told_in_general(caplog):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE school ADD CONSTRAINT some_new_rule CHECK (id < 0) NOT VALID")
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        SchoolFactory()
    problem = rule_broken_by(caught.value).problems[0]
    assert (problem.field, problem.code) == ("", "not_allowed")
    assert problem.details["message"] == NOT_ALLOWED
    assert "some_new_rule" in caplog.text
