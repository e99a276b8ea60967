"""What the job that checks a batch writes down: of each row, and that all are checked."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from register_ects import clock
from register_ects.models import RegistrationBatch
from register_ects.models.collected import Batch
from register_ects.operations.base import operation
from register_ects.operations.batches.held import NOTED, Checked, Held, note
from register_ects.rules.enumerations import RegistrationBatchState


@operation
def note_look_ups(batch: Batch, found: Iterable[tuple[int, Held]]) -> None:
    """Keep what TRS said of rows, by their keys: after a stop nobody is asked for twice."""
    by_key = dict(found)
    if not _is(batch, [batch.CHECKED_IN]):
        return
    rows = _locked(batch, by_key).filter(state="waiting")
    for row in rows:
        row.held = by_key[row.pk].sealed()
        row.checked_at = row.checked_at or clock.now()
        record = by_key[row.pk].record
        row.trn = record["trn"] if record else None
    _save(rows, ["held", "checked_at", "trn"])
    batch.save(update_fields=["updated_at"])  # it is being worked on


@operation
def note_checks(batch: Batch, found: Iterable[tuple[int, Checked]]) -> None:
    """Keep what checks found of rows that are not over, by their keys.

    Of a batch whose state is another by now nothing is kept: once it is confirmed it does what its
    page showed.
    """
    by_key = dict(found)
    if not _is(batch, batch.NOTED_IN):
        return
    rows = _locked(batch, by_key).exclude(state__in=batch.OVER)
    for row in rows:
        note(row, by_key[row.pk])
    _save(rows, NOTED)


@operation
def finish_checking(batch: RegistrationBatch) -> None:
    """Let a batch be confirmed of which every row is checked. Done twice, it is done."""
    batch = RegistrationBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == RegistrationBatchState.CHECKING:
        batch.state = RegistrationBatchState.READY
        batch.save(update_fields=["state"])


def _is(batch: Batch, states: Collection[str]) -> bool:
    """Whether a batch still has its state, one of these; it keeps it to the transaction's end."""
    batches: QuerySet[Any] = type(batch)._default_manager.select_for_update()
    held = batches.filter(pk=batch.pk, state=batch.state)
    return batch.state in states and bool(held)


def _locked(batch: Batch, keys: Collection[int]) -> QuerySet[Any]:
    rows: QuerySet[Any] = batch.rows.select_for_update().filter(pk__in=keys)
    return rows


def _save(rows: QuerySet[Any], fields: Iterable[str]) -> None:
    """Save fields of rows that are there and locked, in one query."""
    # bulk_update, which writes a condition for each field of each row, takes ten times longer.
    rows.model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=[*fields, "updated_at"]
    )
