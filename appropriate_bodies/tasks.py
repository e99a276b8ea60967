"""The jobs of the appropriate body area. Each is safe to run twice."""

from celery import shared_task

from appropriate_bodies.bulk import jobs
from register_ects import clock
from register_ects.models import PendingInductionSubmissionBatch
from register_ects.operations.batches.working import STOPPED_FOR
from register_ects.rules.enumerations import BatchStatus


@shared_task
def check_submissions(batch_id: str) -> None:
    """Look up and check the rows of a body's file; those that TRS was asked for are not again."""
    jobs.check_submissions(int(batch_id))


@shared_task
def record_submissions(batch_id: str) -> None:
    """Record the rows of a body's file that are ready, each once."""
    jobs.record_submissions(int(batch_id))


@shared_task
def go_on_with_submissions() -> None:
    """Hand out the files whose job was lost or stopped."""
    for batch in PendingInductionSubmissionBatch.objects.stopped(clock.now() - STOPPED_FOR):
        is_checked = batch.state == BatchStatus.PROCESSING
        job = check_submissions if is_checked else record_submissions
        job.delay(str(batch.pk))
