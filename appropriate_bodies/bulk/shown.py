"""What the pages about a body's files show: its history, and the lines of one."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from appropriate_bodies.bulk.kinds import Kind, kind_of
from register_ects.models import (
    AppropriateBody,
    PendingInductionSubmission,
    PendingInductionSubmissionBatch,
)
from register_ects.operations.batches.held import held_by
from register_ects.rules.enumerations import BatchStatus, SubmissionState
from register_ects.uploads.cells import as_typed
from register_ects.uploads.columns import RESULT_HEADINGS


@dataclass(frozen=True)
class BatchShown:
    """A file with how many of its lines are in which state."""

    batch: PendingInductionSubmissionBatch
    kind: Kind
    state: BatchStatus
    counts: Counter[str]

    @property
    def ready(self) -> int:
        """Return how many lines can be recorded."""
        return self.counts[SubmissionState.OK]

    @property
    def waiting(self) -> int:
        """Return how many lines are still to be checked."""
        return self.counts[SubmissionState.WAITING]

    @property
    def wrong(self) -> int:
        """Return how many lines need changes."""
        return self.counts[SubmissionState.ERROR]

    @property
    def done(self) -> int:
        """Return how many lines are recorded."""
        return self.counts[SubmissionState.DONE]

    @property
    def is_kept(self) -> bool:
        """Whether the lines are still there."""
        return bool(self.counts)


def batches_of(body: AppropriateBody, kind: Kind) -> QuerySet[PendingInductionSubmissionBatch]:
    """Return a body's files of a kind, latest first."""
    batches = PendingInductionSubmissionBatch.objects.filter(appropriate_body=body)
    return batches.filter(batch_type=kind.batch_type).order_by("-created_at", "-pk")


def find_batch(body: AppropriateBody, kind: Kind, key: int) -> PendingInductionSubmissionBatch:
    """Return one of a body's files. Raises Http404 for any other."""
    batch = batches_of(body, kind).select_related("appropriate_body").filter(pk=key).first()
    if batch is None:
        raise Http404
    return batch


def shown(batch: PendingInductionSubmissionBatch) -> BatchShown:
    """Return a file with how many lines are in which state. One query."""
    states = PendingInductionSubmission.objects.filter(batch=batch).values_list("state", flat=True)
    return BatchShown(batch, kind_of(batch.batch_type), BatchStatus(batch.state), Counter(states))


#: Lines that need changes come first, then those that are ready.
_ORDER = (SubmissionState.ERROR, SubmissionState.WAITING, SubmissionState.OK, SubmissionState.DONE)


def lines_of(batch: PendingInductionSubmissionBatch) -> list[PendingInductionSubmission]:
    """Return the lines of a file, without what they hold, in the order of the page."""
    rows = PendingInductionSubmission.objects.filter(batch=batch).defer("held")
    return sorted(rows, key=lambda row: (_ORDER.index(row.state), row.number))


def wrong_lines(batch: PendingInductionSubmissionBatch) -> tuple[list[str], list[list[str]]]:
    """Return the headings and rows of a file of what needs changes, to be corrected and sent again.

    Each row has its line, what is wrong, and its cells as they were.
    """
    columns = kind_of(batch.batch_type).columns
    rows = PendingInductionSubmission.objects.filter(batch=batch, state=SubmissionState.ERROR)
    return (
        [*RESULT_HEADINGS, *(column.heading for column in columns)],
        [_written(row, [column.key for column in columns]) for row in rows.order_by("number")],
    )


def _written(row: PendingInductionSubmission, keys: list[str]) -> list[str]:
    cells = held_by(row).cells
    said = ". ".join(text for _cell, text in row.problems)
    dated = {"date_of_birth", "started_on", "finished_on"}
    return [
        str(row.number),
        said,
        *(as_typed(cells.get(key, "")) if key in dated else cells.get(key, "") for key in keys),
    ]
