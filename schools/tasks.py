"""The jobs of the school area. Each is safe to run twice."""

from uuid import UUID

import structlog
from celery import shared_task

from register_ects import clock
from register_ects.models import RegistrationBatch
from register_ects.operations.batches.collecting import expire_batches
from register_ects.operations.batches.working import STOPPED_FOR
from register_ects.rules.enumerations import RegistrationBatchState
from schools.several import jobs

log = structlog.get_logger(__name__)


@shared_task
def check_batch(batch_id: str) -> None:
    """Look up and check the rows of a batch; those that TRS was asked for before are not again."""
    jobs.check_batch(UUID(batch_id))


@shared_task
def register_batch(batch_id: str) -> None:
    """Register the rows of a batch that are ready, each once, and tell who confirmed it."""
    jobs.register_batch(UUID(batch_id))


@shared_task
def go_on_with_batches() -> None:
    """Hand out the batches whose job was lost or stopped."""
    for batch in RegistrationBatch.objects.stopped(clock.now() - STOPPED_FOR):
        job = check_batch if batch.state == RegistrationBatchState.CHECKING else register_batch
        job.delay(str(batch.pk))


@shared_task
def delete_expired_batches() -> None:
    """Delete what batches of registrations hold of people once their 7 days are over."""
    log.info("batches_expired", count=expire_batches())
