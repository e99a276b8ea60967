"""Two people merge the same two records at once, each the other way round."""

import pytest

from register_ects.models import Teacher, TeacherIdChange
from register_ects.operations.base import Author
from register_ects.operations.teachers.merging import merge_teachers
from register_ects.rules.problems import RuleBroken
from tests.factories import ECTAtSchoolPeriodFactory, InductionPeriodFactory
from tests.races import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_wins_and_the_other_is_told_why_it_came_too_late():
    first = ECTAtSchoolPeriodFactory().teacher
    second = InductionPeriodFactory().teacher

    system = Author.system()

    results = all_at_once(
        lambda: merge_teachers(first, second, author=system).pk,
        lambda: merge_teachers(second, first, author=system).pk,
    )

    change = TeacherIdChange.objects.get()
    assert sorted(map(type, results), key=str) == [int, RuleBroken]
    assert change.teacher_id in results
    assert any("already_anonymised" in str(result) for result in results)
    assert Teacher.objects.get(anonymised_at=None).pk == change.teacher_id
