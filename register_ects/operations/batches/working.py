"""Hands batches to the jobs that work on them."""

from datetime import timedelta

from django.db import transaction

from register_ects.celery import app
from register_ects.models.collected import Batch

#: After how long without a sign of work a batch is handed out again.
STOPPED_FOR = timedelta(minutes=5)


def work_after_commit(job: str, batch: Batch) -> None:
    """Have a job, called by its whole name, work on a batch once this transaction is committed."""
    # By name: the jobs stand in the apps. Robust: a timer hands out what Redis missed.
    transaction.on_commit(lambda: app.send_task(job, [str(batch.pk)]), robust=True)
