"""A school collects the people whom it registers together, from a file or by hand."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.crypto import salted_hmac

from register_ects import clock
from register_ects.models import RegistrationBatch, RegistrationBatchRow, School
from register_ects.operations.base import Author, operation
from register_ects.operations.batches.held import (
    OVER,
    WITH_ROWS,
    Cells,
    Checked,
    Held,
    held_by,
    mark_of_cells,
    mark_of_choices,
    mark_of_typed,
    note,
)
from register_ects.operations.batches.working import work_after_commit
from register_ects.operations.once import Sending, keep_once
from register_ects.rules.enumerations import RegistrationBatchState, RegistrationRowState
from register_ects.rules.problems import refuse
from register_ects.rules.seen import CHANGED_MEANWHILE

#: For so long nobody who is ready is asked for again.
ANSWER_HOLDS_FOR = timedelta(hours=1)
#: Rows of one batch, and how long what it holds is kept.
MOST_ROWS = 500
KEPT_FOR = timedelta(days=7)


@operation
def start_batch(
    school: School,
    *,
    choices: Mapping[str, Any],
    author: Author,
    rows: Iterable[tuple[int, Cells]] = (),
    file: tuple[str, str] | None = None,
    unread: bytes = b"",
    sending: Sending | None = None,
) -> RegistrationBatch:
    """Begin to register several people; rows, if there are any, are checked by a job.

    ``rows`` are numbers and cells; ``file`` is a name and its SHA-256; ``unread`` is the file,
    encrypted, of which it is not known yet which column is which. The batch that a form begins has
    the id that ``id_of`` says. Raises RuleBroken (``file``) for too many rows.
    """
    keep_once(sending)
    given = list(rows)
    if len(given) > MOST_ROWS:
        refuse("file", "too_many_rows", most=MOST_ROWS, rows=len(given))
    batch = RegistrationBatch(
        school=school,
        state=_first_state(given, unread),
        held=unread,
        uploaded_by_name=author.name or "",
        uploaded_by_email=author.email or "",
        choices=dict(choices),
        expires_at=clock.now() + KEPT_FOR,
    )
    if sending is not None:
        batch.id = id_of(school, sending.key)
    if file is not None:
        batch.file_name, batch.file_sha256 = file
    batch.save()
    if given:
        _fill(batch, given)
    return batch


def id_of(school: School, key: UUID) -> UUID:
    """Return the id of the batch that a form with this key begins: the browser cannot choose it."""
    mixed = salted_hmac("registration batch", f"{school.pk} {key}", algorithm="sha256")
    return UUID(bytes=mixed.digest()[:16], version=4)


@operation
def fill_batch(batch: RegistrationBatch, rows: Iterable[tuple[int, Cells]]) -> None:
    """Take the rows of a file once it is known which column is which; a job checks them."""
    batch.refresh_from_db(from_queryset=RegistrationBatch.objects.select_for_update())
    if batch.state != RegistrationBatchState.UPLOADED or batch.expires_at <= clock.now():
        refuse("", "batch_not_open")
    batch.state, batch.held = RegistrationBatchState.CHECKING, b""
    batch.save(update_fields=["state", "held"])
    _fill(batch, list(rows))


@operation
def put_row(
    batch: RegistrationBatch,
    number: int | None,
    held: Held,
    checked: Checked,
    *,
    seen: str | None = None,
) -> RegistrationBatchRow:
    """Add a person to a batch, or replace what was typed of one, as a check found it.

    ``number`` None adds; else ``seen`` is the mark of the cells that the page showed. Raises
    RuleBroken when the batch is being checked or registered, the row is over or was changed
    meanwhile, or there are too many.
    """
    hold(batch)
    rows = list(RegistrationBatchRow.objects.filter(batch=batch).order_by("number"))
    row = next((each for each in rows if each.number == number), None)
    if number is not None and (row is None or row.state in OVER):
        refuse("", "row_is_over")
    if row is not None and seen != mark_of_cells(row):
        refuse("", CHANGED_MEANWHILE)
    if row is None:
        if sum(each.state != RegistrationRowState.SKIPPED for each in rows) >= MOST_ROWS:
            refuse("", "too_many_rows", most=MOST_ROWS)
        row = RegistrationBatchRow(batch=batch, number=rows[-1].number + 1 if rows else 1)
    row.held, row.checked_at = held.sealed(), clock.now()
    note(row, checked)
    row.save()
    _reopen(batch)
    return row


@operation
def correct_rows(
    batch: RegistrationBatch, corrected: Mapping[int, Cells], *, shown: Collection[int], seen: str
) -> None:
    """Replace what was typed of several people, by their numbers; a job checks the list again.

    ``seen`` is the mark of what had been typed of all those whom the page showed (``shown``).
    """
    hold(batch)
    found = RegistrationBatchRow.objects.filter(batch=batch, number__in=shown)
    rows = {row.number: row for row in found.exclude(state__in=OVER)}
    if len(rows) != len(shown) or seen != mark_of_typed(rows.values()):
        refuse("", CHANGED_MEANWHILE)
    for number, cells in corrected.items():
        row = rows[number]
        row.held = replace(held_by(row), cells=dict(cells)).sealed()
        row.state, row.checked_at = RegistrationRowState.WAITING, None
        row.save(update_fields=["held", "state", "checked_at"])
    batch.state = RegistrationBatchState.CHECKING
    batch.save(update_fields=["state"])
    work_after_commit("schools.tasks.check_batch", batch)


@operation
def remove_row(batch: RegistrationBatch, number: int) -> None:
    """Take a person out of a batch; what was typed of them is deleted. Done twice, it is done."""
    hold(batch)
    row = RegistrationBatchRow.objects.filter(batch=batch, number=number).first()
    if row is None or row.state == RegistrationRowState.REGISTERED:
        refuse("", "row_is_over")
    note(row, Checked(RegistrationRowState.SKIPPED))
    row.held = b""
    row.save()
    batch.save(update_fields=["updated_at"])


@operation
def check_again(batch: RegistrationBatch) -> None:
    """Have everybody in a batch who is not registered checked again by a job.

    TRS is asked again for all but those who were found ready within the hour: where it is slow,
    each check comes further.
    """
    hold(batch)
    since = clock.now() - ANSWER_HOLDS_FOR
    for row in RegistrationBatchRow.objects.filter(batch=batch).exclude(state__in=OVER):
        is_fresh = row.checked_at is not None and row.checked_at > since
        if row.state != RegistrationRowState.OK or not is_fresh:
            row.checked_at, row.held = None, Held(held_by(row).cells).sealed()
        row.state = RegistrationRowState.WAITING
        row.save(update_fields=["state", "checked_at", "held"])
    batch.state = RegistrationBatchState.CHECKING
    batch.save(update_fields=["state"])
    work_after_commit("schools.tasks.check_batch", batch)


@operation
def choose_for_all(batch: RegistrationBatch, choices: Mapping[str, Any], *, seen: str) -> None:
    """Let other choices stand for everybody of whom nothing else is said; a job checks them.

    ``seen`` is the mark of the choices that the page showed.
    """
    hold(batch)
    if seen != mark_of_choices(batch):
        refuse("", CHANGED_MEANWHILE)
    batch.choices = dict(choices)
    if RegistrationBatchRow.objects.filter(batch=batch).exclude(state__in=OVER).exists():
        batch.state = RegistrationBatchState.CHECKING
        work_after_commit("schools.tasks.check_batch", batch)
    batch.save(update_fields=["choices", "state"])


@operation
def discard_batch(batch: RegistrationBatch) -> None:
    """Delete what a batch holds of people who are not registered."""
    hold(batch, RegistrationBatchState.UPLOADED, *WITH_ROWS)
    _empty(batch)


@operation
def expire_batch(batch: RegistrationBatch, *, now: datetime) -> bool:
    """Delete what a batch holds once its time is up; return whether it was."""
    batch = RegistrationBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.expires_at > now:
        return False
    _empty(batch)
    return True


def expire_batches() -> int:
    """Delete what batches hold whose time is up; return how many there were."""
    now = clock.now()
    return sum(
        expire_batch(batch, now=now) for batch in RegistrationBatch.objects.expired(now).iterator()
    )


def hold(batch: RegistrationBatch, *states: RegistrationBatchState) -> None:
    """Hold the batch, as it is now, to the end of the transaction.

    Refuses one that is in none of the states (without any: whose rows cannot be changed now) or
    whose time is up.
    """
    batch.refresh_from_db(from_queryset=RegistrationBatch.objects.select_for_update())
    if batch.state == RegistrationBatchState.CHECKING:
        refuse("", "batch_is_checked")
    if batch.state not in (states or WITH_ROWS) or batch.expires_at <= clock.now():
        refuse("", "batch_not_open")


def _first_state(rows: Sequence[Any], unread: bytes) -> RegistrationBatchState:
    if unread:
        return RegistrationBatchState.UPLOADED
    return RegistrationBatchState.CHECKING if rows else RegistrationBatchState.READY


def _fill(batch: RegistrationBatch, rows: Sequence[tuple[int, Cells]]) -> None:
    RegistrationBatchRow.objects.bulk_create(
        RegistrationBatchRow(batch=batch, number=number, held=Held(dict(cells)).sealed())
        for number, cells in rows
    )
    work_after_commit("schools.tasks.check_batch", batch)


def _reopen(batch: RegistrationBatch) -> None:
    batch.state = RegistrationBatchState.READY
    batch.save(update_fields=["state"])


def _empty(batch: RegistrationBatch) -> None:
    RegistrationBatchRow.objects.filter(batch=batch).delete()
    if batch.state != RegistrationBatchState.DONE:
        batch.state = RegistrationBatchState.DISCARDED
    batch.held = b""
    batch.save(update_fields=["state", "held"])
