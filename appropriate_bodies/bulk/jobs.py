"""What the jobs do that check and record a body's file; each may be stopped and run again."""

import logging
from collections.abc import Callable, Iterator, Sequence

from appropriate_bodies.bulk.cells import read
from appropriate_bodies.bulk.checking import (
    Act,
    Known,
    Line,
    Others,
    check,
)
from appropriate_bodies.bulk.kinds import kind_of
from appropriate_bodies.lookups import ask
from register_ects.integrations.trs import TRSError
from register_ects.models import PendingInductionSubmission, PendingInductionSubmissionBatch
from register_ects.operations.batches import checking
from register_ects.operations.batches.asking import Asking
from register_ects.operations.batches.held import Checked, Held, held_by
from register_ects.operations.batches.working import work_after_commit
from register_ects.operations.inductions import submissions
from register_ects.operations.teachers.records import follow_merged_trn
from register_ects.rules.enumerations import BatchStatus, SubmissionState
from register_ects.rules.problems import RuleBroken
from register_ects.web.failed_look_ups import TooManyAtOnce, TooManyFailures

#: How many rows are looked up before what TRS said is kept, and how many are checked together.
KEPT_AFTER, CHECKED_TOGETHER = 24, 200
_logger = logging.getLogger(__name__)
_FAULT = "Something went wrong with this line. Upload it again"
_CHANGED = "Something about this person changed after you confirmed. Upload the line again"


def check_submissions(batch_id: int) -> None:
    """Look up and check every row of an upload that waits for it, then let it be confirmed."""
    batch = _at_work(batch_id, BatchStatus.PROCESSING)
    if batch is None:
        return
    lines = list(_lines_of(batch))
    if not _look_up_waiting(batch, lines):
        work_after_commit(submissions.CHECK_JOB, batch)  # another job goes on
        return
    others = Others(line for _row, line in lines)
    for group in _groups(lines, CHECKED_TOGETHER):
        known = Known(line for _row, line in group)
        found = [(row.pk, _check(batch, line, known, others)[0]) for row, line in group]
        checking.note_checks(batch, found)
    submissions.finish_checking_submissions(batch)


def record_submissions(batch_id: int) -> None:
    """Record every row of an upload that is ready, each in a transaction of its own."""
    batch = _at_work(batch_id, BatchStatus.COMPLETING)
    if batch is None:
        return
    ready = PendingInductionSubmission.objects.filter(batch=batch, state=SubmissionState.OK)
    for row in ready.order_by("number"):
        _record(batch, row)
    submissions.finish_recording_submissions(batch)


def _record(batch: PendingInductionSubmissionBatch, row: PendingInductionSubmission) -> None:
    """Record a row as it was shown, or note why not."""
    line = _line(batch, row)
    checked, act = _check(batch, line, Known([line]), Others())
    try:
        if act is not None and checked.will_do == row.will_do:
            submissions.record_submission(row, act)
            return
    except RuleBroken:  # somebody else was faster: now the check finds why
        checked, _act = _check(batch, line, Known([line]), Others())
    except Exception:  # one line of thousands must not hold up the others
        _logger.exception("a line of a file could not be recorded", extra={"batch": batch.pk})
        checked = Checked(SubmissionState.ERROR, (("", _FAULT),), checked.trn, checked.name)
    if checked.state == SubmissionState.OK:
        checked = Checked(SubmissionState.ERROR, (("", _CHANGED),), checked.trn, checked.name)
    submissions.refuse_submission(row, checked)


def _check(
    batch: PendingInductionSubmissionBatch, line: Line, known: Known, others: Others
) -> tuple[Checked, Act | None]:
    body = batch.appropriate_body
    return check(batch.batch_type, body, line, known=known, others=others)


Rows = Sequence[tuple[PendingInductionSubmission, Line]]


def _look_up_waiting(
    batch: PendingInductionSubmissionBatch, lines: list[tuple[PendingInductionSubmission, Line]]
) -> bool:
    """Ask TRS for whom it was not asked yet; return whether it was asked for all of them."""
    waiting = [
        place
        for place, (row, line) in enumerate(lines)
        if row.state == SubmissionState.WAITING and line.held.outcome is None
    ]
    asker = batch.uploaded_by_email
    asking = Asking[Line](lambda line, may_ask: _look_up(line, asker, may_ask))
    author = submissions.uploaded_by(batch)
    for start in range(0, len(waiting), KEPT_AFTER):
        if asking.time_is_up:
            return False
        places = waiting[start : start + KEPT_AFTER]
        found = asking.ask([lines[place][1] for place in places])
        for place, held in zip(places, found, strict=True):
            row, line = lines[place]
            lines[place] = row, Line(line.number, line.read, held)
            typed = line.read.values.get("trn")
            if held.record and typed and held.record["trn"] != typed:
                follow_merged_trn(typed, held.record["trn"], author=author)
        checking.note_look_ups(
            batch, [(lines[place][0].pk, lines[place][1].held) for place in places]
        )
    return True


def _look_up(line: Line, asker: str, may_ask: Callable[[], bool]) -> Held:
    """Return a row with what TRS says of its person. No database is asked."""
    cells = line.held.cells
    if not line.read.can_be_looked_up:
        return Held(cells, outcome="unread")
    if not may_ask():
        return Held(cells, outcome="unavailable")
    values = line.read.values
    try:
        record = ask(values["trn"], born_on=values["date_of_birth"], asker=asker, in_file=True)
    except TooManyFailures:
        return Held(cells, outcome="too_many")
    except (TooManyAtOnce, TRSError):
        return Held(cells, outcome="unavailable")
    if record is None:
        return Held(cells, outcome="not_found")
    return Held(cells, outcome="found", record=record.as_json())


def _lines_of(
    batch: PendingInductionSubmissionBatch,
) -> Iterator[tuple[PendingInductionSubmission, Line]]:
    rows = PendingInductionSubmission.objects.filter(batch=batch).exclude(state__in=batch.OVER)
    for row in rows.order_by("number"):
        yield row, _line(batch, row)


def _line(batch: PendingInductionSubmissionBatch, row: PendingInductionSubmission) -> Line:
    held = held_by(row)
    return Line(row.number, read(kind_of(batch.batch_type), held.cells), held)


def _groups(lines: Rows, size: int) -> Iterator[Rows]:
    return (lines[start : start + size] for start in range(0, len(lines), size))


def _at_work(batch_id: int, state: BatchStatus) -> PendingInductionSubmissionBatch | None:
    batches = PendingInductionSubmissionBatch.objects.select_related("appropriate_body")
    return batches.filter(pk=batch_id, state=state).first()
