"""A file may say whom a TRN is meant to be: another name is pointed out, and refuses nobody."""

import pytest

from register_ects.operations.batches.collecting import start_batch
from schools import tasks
from schools.several.files import File
from tests.registrations import AUTHOR
from tests.schools.several.people import SEVERAL, cells, shared, typed

pytestmark = pytest.mark.usefixtures("trs")

POINTED_OUT = "Check that this is the right person: the file says Zofia Nowak, TRS Zofia Lis."


def begin(world, *rows):
    numbered = enumerate(rows, start=2)
    batch = start_batch(world.oak, choices=shared(world), author=AUTHOR, rows=numbered)
    tasks.check_batch(str(batch.pk))
    return batch


@pytest.mark.parametrize(
    ("first", "last"),
    [("Zofia", "Lis"), ("Zofia Anna", "LIS"), ("Zófia", "Lis"), ("", ""), ("", "Lis")],
)
def test_the_name_in_trs_is_not_spoken_of_however_it_is_written(world, first, last):
    row = begin(world, cells(first_name=first, last_name=last)).rows.get()

    assert (row.state, row.problems) == ("ok", [])
    assert "right person" not in row.will_do


def test_a_former_name_is_pointed_out_and_can_be_registered(world, oak):
    batch = begin(world, cells(first_name="Zofia", last_name="Nowak"))

    assert batch.rows.get().state == "ok"
    page = oak.get(f"{SEVERAL}/{batch.pk}")
    assert POINTED_OUT in page.text
    assert "1 person is ready" in page.text


def test_a_name_that_the_file_corrects_is_known(world):
    names = {"first_name": "Zofia", "last_name": "Nowak", "corrected_name": "Zofia Nowak"}
    row = begin(world, cells(**names)).rows.get()

    assert row.name == "Zofia Nowak"
    assert "right person" not in row.will_do


def test_somebody_twice_once_under_a_former_name_is_blocked_twice(world):
    batch = begin(
        world,
        cells(first_name="Zofia", last_name="Lis"),
        cells(first_name="Zofia", last_name="Nowak", email="nowak@oak.example.com"),
    )

    assert [row.state for row in batch.rows.all()] == ["blocked", "blocked"]


def test_what_is_changed_on_the_page_keeps_the_name_of_the_file(world, oak):
    batch = begin(world, cells(first_name="Zofia", last_name="Nowak", email="no address"))
    address = f"{SEVERAL}/{batch.pk}/rows/2"

    oak.submit(oak.get(address), typed(world))

    assert POINTED_OUT in batch.rows.get().will_do


def test_other_names_are_counted_above_the_button_and_looked_at_by_themselves(world, oak):
    batch = begin(
        world,
        cells(first_name="Zofia", last_name="Nowak"),
        cells(trn="7000001", date_of_birth="3 2 1977", email="leo@oak.example.com"),
    )

    page = oak.get(f"{SEVERAL}/{batch.pk}")

    assert "1 person has another name in the file" in page.text
    narrowed = oak.get(f"{SEVERAL}/{batch.pk}?status=other-name")
    assert [row["id"] for row in narrowed.select("tr[id^=row-]")] == ["row-2"]
    filters = [each.text for each in page.select(".app-filter__link")]
    assert filters == ["Everybody (2)", "Ready (2)", "Ready, with another name in the file (1)"]


def test_somebody_whom_trs_does_not_know_is_called_as_in_the_file(world, oak):
    batch = begin(world, cells(trn="12", first_name="Dan", last_name="Bad"))

    page = oak.get(f"{SEVERAL}/{batch.pk}")

    assert "Dan Bad" in page.select_one("#row-2 th").text
    assert oak.get(f"{SEVERAL}/{batch.pk}/rows/2").h1 == "Change row 2: Dan Bad"


@pytest.mark.parametrize(
    ("full", "is_pointed_out"),
    [("Zofia Lis", False), ("ZOFIA ANNA LIS", False), ("Zofia Nowak", True), ("", False)],
)
def test_a_full_name_is_compared_as_well(world, full, is_pointed_out):
    row = begin(world, cells(full_name=full)).rows.get()

    assert ("right person: the file says Zofia Nowak" in row.will_do) == is_pointed_out


def test_a_column_of_full_names_is_recognised():
    table = File("ects.csv", b"TRN,Name,Date of birth,Email,Start date,Hours\n1,Jo Li,,,,").read()

    assert table.rows[0].cells["full_name"] == "Jo Li"
