"""What the timers and support ask about TRS every minute reads along an index, never a table."""

import pytest
from django.db import connection

from register_ects.operations.inductions.trs_updates import due_updates
from register_ects.operations.teachers.trs_records import due_for_refresh
from support import trs_queries
from tests.factories import TeacherFactory, TRSInductionUpdateFactory


@pytest.fixture
def plans(django_assert_num_queries):
    """Return the plans of the statements of a call, as PostgreSQL makes them of large tables."""

    def explained(call):
        with django_assert_num_queries(1) as asked:
            call()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute(f"EXPLAIN {asked.captured_queries[0]['sql']}")
            return "\n".join(line for (line,) in cursor.fetchall())

    return explained


@pytest.mark.parametrize(
    ("call", "index"),
    [
        (lambda: due_for_refresh(50), "teacher_trs_queue"),
        (lambda: list(due_updates()[:50]), "trs_induction_update"),
        (lambda: list(trs_queries.refused_messages()[:50]), "trs_update_refused"),
        (lambda: list(trs_queries.people_not_shown()[:50]), "teacher_not_shown_by_trs"),
        (trs_queries.pile_of_refused_messages, "trs_update_refused"),
        (trs_queries.pile_of_waiting_messages, "one_queued_trs_update_per_teacher"),
        (trs_queries.count_people_not_shown, "teacher_not_shown_by_trs"),
    ],
)
def test_it_reads_along_an_index(plans, call, index):
    TRSInductionUpdateFactory(teacher=TeacherFactory(trs_response="gone"))

    plan = plans(call)

    assert index in plan
    assert "Seq Scan" not in plan
