"""Jobs that run after a commit, and the timers that catch what those missed.

Each is safe to run twice. ``register_ects/celery.py`` says when the timers run.
"""

from dataclasses import asdict
from itertools import islice

import structlog
from celery import Task, shared_task
from django.conf import settings
from django.core.cache import cache

from register_ects import email_jobs, support_query_jobs, trs_jobs
from register_ects.models import Teacher
from register_ects.operations.base import Author
from register_ects.operations.inductions import trs_updates
from register_ects.operations.inductions.submissions import delete_expired_submissions
from register_ects.operations.measurements import close_runs, forget_measurements
from register_ects.operations.messages import email_delivery, support_query_delivery
from register_ects.operations.once import delete_old_keys
from register_ects.operations.registration_days import count_registrations
from register_ects.operations.schools.mentor_digests import queue_mentor_digests
from register_ects.operations.schools.reminders import campaigns_due_today, queue_reminders
from register_ects.operations.teachers.trs_records import due_for_refresh
from register_ects.operations.training import funding
from register_ects.projections.feed import purge_changes
from register_ects.projections.refresh import catch_up
from register_ects.projections.verify import verify_everything
from register_ects.web.drafts import purge_drafts

log = structlog.get_logger(__name__)

#: How many waiting messages one run of the timer hands out.
BATCH = 200
#: How many people are read from TRS in one run of the timer, a second apart (spec 07 §7.2).
REFRESHED_A_MINUTE = 50
#: Seconds for which someone is not handed out again: while under way, and when TRS did not answer.
IN_FLIGHT, UNANSWERED = 150, 600
#: How often a job tries again by itself before it leaves a message to the timer.
RETRIES = 6


def _retry_after(wait: float | None, task: "Task[[int], None]") -> None:
    """Retry after so many seconds, unless it is settled (None) or its retries are used up."""
    if wait is not None and task.request.retries < RETRIES and not task.request.is_eager:
        raise task.retry(countdown=wait)


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
    wait = trs_jobs.deliver(update)
    _retry_after(wait, self)


@shared_task
def deliver_waiting_trs_updates() -> None:
    """Hand out the messages to TRS that are due: lost jobs, and retries that were used up."""
    for update_id in trs_updates.due_updates().values_list("pk", flat=True)[:BATCH]:
        deliver_trs_update.delay(update_id)


@shared_task
def refresh_teachers_from_trs() -> None:
    """Hand out the people whose TRS data is oldest, to be read again a second apart.

    Does nothing where the setting TRS_REFRESH_ENABLED is off. Source: spec 07 §7.2, §7.4.
    """
    if not settings.TRS_REFRESH_ENABLED:
        return
    # Those in flight are still the oldest: look past two more minutes of them.
    free = (
        teacher_id
        for teacher_id in due_for_refresh(3 * REFRESHED_A_MINUTE)
        if cache.add(_in_flight(teacher_id), 1, IN_FLIGHT)
    )
    for second, teacher_id in enumerate(islice(free, REFRESHED_A_MINUTE)):
        refresh_teacher_from_trs.apply_async((teacher_id,), countdown=second, expires=IN_FLIGHT)


@shared_task
def refresh_teacher_from_trs(teacher_id: int) -> None:
    """Read one person from TRS and note what it says."""
    teacher = Teacher.objects.filter(pk=teacher_id, trn__isnull=False).first()
    if teacher and not trs_jobs.refresh(teacher):
        cache.set(_in_flight(teacher_id), 1, UNANSWERED)  # let others come first


@shared_task(bind=True, max_retries=RETRIES)
def deliver_email(self: "Task[[int], None]", email_id: int) -> None:
    """Hand one email to GOV.UK Notify.

    Does nothing when it is sent, or with another worker. While Notify is down it tries again
    after what Notify asked for, or ever longer; then the timer goes on. Source: spec 05 §15.
    """
    email = email_delivery.claim_email(email_id)
    if email is None:
        return
    wait = email_jobs.deliver(email)
    _retry_after(wait, self)


@shared_task
def deliver_waiting_emails() -> None:
    """Hand out the emails that are due: lost jobs, and retries that were used up."""
    for email_id in email_delivery.due_emails().values_list("pk", flat=True)[:BATCH]:
        deliver_email.delay(email_id)


@shared_task
def ask_about_receipts() -> None:
    """Ask Notify about emails whose receipt has not come for hours."""
    for email in email_delivery.emails_without_receipt()[:BATCH]:
        email_jobs.ask_about(email)


@shared_task(bind=True, max_retries=RETRIES)
def deliver_support_query(self: "Task[[int], None]", query_id: int) -> None:
    """Give one question to the help desk, as ``deliver_email`` does. Source: spec 05 §12.4."""
    query = support_query_delivery.claim_query(query_id)
    if query is None:
        return
    wait = support_query_jobs.deliver(query)
    _retry_after(wait, self)


@shared_task
def deliver_waiting_support_queries() -> None:
    """Hand out the questions that are due: lost jobs, and retries that were used up."""
    for query_id in support_query_delivery.due_queries().values_list("pk", flat=True)[:BATCH]:
        deliver_support_query.delay(query_id)


@shared_task
def delete_expired_drafts() -> None:
    """Delete what is kept for a time only: journey drafts, searches, forms' keys, questions."""
    delete_expired_submissions()
    delete_old_keys()
    support_query_delivery.erase_old_messages()
    purge_drafts()


@shared_task
def close_journey_runs() -> None:
    """Close the runs of journeys that were left a day ago, and delete measurements too old."""
    close_runs()
    forget_measurements()


@shared_task
def count_registered_days() -> None:
    """Count whom schools registered on the days before today, and who had a mentor in time."""
    log.info("registrations_counted", days=count_registrations())


@shared_task
def remind_of_missing_mentors() -> None:
    """Queue this week's reminders to schools with ECTs who have no mentor.

    Does nothing where the setting REMINDERS_ENABLED is off.
    """
    if settings.REMINDERS_ENABLED:
        log.info("mentor_digests_queued", schools=queue_mentor_digests())


@shared_task
def send_due_reminders() -> None:
    """Queue the reminders to schools that are due today, to those that they have not reached."""
    for campaign in campaigns_due_today():
        found = queue_reminders(campaign, author=Author.system())
        log.info("reminders_queued", campaign=campaign, schools=len(found.schools))


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


def _in_flight(teacher_id: int) -> str:
    return f"trs-refresh:{teacher_id}"
