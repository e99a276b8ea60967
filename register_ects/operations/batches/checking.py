"""What the job that checks a batch writes down: of each row, and that all are checked."""

from collections.abc import Iterable

from register_ects import clock
from register_ects.models import RegistrationBatch, RegistrationBatchRow
from register_ects.operations.base import operation
from register_ects.operations.batches.held import OVER, Checked, Held, note
from register_ects.rules.enumerations import RegistrationBatchState, RegistrationRowState


@operation
def note_look_ups(batch: RegistrationBatch, found: Iterable[tuple[int, Held]]) -> None:
    """Keep what TRS said of rows, by their keys: after a stop nobody is asked for twice."""
    for key, held in found:
        RegistrationBatchRow.objects.filter(pk=key, state=RegistrationRowState.WAITING).update(
            held=held.sealed(), checked_at=clock.now()
        )
    batch.save(update_fields=["updated_at"])  # it is being worked on


@operation
def note_checks(batch: RegistrationBatch, found: Iterable[tuple[int, Checked]]) -> None:
    """Keep what checks found of rows that are not over, by their keys."""
    by_key = dict(found)
    rows = RegistrationBatchRow.objects.select_for_update().filter(batch=batch, pk__in=by_key)
    for row in rows.exclude(state__in=OVER):
        note(row, by_key[row.pk])
        row.save()


@operation
def finish_checking(batch: RegistrationBatch) -> None:
    """Let a batch be confirmed of which every row is checked. Done twice, it is done."""
    batch = RegistrationBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == RegistrationBatchState.CHECKING:
        batch.state = RegistrationBatchState.READY
        batch.save(update_fields=["state"])
