"""Somebody, or an address, that stands in a list more than once: each row names the others."""

import pytest

from register_ects.operations.batches.collecting import start_batch
from schools import tasks
from tests.registrations import AUTHOR
from tests.schools.several.people import SEVERAL, cells, shared

pytestmark = pytest.mark.usefixtures("trs")

LEO = {"trn": "7000001", "date_of_birth": "3 2 1977"}


def begin(world, *rows):
    batch = start_batch(
        world.oak, choices=shared(world), author=AUTHOR, rows=enumerate(rows, start=2)
    )
    tasks.check_batch(str(batch.pk))
    return batch


def told(batch):
    return {row.number: [text for _cell, text in row.problems] for row in batch.rows.all()}


def test_the_other_rows_are_named_and_no_more_than_five(world):
    batch = begin(world, *[cells(email=f"e{n}@oak.example.com") for n in range(8)])

    assert "in rows 3, 4, 5, 6, 7 too" in told(batch)[2][0]
    assert "in rows 2, 3, 4, 5, 6 too" in told(batch)[9][0]


def test_an_email_address_says_where_else_it_stands(world):
    batch = begin(world, cells(), cells(**LEO))

    said = "This email address stands in row {} too. Everyone needs their own"
    assert told(batch) == {2: [said.format(3)], 3: [said.format(2)]}


def test_what_is_removed_is_named_no_longer(world, oak):
    rows = [cells(email=f"e{n}@oak.example.com") for n in range(3)]
    batch = begin(world, *rows)

    oak.confirm(f"{SEVERAL}/{batch.pk}/rows/3/remove")

    assert "in row 4 too" in told(batch)[2][0]
