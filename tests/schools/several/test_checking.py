"""What the check says when TRS cannot be asked, and what it costs."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from register_ects.invented.stand_ins.trs.seeds import ordinary_person
from register_ects.models import RegistrationBatch, RegistrationBatchRow
from register_ects.operations.batches.collecting import start_batch
from register_ects.rules.problems import RuleBroken
from schools import tasks
from schools.registering import people
from schools.registering.people import LookUp
from tests.factories import (
    ECTAtSchoolPeriodFactory,
    MentorAtSchoolPeriodFactory,
    TrainingPeriodFactory,
)
from tests.registrations import AUTHOR
from tests.schools.several.people import SEVERAL, cells, shared

pytestmark = pytest.mark.usefixtures("trs")


def begin(world, *rows):
    batch = start_batch(
        world.oak, choices=shared(world), author=AUTHOR, rows=enumerate(rows, start=2)
    )
    tasks.check_batch(str(batch.pk))
    return batch


def test_while_trs_is_down_rows_wait_for_another_check(world, oak, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(people, "_find", lambda *_args, **_named: LookUp("unavailable"))
        batch = begin(world, cells())
    row = RegistrationBatchRow.objects.get()
    assert row.state == "needs_attention"
    assert row.problems == [["", "We could not ask the Teaching Record System (TRS). Check again"]]

    oak.post(f"{SEVERAL}/{batch.pk}/check")
    tasks.check_batch(str(batch.pk))

    row.refresh_from_db()
    assert row.state == "ok"


def test_a_check_that_was_ended_asks_for_nobody_twice(world, monkeypatch):
    batch = begin(world, cells())
    asked = []
    monkeypatch.setattr(people, "_find", lambda *args, **_named: asked.append(args))
    RegistrationBatch.objects.update(state="checking")
    RegistrationBatchRow.objects.update(state="waiting")

    tasks.check_batch(str(batch.pk))

    assert asked == []
    assert RegistrationBatchRow.objects.get().state == "ok"


def test_a_page_costs_the_same_for_many(world, oak):
    few = begin(world, cells())
    many = begin(world, *[cells(trn="", email=f"e{n}@oak.example.com") for n in range(20)])

    def queries(batch):
        with CaptureQueriesContext(connection) as captured:
            assert oak.get(f"{SEVERAL}/{batch.pk}").status_code == 200
        return len(captured)

    queries(few)
    assert queries(few) == queries(many)


def test_more_than_500_people_are_refused_whoever_asks(world):
    with pytest.raises(RuleBroken, match="too_many_rows"):
        begin(world, *[cells()] * 501)


@pytest.mark.parametrize("are_known", [False, True], ids=["new people", "people from elsewhere"])
def test_a_check_of_50_costs_as_many_queries_as_one_of_5(world, trs, are_known):
    def cost(first, many):
        batch = start_batch(
            world.oak, choices=shared(world), author=AUTHOR, rows=rows_of(first, many)
        )
        tasks.check_batch(str(batch.pk))
        assert {*batch.rows.values_list("state", flat=True)} == {"ok"}
        RegistrationBatch.objects.update(state="checking")
        with CaptureQueriesContext(connection) as captured:  # and nobody is looked up
            tasks.check_batch(str(batch.pk))
        return len(captured)

    def rows_of(first, many):
        for number in range(first, first + many):
            trn = f"5{number:06}"
            trs.upsert(ordinary_person(trn, world_day, date_of_birth=date(1999, 2, 11)))
            mentor = MentorAtSchoolPeriodFactory(school=world.oak, started_on="2025-09-01")
            if are_known:
                ect = ECTAtSchoolPeriodFactory(
                    teacher__trn=trn, school=world.elm, started_on="2025-09-01"
                )
                TrainingPeriodFactory(ect_at_school_period=ect, school_led=True)
            yield (
                number,
                cells(trn=trn, email=f"{trn}@oak.example.com", mentor_trn=mentor.teacher.trn),
            )

    world_day = date(2026, 9, 10)
    assert cost(100, 50) <= cost(1, 5)


def test_a_person_who_stands_there_twice_is_pointed_out_in_both_rows(world):
    twice = "{} stands in the list more than once, in row {} too. Remove one of the rows"
    batch = begin(world, cells(), cells(date_of_birth="1 2 1999", email="other@oak.example.com"))

    found, not_found = batch.rows.order_by("number")

    assert (found.state, found.problems) == ("blocked", [["trn", twice.format("Zofia Lis", 3)]])
    assert not_found.state == "needs_attention"
    assert ["trn", twice.format("This person", 2)] in not_found.problems
    assert [cell for cell, _text in not_found.problems] == ["trn", "date_of_birth"]


def test_a_trn_that_nobody_has_is_pointed_out_in_both_rows(world):
    rows = [cells(trn="9999999", email=f"e{n}@oak.example.com") for n in range(2)]

    for row in begin(world, *rows).rows.all():
        assert [text[:12] for _cell, text in row.problems] == ["We cannot fi", "This person "]
