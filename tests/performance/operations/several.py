"""Several ECTs registered together."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

from register_ects import clock
from register_ects.models import RegistrationBatch, RegistrationBatchRow, School
from register_ects.operations.base import Author
from register_ects.operations.batches import checking, collecting, registering
from register_ects.operations.batches.held import (
    Checked,
    Held,
    mark_of_choices,
    mark_of_rows,
    mark_of_typed,
    note,
)
from register_ects.operations.once import Sending
from register_ects.operations.placements.registration import ECTRegistration
from register_ects.rules.enumerations import RegistrationRowState
from tests.performance import subjects
from tests.performance.operations import placements
from tests.performance.operations.measured import MeasuredOperation

AUTHOR = Author.school_user(name="Robin Asker", email="robin.asker@school.example")
READY = Checked(RegistrationRowState.OK, trn="1234567", name="Robin", will_do="Starts today.")
WRONG = Checked(
    RegistrationRowState.NEEDS_ATTENTION,
    (("email", "Enter the email address"), ("started_on", "Enter the date they started")),
    trn="1234567",
)


def schools() -> Iterator[School]:
    yield from School.objects.order_by("pk")[:3]


def list_at(
    school: School, state: str = "ready", *, people: int = 1, checked: Checked = READY
) -> RegistrationBatch:
    """Return a new list of people who are ready, or as ``checked`` says."""
    now = clock.now()
    batch = RegistrationBatch.objects.create(
        school=school,
        state=state,
        uploaded_by_name=AUTHOR.name,
        uploaded_by_email=AUTHOR.email,
        confirmed_by_name=AUTHOR.name,
        confirmed_by_email=AUTHOR.email,
        confirmed_at=now,
        expires_at=now + timedelta(days=7),
    )
    held = Held({"trn": "1234567"}).sealed()
    rows = [
        RegistrationBatchRow(batch=batch, number=number, held=held, checked_at=now)
        for number in range(1, people + 1)
    ]
    for row in rows:
        note(row, checked)
    RegistrationBatchRow.objects.bulk_create(rows)
    return batch


def lists(state: str = "ready") -> Iterator[RegistrationBatch]:
    for school in schools():
        yield list_at(school, state)


def newcomers() -> Iterator[tuple[RegistrationBatchRow, ECTRegistration]]:
    """Yield rows of lists with whom to register by them."""
    for partnership, _mover in placements.newcomers():
        details = placements.registration_of(partnership, subjects.new_person())
        yield list_at(partnership.school, "registering").rows.get(), details


def start(school: School) -> None:
    collecting.start_batch(
        school,
        choices={},
        author=AUTHOR,
        rows=[(2, {"trn": "1234567"})],
        sending=Sending(uuid4(), "answers"),
    )


def rows() -> Iterator[RegistrationBatchRow]:
    for batch in lists("registering"):
        yield batch.rows.get()


def finished() -> Iterator[RegistrationBatch]:
    for batch in lists("registering"):
        batch.rows.update(state="needs_attention")
        yield batch


def _key(batch: RegistrationBatch) -> int:
    return int(batch.rows.get().pk)


OPERATIONS = [
    MeasuredOperation("Begin a list of ECTs", collecting.start_batch, schools, start),
    MeasuredOperation(
        "Take the rows of a file",
        collecting.fill_batch,
        lambda: lists("uploaded"),
        lambda batch: collecting.fill_batch(batch, [(2, {"trn": "1234567"})]),
    ),
    MeasuredOperation(
        "Add to a list of ECTs",
        collecting.put_row,
        lists,
        lambda batch: collecting.put_row(batch, None, Held({"trn": "1234568"}), READY),
    ),
    MeasuredOperation(
        "Correct several rows of a list",
        collecting.correct_rows,
        lists,
        lambda batch: collecting.correct_rows(
            batch, {1: {"trn": "1234568"}}, shown=[1], seen=mark_of_typed(batch.rows.all())
        ),
    ),
    MeasuredOperation(
        "Remove from a list of ECTs",
        collecting.remove_row,
        lists,
        lambda batch: collecting.remove_row(batch, 1),
    ),
    MeasuredOperation(
        "Check a list of ECTs again", collecting.check_again, lists, collecting.check_again
    ),
    MeasuredOperation(
        "Choose again for a list",
        collecting.choose_for_all,
        lists,
        lambda batch: collecting.choose_for_all(batch, {}, seen=mark_of_choices(batch)),
    ),
    MeasuredOperation(
        "Delete a list of ECTs", collecting.discard_batch, lists, collecting.discard_batch
    ),
    MeasuredOperation(
        "Empty a list whose time is up",
        collecting.expire_batch,
        lists,
        lambda batch: collecting.expire_batch(batch, now=batch.expires_at),
    ),
    MeasuredOperation(
        "Note who was looked up",
        checking.note_look_ups,
        lambda: lists("checking"),
        lambda batch: checking.note_look_ups(batch, [(_key(batch), Held())]),
    ),
    MeasuredOperation(
        "Note who was checked",
        checking.note_checks,
        lists,
        lambda batch: checking.note_checks(batch, [(_key(batch), READY)]),
    ),
    MeasuredOperation(
        "End a check",
        checking.finish_checking,
        lambda: lists("checking"),
        checking.finish_checking,
    ),
    MeasuredOperation(
        "Confirm a list of ECTs",
        registering.confirm_batch,
        lists,
        lambda batch: registering.confirm_batch(
            batch, seen=mark_of_rows(batch.rows.all()), author=AUTHOR
        ),
    ),
    MeasuredOperation(
        "Register an ECT of a list",
        registering.register_row,
        newcomers,
        lambda subject: registering.register_row(*subject, None, author=AUTHOR),
    ),
    MeasuredOperation(
        "Leave somebody in a list",
        registering.refuse_row,
        rows,
        lambda row: registering.refuse_row(row, Checked(RegistrationRowState.BLOCKED)),
    ),
    MeasuredOperation(
        "Close a list of ECTs", registering.finish_batch, finished, registering.finish_batch
    ),
]
