"""What somebody does to a list while a colleague, or a job, is at it."""

import pytest

from register_ects.models import RegistrationBatch, RegistrationBatchRow, SentForm
from register_ects.operations.batches.checking import note_checks
from register_ects.operations.batches.collecting import remove_row, start_batch
from register_ects.operations.batches.held import Checked, held_by, mark_of_rows
from register_ects.operations.batches.registering import confirm_batch
from schools import tasks
from schools.several import row_views
from tests.registrations import AUTHOR
from tests.schools.several.people import SEVERAL, ZOFIA, begin, cells, shared, typed
from tests.support.pages import date_parts

pytestmark = pytest.mark.usefixtures("trs")


@pytest.fixture
def batch(world):
    """A list with one person twice, whom it cannot register, and one who is ready."""
    rows = [cells(), cells(email="again@oak.example.com"), cells(trn="7000001", **BORN, **LEO)]
    batch = start_batch(
        world.oak, choices=shared(world), author=AUTHOR, rows=enumerate(rows, start=2)
    )
    tasks.check_batch(str(batch.pk))
    batch.refresh_from_db()
    return batch


BORN, LEO = {"date_of_birth": "3 2 1977"}, {"email": "leo@oak.example.com"}


def states():
    return {row.number: row.state for row in RegistrationBatchRow.objects.all()}


def test_nobody_is_ready_who_was_not_when_the_list_was_confirmed(batch):
    assert states() == {2: "blocked", 3: "blocked", 4: "ok"}
    before = held_by(batch.rows.get(number=3))
    late = RegistrationBatch.objects.get()
    remove_row(batch, 3)
    confirm_batch(batch, seen=mark_of_rows(batch.rows.all()), author=AUTHOR)

    row_views._check_alike(late, before)

    assert states() == {2: "blocked", 3: "skipped", 4: "ok"}


def test_a_check_of_a_state_that_is_over_changes_nothing(batch):
    row, late = batch.rows.get(number=4), RegistrationBatch.objects.get()
    late.state = "checking"

    note_checks(late, [(row.pk, Checked("needs_attention"))])

    assert states()[4] == "ok"


def test_a_removal_and_what_follows_from_it_happen_together(batch, oak, monkeypatch):
    def fail(*_args):
        raise RuntimeError

    monkeypatch.setattr(row_views, "_check_alike", fail)

    with pytest.raises(RuntimeError):
        oak.confirm(f"{SEVERAL}/{batch.pk}/rows/3/remove")

    assert states()[3] == "blocked"


def test_of_two_who_add_one_person_at_once_the_second_is_told(world, oak, colleague, monkeypatch):
    _, batch = begin(oak, world)
    mine, theirs = (each.get(f"{SEVERAL}/{batch.pk}/add") for each in (oak, colleague))
    look_up = row_views.look_up

    def slow(*args, **named):
        monkeypatch.setattr(row_views, "look_up", look_up)
        colleague.submit(theirs, typed(world, email="theirs@oak.example.com"))
        return look_up(*args, **named)

    monkeypatch.setattr(row_views, "look_up", slow)
    page = oak.submit(mine, typed(world))

    assert page.errors["#trn"] == "Zofia Lis is in the list already, in row 1"
    assert [row.trn for row in RegistrationBatchRow.objects.all()] == [ZOFIA]


def test_of_two_who_change_one_person_the_second_reads_what_the_first_did(
    batch, world, oak, colleague
):
    def leo(**changes):
        return typed(world, trn="7000001", **date_parts("date_of_birth", "1977-02-03"), **changes)

    address = f"{SEVERAL}/{batch.pk}/rows/4"
    mine, theirs = oak.get(address), colleague.get(address)
    colleague.submit(theirs, leo(email="right@oak.example.com"))

    page = oak.submit(mine, leo(**LEO, working_pattern="part_time"))

    told = " ".join(page.errors.values())
    assert "A colleague changed this person after you opened this page" in told
    assert "Email address is “right@oak.example.com”" in told
    assert "Appropriate body" not in told
    assert held_by(batch.rows.get(number=4)).cells["email"] == "right@oak.example.com"
    oak.submit(page, leo(email="right@oak.example.com", working_pattern="part_time"))
    assert "part time" in batch.rows.get(number=4).will_do


def test_while_a_list_is_checked_nothing_is_saved_and_that_is_said(batch, world, oak):
    pages = [
        oak.get(f"{SEVERAL}/{batch.pk}{page}") for page in ("/add", "/rows/4", "/rows/4/remove")
    ]
    RegistrationBatch.objects.update(state="checking")

    for page in pages[:2]:
        told = oak.submit(page, typed(world, email="new@oak.example.com"))
        assert "We are checking the list just now, so nothing was saved" in str(told.errors)
    assert "so nobody was removed" in oak.submit(pages[2]).follow().text


def test_a_list_that_is_confirmed_twice_is_shown_without_an_error(batch, oak, monkeypatch):
    address = f"{SEVERAL}/{batch.pk}"
    seen = oak.get(address).select_one("input[name=seen]")["value"]
    confirm = row_views.lists.shown

    def late(found):
        monkeypatch.setattr(row_views.lists, "shown", confirm)
        RegistrationBatch.objects.update(
            state="registering", confirmed_at=batch.created_at, confirmed_by_email="a@example.com"
        )
        return confirm(found)

    monkeypatch.setattr(row_views.lists, "shown", late)
    page = oak.post(f"{address}/confirm", {"seen": seen}).follow()

    assert page.h1 == "We are registering your ECTs"
    assert not page.title.startswith("Error")


@pytest.mark.parametrize("page", ["/check", "/add"])
def test_a_file_whose_columns_are_to_be_chosen_is_not_checked_yet(world, oak, page):
    batch = start_batch(
        world.oak, choices={}, author=AUTHOR, file=("a.csv", "0" * 64), unread=b"sealed"
    )

    oak.post(f"{SEVERAL}/{batch.pk}{page}", typed(world))

    batch.refresh_from_db()
    assert (batch.state, bytes(batch.held)) == ("uploaded", b"sealed")


def test_a_browser_does_not_choose_the_id_of_a_list(world, oak):
    key = "00000000-0000-0000-0000-000000000000"

    sent = [oak.post(f"{SEVERAL}/by-hand", {**shared(world), "once": key}) for _ in range(2)]

    batch = RegistrationBatch.objects.get()
    assert str(batch.pk) != key
    assert SentForm.objects.filter(key=key).exists()
    assert {each.response["Location"].rpartition("/")[2] for each in sent} == {str(batch.pk)}
