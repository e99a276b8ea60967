"""On the page of a person the mentor is one of the school's, chosen by name."""

import pytest

from register_ects.operations.batches.collecting import start_batch
from schools import tasks
from tests.factories import MentorAtSchoolPeriodFactory
from tests.registrations import AUTHOR
from tests.schools.several.people import SEVERAL, begin, cells, shared, typed

pytestmark = pytest.mark.usefixtures("trs")


@pytest.fixture
def mentor(world):
    return MentorAtSchoolPeriodFactory(school=world.oak, started_on="2026-09-01")


def test_the_mentors_of_the_school_are_offered_and_one_is_assigned(world, oak, mentor):
    MentorAtSchoolPeriodFactory(school=world.elm, started_on="2026-09-01")
    MentorAtSchoolPeriodFactory(school=world.oak, started_on="2025-09-01", finished_on="2026-01-01")
    _, batch = begin(oak, world)
    page = oak.get(f"{SEVERAL}/{batch.pk}/add")
    trn, name = mentor.teacher.trn, mentor.teacher.name
    offered = [each.text for each in page.select("select[name=mentor_trn] option")]
    assert offered == ["", f"{name} (TRN {trn})"]

    oak.submit(page, typed(world, mentor_trn=trn))

    assert f"Mentor: {name}" in batch.rows.get().will_do


def test_one_whom_a_file_names_by_trn_is_selected(world, oak, mentor):
    rows = [(2, cells(mentor_trn=mentor.teacher.trn))]
    batch = start_batch(world.oak, choices=shared(world), author=AUTHOR, rows=rows)
    tasks.check_batch(str(batch.pk))

    page = oak.get(f"{SEVERAL}/{batch.pk}/rows/2")

    (chosen,) = page.select("select[name=mentor_trn] option[selected]")
    assert chosen["value"] == mentor.teacher.trn


def test_somebody_else_is_refused(world, oak):
    _, batch = begin(oak, world)

    page = oak.submit(oak.get(f"{SEVERAL}/{batch.pk}/add"), typed(world, mentor_trn="7654321"))

    assert page.errors == {"#mentor_trn": "Select a mentor who is registered at your school"}
