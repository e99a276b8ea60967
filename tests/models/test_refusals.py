"""Every refusal of the database has words that a person can act on."""

import re

import pytest
from django.db import IntegrityError, connection, transaction

from register_ects.refusals import declared_refusals, refusal_of, rule_broken_by
from register_ects.rules.problems import NOT_SAVED
from tests.factories import ECTAtSchoolPeriodFactory, SchoolFactory, TeacherFactory

# Keys that composite foreign keys refer to: they hold the primary key, so they cannot clash.
TECHNICAL = re.compile(r"_key_(with|for)_")
RAISED = r"CONSTRAINT\s*=\s*'(\w+)'"
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
    return {name for (body,) in bodies for name in re.findall(RAISED, body)}


def test_every_constraint_has_words():
    missing = [
        (table, name)
        for table, name in constraints()
        if not TECHNICAL.search(name) and refusal_of(name, table=table) is None
    ]
    assert missing == []


def test_every_trigger_that_refuses_has_words():
    assert raised_by_triggers() - declared_refusals().keys() == set()
    assert len(raised_by_triggers()) > 40


def test_every_constraint_trigger_refuses_by_a_name_with_words():
    functions = rows("""
        SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
        WHERE tgconstraint <> 0 AND NOT tgisinternal AND prosrc LIKE '%RAISE EXCEPTION%'
    """)
    unnamed = [
        trigger
        for trigger, body in functions
        if not set(re.findall(RAISED, body)) & declared_refusals().keys()
    ]
    assert unnamed == []
    assert len(functions) > 5


@pytest.mark.parametrize("name", sorted(declared_refusals()))
def test_words_are_plain(name):
    refusal = declared_refusals()[name]
    assert re.fullmatch(r"[A-Z].*[^.]", refusal.sentence)
    assert "_" not in refusal.sentence
    assert "{" not in refusal.sentence
    assert not re.search(r"constraint|trigger|column|row |null|violat", refusal.sentence, re.I)
    assert re.fullmatch(r"[a-z][a-z_]+", refusal.code)
    assert refusal.field == "" or re.fullmatch(r"[a-z][a-z0-9_]+", refusal.field)


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
    assert problem.details["message"] == NOT_SAVED
    assert "some_new_rule" in caplog.text
