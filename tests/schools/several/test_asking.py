"""How TRS is asked for the people of a file: how often, how long, and what may be guessed."""

import pytest

from register_ects.models import RegistrationBatch, RegistrationBatchRow
from register_ects.operations.batches import asking
from register_ects.operations.batches.collecting import check_again, start_batch
from register_ects.web.failed_look_ups import MOST_OF_TRN
from schools import tasks
from schools.registering import people
from schools.registering.people import LookUp, look_up_by_birth_date
from tests.registrations import AUTHOR
from tests.schools.several.people import SEVERAL, cells, shared

pytestmark = pytest.mark.usefixtures("trs")

NOT_ASKED = "We could not ask the Teaching Record System (TRS). Check again"


def begin(world, *rows):
    batch = start_batch(
        world.oak, choices=shared(world), author=AUTHOR, rows=enumerate(rows, start=2)
    )
    tasks.check_batch(str(batch.pk))
    batch.refresh_from_db()
    return batch


def nobody(many):
    return [cells(trn=f"999{n:04}", email=f"e{n}@oak.example.com") for n in range(many)]


def told(batch):
    return [row.problems[0][1] if row.problems else "" for row in batch.rows.all()]


def test_a_file_of_wrong_rows_refuses_neither_good_ones_nor_the_corrected_file(world):
    first = begin(world, *nobody(25), cells())
    again = begin(world, *nobody(25), cells())

    for batch in (first, again):
        assert [text[:11] for text in told(batch)] == ["We cannot f"] * 25 + [""]


def test_a_file_of_wrong_rows_stops_nobody_who_registers_one(world):
    begin(world, *nobody(25))

    found = look_up_by_birth_date(
        "9990000", born_on=world.hub.created_at.date(), asker=AUTHOR.email
    )

    assert found.outcome == "not_found"


def test_one_person_is_guessed_at_so_often_in_files_too(world):
    guesses = [
        cells(date_of_birth=f"{day} 3 1999", email=f"e{day}@oak.example.com")
        for day in range(1, 16)
    ]

    batch = begin(world, *guesses)

    answers = [row.problems for row in batch.rows.all()]
    matched = [each for each in answers if "does not match" in str(each)]
    assert len(matched) == MOST_OF_TRN
    others = [str(each) for each in answers if each not in matched]
    assert all("Too many searches" in each or NOT_ASKED in each for each in others)


def test_trs_that_does_not_answer_is_left_alone(world, monkeypatch):
    asked = []

    def fails(*args, **_named):
        asked.append(args)
        return LookUp("unavailable")

    monkeypatch.setattr(people, "_find", fails)

    batch = begin(world, *nobody(60))

    assert told(batch) == [NOT_ASKED] * 60
    assert asking.MOST_UNANSWERED <= len(asked) <= asking.MOST_UNANSWERED + 8
    assert batch.state == "ready"


def test_after_its_time_a_job_asks_no_more_and_the_next_check_comes_further(
    world, oak, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(asking, "SECONDS", 0)
        batch = begin(world, cells())
    assert told(batch) == [NOT_ASKED]
    assert "Check everybody again" in oak.get(f"{SEVERAL}/{batch.pk}").text

    check_again(batch)
    tasks.check_batch(str(batch.pk))

    assert told(batch) == [""]


def test_who_was_found_ready_within_the_hour_is_not_asked_for_again(world, monkeypatch, on):
    batch = begin(world, cells(), *nobody(1))
    asked, find = [], people._find
    monkeypatch.setattr(
        people, "_find", lambda trn, **named: (asked.append(trn), find(trn, **named))[1]
    )
    before = batch.rows.get(number=2).checked_at

    check_again(batch)
    tasks.check_batch(str(batch.pk))

    assert asked == ["9990000"]
    assert batch.rows.get(number=2).checked_at == before
    on("2026-09-10T13:30:00+01:00")
    check_again(RegistrationBatch.objects.get())
    tasks.check_batch(str(batch.pk))
    assert sorted(asked[1:]) == ["4000006", "9990000"]
    assert {row.state for row in RegistrationBatchRow.objects.all()} == {"ok", "needs_attention"}
