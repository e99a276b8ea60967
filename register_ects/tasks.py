"""Jobs that run after a commit, and the timers that catch what those missed.

Each is safe to run twice. ``register_ects/celery.py`` says when the timers run.
"""

from dataclasses import asdict

import structlog
from celery import Task, shared_task

from register_ects.integrations import trs
from register_ects.models import Teacher, TRSInductionUpdate
from register_ects.operations import funding, trs_updates
from register_ects.operations.base import Author, operation
from register_ects.operations.submissions import delete_expired_submissions
from register_ects.operations.teachers import update_teacher_from_record
from register_ects.projections.feed import purge_changes
from register_ects.projections.refresh import catch_up
from register_ects.projections.verify import verify_everything
from register_ects.web.drafts import purge_drafts

log = structlog.get_logger(__name__)

#: How many waiting messages one run of the timer hands out.
BATCH = 200
#: How often a job tries again by itself before it leaves a message to the timer.
RETRIES = 6


@shared_task(bind=True, max_retries=RETRIES)
def deliver_trs_update(self: "Task[[int], None]", update_id: int) -> None:
    """Tell TRS the state of one induction, then read the person back.

    Does nothing when the message is settled, superseded, or with another worker. While TRS is
    down it tries again after what TRS asked for, or ever longer; when its own retries are used
    up the timer goes on. Source: spec 06 §6.16 Improve.
    """
    update = trs_updates.claim_update(update_id)
    if update is None:
        return
    try:
        _write(update)  # no transaction is open while we wait
    except trs.TRSUnavailable as error:
        wait = trs_updates.record_unavailable(update, str(error), retry_after=error.retry_after)
        if self.request.retries < RETRIES and not self.request.is_eager:
            raise self.retry(countdown=wait, exc=error) from error
    except trs.TRSStale as error:
        trs_updates.record_superseded(update, str(error))
    except trs.TRSError as error:
        trs_updates.record_rejected(update, str(error))
    else:
        trs_updates.record_sent(update)
        _refresh(update.teacher)


@shared_task
def deliver_waiting_trs_updates() -> None:
    """Hand out the messages to TRS that are due: lost jobs, and retries that were used up."""
    for update_id in trs_updates.due_updates().values_list("pk", flat=True)[:BATCH]:
        deliver_trs_update.delay(update_id)


@shared_task
def delete_expired_drafts() -> None:
    """Delete working data whose time is up: journey drafts and appropriate bodies' searches."""
    delete_expired_submissions()
    purge_drafts()


@shared_task
def settle_funding() -> None:
    """Mark who has become fundable with the calendar, and let waiting declarations be paid."""
    report = funding.settle_funding(Author.system())
    log.info("funding_settled", **asdict(report))


@shared_task
def keep_projections_up_to_date() -> None:
    """Show the day that has begun, and whatever was changed without an operation."""
    catch_up()


@shared_task
def verify_projections() -> None:
    """Compare everything that is shown with the facts; put right and report what differs."""
    drift = verify_everything(repair=True)
    if drift:
        log.error("projections_drifted", count=len(drift), first=[str(each) for each in drift[:20]])


@shared_task
def purge_change_feed() -> None:
    """Delete entries of the change feed older than 90 days (spec 02 §2.22.6)."""
    purge_changes()


def _write(update: TRSInductionUpdate) -> None:
    trs.get_client().write_induction(
        str(update.teacher.trn),
        status=update.status,
        start_date=update.start_date,
        completed_date=update.completed_date,
        modified_on=update.changed_at,
    )


def _refresh(teacher: Teacher) -> None:
    """Copy what TRS now says; a failure is only logged, because the message has arrived."""
    try:
        record = trs.get_client().find_teacher(str(teacher.trn))
    except trs.TRSError as error:
        log.warning("teacher_not_refreshed", teacher_id=teacher.pk, reason=str(error))
        return
    _copy(teacher.pk, record)


@operation
def _copy(teacher_id: int, record: trs.TeacherRecord) -> None:
    teacher = Teacher.objects.locked(teacher_id)
    update_teacher_from_record(teacher, record, author=Author.system())
