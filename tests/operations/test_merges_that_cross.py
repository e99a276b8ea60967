"""Two people merge the same two records at once, each the other way round."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from register_ects.models import Teacher, TeacherIdChange
from register_ects.operations.base import Author
from register_ects.operations.teachers.merging import merge_teachers
from register_ects.rules.problems import RuleBroken
from tests.factories import ECTAtSchoolPeriodFactory, InductionPeriodFactory

pytestmark = pytest.mark.django_db(transaction=True)


def merge(pair):
    try:
        return merge_teachers(*pair, author=Author.system()).pk
    except RuleBroken as refusal:
        return str(refusal)
    finally:
        connection.close()


def test_one_wins_and_the_other_is_told_why_it_came_too_late():
    first = ECTAtSchoolPeriodFactory().teacher
    second = InductionPeriodFactory().teacher

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(merge, [(first, second), (second, first)]))

    change = TeacherIdChange.objects.get()
    assert sorted(map(type, results), key=str) == [int, str]
    assert change.teacher_id in results
    assert any("already_anonymised" in str(result) for result in results)
    assert Teacher.objects.get(anonymised_at=None).pk == change.teacher_id
