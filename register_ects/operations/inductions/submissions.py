"""Claims, and passes and releases, that a body uploads together: kept, confirmed once, recorded.

What a row does is a single journey's function, which the app gives to ``record_submission``.
Source: spec 06 §6.17.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta

from register_ects import clock
from register_ects.formats import plural
from register_ects.models import (
    AppropriateBody,
    InductionPeriod,
    PendingInductionSubmission,
    PendingInductionSubmissionBatch,
)
from register_ects.models.submissions import MOST_SUBMISSIONS
from register_ects.operations.base import Author, events_of, operation, record_event
from register_ects.operations.batches.held import (
    CHECK_HOLDS_FOR,
    Cells,
    Checked,
    Held,
    held_by,
    note,
)
from register_ects.operations.batches.working import work_after_commit
from register_ects.operations.once import Sending, keep_once
from register_ects.rules.enumerations import (
    BatchStatus,
    BatchType,
    InductionOutcome,
    SubmissionState,
)
from register_ects.rules.problems import refuse
from register_ects.rules.seen import CHANGED_MEANWHILE, mark_of

#: How long an upload may be confirmed, and how long its rows are kept once they are recorded.
CONFIRMED_WITHIN, KEPT_FOR = timedelta(days=14), timedelta(days=30)
CHECK_JOB = "appropriate_bodies.tasks.check_submissions"
RECORD_JOB = "appropriate_bodies.tasks.record_submissions"
_SAVED_TOGETHER = 500


@operation
def start_submissions(
    body: AppropriateBody,
    batch_type: BatchType,
    *,
    author: Author,
    file: tuple[str, str],
    rows: Iterable[tuple[int, Cells]] = (),
    unread: bytes = b"",
    sending: Sending | None = None,
) -> PendingInductionSubmissionBatch:
    """Keep a file; its rows, if they could be read, are checked by a job.

    ``rows`` are numbers and cells; ``file`` is a name and its SHA-256; ``unread`` is the file,
    encrypted, of which it is not known yet which column is which.
    """
    keep_once(sending)
    batch = PendingInductionSubmissionBatch.objects.create(
        appropriate_body=body,
        batch_type=batch_type,
        held=unread,
        uploaded_by_name=author.name or "",
        uploaded_by_email=author.email or "",
        file_name=file[0],
        file_sha256=file[1],
        expires_at=clock.now() + CONFIRMED_WITHIN,
    )
    record_event(
        "bulk_upload_started",
        f"{body.name} uploaded a file of {called(batch)}",
        author=author,
        about=[body, batch],
    )
    if not unread:
        _fill(batch, list(rows))
    return batch


def called(batch: PendingInductionSubmissionBatch) -> str:
    """Return what the rows of an upload are called."""
    return "claims" if batch.batch_type == BatchType.CLAIM else "passes and releases"


def uploaded_by(batch: PendingInductionSubmissionBatch) -> Author:
    """Return who uploaded a file: the author of all that its rows do."""
    return Author.appropriate_body_user(name=batch.uploaded_by_name, email=batch.uploaded_by_email)


@operation
def fill_submissions(
    batch: PendingInductionSubmissionBatch, rows: Iterable[tuple[int, Cells]]
) -> None:
    """Take the rows of a file once it is known which column is which; a job checks them."""
    _hold(batch, BatchStatus.PENDING)
    batch.held = b""
    _fill(batch, list(rows))


@operation
def check_submissions_again(batch: PendingInductionSubmissionBatch) -> None:
    """Have every row checked again by a job, which asks TRS again."""
    _hold(batch, BatchStatus.PROCESSED)
    rows = PendingInductionSubmission.objects.filter(batch=batch)
    for row in rows.iterator(chunk_size=_SAVED_TOGETHER):
        row.held = Held(held_by(row).cells).sealed()
        row.state, row.checked_at = SubmissionState.WAITING, None
        row.save(update_fields=["held", "state", "checked_at"])
    batch.state = BatchStatus.PROCESSING
    batch.save(update_fields=["state"])
    work_after_commit(CHECK_JOB, batch)


@operation
def finish_checking_submissions(batch: PendingInductionSubmissionBatch) -> None:
    """Let an upload be confirmed of which every row is checked. Done twice, it is done."""
    batch.refresh_from_db(from_queryset=PendingInductionSubmissionBatch.objects.select_for_update())
    rows = PendingInductionSubmission.objects.filter(batch=batch)
    is_waiting = rows.filter(state=SubmissionState.WAITING).exists()
    if batch.state != BatchStatus.PROCESSING or is_waiting:
        return
    batch.errored_count = rows.filter(state=SubmissionState.ERROR).count()
    batch.state = BatchStatus.PROCESSED
    batch.save(update_fields=["state", "errored_count"])


def mark_of_submissions(batch: PendingInductionSubmissionBatch) -> str:
    """Return the mark of what the page to confirm shows: another check may find something else."""
    last = batch.rows.order_by("-updated_at").values_list("updated_at", flat=True).first()
    return mark_of(batch.pk, batch.state, batch.errored_count, last)


def is_check_outdated(batch: PendingInductionSubmissionBatch) -> bool:
    """Whether a row that is ready was checked so long ago that all must be checked again."""
    ready = PendingInductionSubmission.objects.filter(batch=batch, state=SubmissionState.OK)
    return ready.filter(checked_at__lte=clock.now() - CHECK_HOLDS_FOR).exists()


@operation
def confirm_submissions(
    batch: PendingInductionSubmissionBatch, *, seen: str, author: Author
) -> None:
    """Have every row that is ready recorded by a job.

    ``seen`` is the mark of what the page showed. Raises RuleBroken when it is confirmed already,
    what was shown has changed, no row is ready, or the check is too old.
    """
    _hold(batch, BatchStatus.PROCESSED)
    if seen != mark_of_submissions(batch):
        refuse("", CHANGED_MEANWHILE)
    if batch.is_blocked:
        refuse("", "nobody_ready")
    if is_check_outdated(batch):
        refuse("", "checked_long_ago")
    batch.state, batch.confirmed_at = BatchStatus.COMPLETING, clock.now()
    batch.confirmed_by_name, batch.confirmed_by_email = author.name, author.email
    batch.save()
    work_after_commit(RECORD_JOB, batch)


@operation
def record_submission(
    row: PendingInductionSubmission, act: Callable[[Author], InductionPeriod]
) -> bool:
    """Do what a row asks for; return whether this call did it.

    ``act`` is a single journey's function. Raises RuleBroken as it does; nothing is then written.
    """
    row = _locked(row)
    if row.state != SubmissionState.OK:
        return False
    with events_of(row.batch):
        row.induction_period = act(uploaded_by(row.batch))
    note(row, Checked(SubmissionState.DONE, trn=row.trn, name=row.name, will_do=row.will_do))
    row.held = b""
    row.save()
    _show_work(row)
    return True


@operation
def refuse_submission(row: PendingInductionSubmission, checked: Checked) -> None:
    """Note why a row was not recorded; what was typed stays, to be corrected."""
    row = _locked(row)
    if row.state == SubmissionState.OK:
        note(row, checked)
        row.save()
        _show_work(row)


@operation
def finish_recording_submissions(batch: PendingInductionSubmissionBatch) -> None:
    """Close an upload of which no row is left to record, and count what became of it, once."""
    batch.refresh_from_db(from_queryset=PendingInductionSubmissionBatch.objects.select_for_update())
    rows = PendingInductionSubmission.objects.filter(batch=batch)
    is_over = not rows.filter(state=SubmissionState.OK).exists()
    if batch.state != BatchStatus.COMPLETING or not is_over:
        return
    done = rows.filter(state=SubmissionState.DONE)
    if batch.batch_type == BatchType.CLAIM:
        batch.claimed_count = done.count()
    else:
        outcomes = Counter(done.values_list("induction_period__outcome", flat=True))
        batch.passed_count = outcomes[InductionOutcome.PASS]
        batch.released_count = outcomes.total() - batch.passed_count
    batch.errored_count = rows.filter(state=SubmissionState.ERROR).count()
    with_errors = batch.errored_count > 0
    batch.state = BatchStatus.COMPLETED_WITH_ERRORS if with_errors else BatchStatus.COMPLETED
    batch.finished_at, batch.expires_at = clock.now(), clock.now() + KEPT_FOR
    batch.save()
    record_event(
        "bulk_upload_completed",
        f"{batch.appropriate_body.name} recorded {plural(batch.recorded_count, 'row')} of a file "
        f"of {called(batch)}",
        author=uploaded_by(batch),
        about=[batch.appropriate_body, batch],
        metadata={
            "claimed": batch.claimed_count,
            "passed": batch.passed_count,
            "released": batch.released_count,
            "with_errors": batch.errored_count,
            "confirmed_by": batch.confirmed_by_email,
        },
    )


@operation
def discard_submissions(batch: PendingInductionSubmissionBatch) -> None:
    """Delete what an upload holds that was not confirmed."""
    _hold(batch, BatchStatus.PENDING, BatchStatus.PROCESSING, BatchStatus.PROCESSED)
    _empty(batch)


@operation
def expire_submissions(batch: PendingInductionSubmissionBatch) -> bool:
    """Delete what an upload holds once its time is up; return whether it was."""
    batch.refresh_from_db(from_queryset=PendingInductionSubmissionBatch.objects.select_for_update())
    if batch.expires_at > clock.now() or batch.state == BatchStatus.COMPLETING:
        return False
    _empty(batch)
    return True


def delete_expired_submissions() -> int:
    """Delete what uploads hold whose time is up; return how many there were."""
    expired = PendingInductionSubmissionBatch.objects.expired(clock.now())
    return sum(expire_submissions(batch) for batch in expired.iterator())


def _fill(batch: PendingInductionSubmissionBatch, rows: list[tuple[int, Cells]]) -> None:
    if len(rows) > MOST_SUBMISSIONS:
        refuse("file", "too_many_rows", most=MOST_SUBMISSIONS, rows=len(rows))
    PendingInductionSubmission.objects.bulk_create(
        (
            PendingInductionSubmission(batch=batch, number=number, held=Held(dict(cells)).sealed())
            for number, cells in rows
        ),
        batch_size=_SAVED_TOGETHER,
    )
    batch.state, batch.uploaded_count = BatchStatus.PROCESSING, len(rows)
    batch.save(update_fields=["state", "uploaded_count", "held"])
    work_after_commit(CHECK_JOB, batch)


def _hold(batch: PendingInductionSubmissionBatch, *states: BatchStatus) -> None:
    """Hold the upload, as it is now, to the end of the transaction; refuse one in other states."""
    batch.refresh_from_db(from_queryset=PendingInductionSubmissionBatch.objects.select_for_update())
    if batch.state not in states or batch.expires_at <= clock.now():
        refuse("", "batch_not_open")


def _locked(row: PendingInductionSubmission) -> PendingInductionSubmission:
    rows = PendingInductionSubmission.objects.select_related("batch__appropriate_body")
    return rows.select_for_update(of=("self",)).get(pk=row.pk)


def _show_work(row: PendingInductionSubmission) -> None:
    PendingInductionSubmissionBatch.objects.filter(pk=row.batch_id).update(updated_at=clock.now())


def _empty(batch: PendingInductionSubmissionBatch) -> None:
    PendingInductionSubmission.objects.filter(batch=batch).delete()
    if batch.state not in batch.FINAL:
        batch.state = BatchStatus.DISCARDED
    batch.held = b""
    batch.save(update_fields=["state", "held"])
