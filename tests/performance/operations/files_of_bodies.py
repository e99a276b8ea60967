"""Claims, and passes and releases, that a body uploads together."""

from collections.abc import Iterator
from datetime import timedelta

from register_ects import clock
from register_ects.models import (
    AppropriateBody,
    InductionPeriod,
    PendingInductionSubmission,
    PendingInductionSubmissionBatch,
)
from register_ects.operations.base import Author
from register_ects.operations.batches.held import Checked, Held, note
from register_ects.operations.inductions import submissions
from register_ects.operations.inductions.periods import Claim, claim_ect
from register_ects.rules.enumerations import BatchType, SubmissionState
from tests.performance import subjects
from tests.performance.operations.measured import MeasuredOperation

AUTHOR = Author.appropriate_body_user(name="Robin Asker", email="robin.asker@hub.example")
_READY = Checked(SubmissionState.OK, trn="1234567", name="Robin", will_do="Starts today.")
_CELLS = {"trn": "1234567"}


def file_of(
    body: AppropriateBody, state: str = "processed", *, lines: int = 1
) -> PendingInductionSubmissionBatch:
    """Return a new file of claims whose lines are ready."""
    now = clock.now()
    batch = PendingInductionSubmissionBatch.objects.create(
        appropriate_body=body,
        batch_type=BatchType.CLAIM,
        state=state,
        uploaded_by_name=AUTHOR.name,
        uploaded_by_email=AUTHOR.email,
        confirmed_by_name=AUTHOR.name,
        confirmed_by_email=AUTHOR.email,
        confirmed_at=now,
        uploaded_count=lines,
        file_name="claims.csv",
        file_sha256="0" * 64,
        expires_at=now + timedelta(days=14),
    )
    rows = [
        PendingInductionSubmission(
            batch=batch, number=number, held=Held(_CELLS).sealed(), checked_at=now
        )
        for number in range(2, lines + 2)
    ]
    for row in rows:
        note(row, _READY)
    PendingInductionSubmission.objects.bulk_create(rows)
    return batch


def files(state: str = "processed") -> Iterator[PendingInductionSubmissionBatch]:
    for _ in range(3):
        yield file_of(subjects.largest_body(), state)


def bodies() -> Iterator[AppropriateBody]:
    for _ in range(3):
        yield subjects.largest_body()


def start(body: AppropriateBody) -> None:
    submissions.start_submissions(
        body, BatchType.CLAIM, author=AUTHOR, file=("a.csv", "0" * 64), rows=[(2, _CELLS)]
    )


def claims() -> Iterator[tuple[PendingInductionSubmission, Claim]]:
    """Yield lines with what they claim: people whom only TRS knows."""
    for batch in files("completing"):
        yield batch.rows.get(), Claim(subjects.new_person(), clock.today(), "provider_led")


def record(subject: tuple[PendingInductionSubmission, Claim]) -> None:
    row, claim = subject

    def act(author: Author) -> InductionPeriod:
        return claim_ect(row.batch.appropriate_body, claim, author=author)

    submissions.record_submission(row, act)


def checked() -> Iterator[PendingInductionSubmissionBatch]:
    yield from files("processing")


def recorded() -> Iterator[PendingInductionSubmissionBatch]:
    for batch in files("completing"):
        batch.rows.update(state=SubmissionState.ERROR)
        yield batch


def confirm(batch: PendingInductionSubmissionBatch) -> None:
    batch.refresh_from_db()  # a call before may have been rolled back
    seen = submissions.mark_of_submissions(batch)
    submissions.confirm_submissions(batch, seen=seen, author=AUTHOR)


def expire(batch: PendingInductionSubmissionBatch) -> None:
    with clock.pretend(batch.expires_at):
        submissions.expire_submissions(batch)


OPERATIONS = [
    MeasuredOperation("Keep a body’s file", submissions.start_submissions, bodies, start),
    MeasuredOperation(
        "Take the lines of a body’s file",
        submissions.fill_submissions,
        lambda: files("pending"),
        lambda batch: submissions.fill_submissions(batch, [(5, _CELLS)]),
    ),
    MeasuredOperation(
        "Check a body’s file again",
        submissions.check_submissions_again,
        files,
        submissions.check_submissions_again,
    ),
    MeasuredOperation(
        "End a check of a body’s file",
        submissions.finish_checking_submissions,
        checked,
        submissions.finish_checking_submissions,
    ),
    MeasuredOperation("Confirm a body’s file", submissions.confirm_submissions, files, confirm),
    MeasuredOperation(
        "Record a line of a body’s file", submissions.record_submission, claims, record
    ),
    MeasuredOperation(
        "Leave a line of a body’s file",
        submissions.refuse_submission,
        claims,
        lambda subject: submissions.refuse_submission(subject[0], Checked(SubmissionState.ERROR)),
    ),
    MeasuredOperation(
        "End the recording of a body’s file",
        submissions.finish_recording_submissions,
        recorded,
        submissions.finish_recording_submissions,
    ),
    MeasuredOperation(
        "Discard a body’s file",
        submissions.discard_submissions,
        files,
        submissions.discard_submissions,
    ),
    MeasuredOperation(
        "Empty a body’s file whose time is up", submissions.expire_submissions, files, expire
    ),
]
