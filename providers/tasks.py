"""Timers of the lead provider API; ``register_ects/celery.py`` says when they run."""

from celery import shared_task

from providers.idempotency import delete_old_answers
from register_ects.operations.lead_providers.api_requests import (
    delete_old_api_requests,
    store_queued_api_requests,
)


@shared_task
def store_api_requests() -> None:
    """Move the requests that are queued in Redis into the log."""
    store_queued_api_requests()


@shared_task
def forget_api_requests() -> None:
    """Delete logged requests after 90 days, and idempotent answers after 24 hours."""
    delete_old_api_requests()
    delete_old_answers()
