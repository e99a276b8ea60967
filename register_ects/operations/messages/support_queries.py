"""Questions that schools ask support (spec 05 §12.4)."""

from datetime import timedelta

from django.db import transaction

from register_ects import clock
from register_ects.celery import app
from register_ects.models import School, SupportQuery
from register_ects.operations.base import Author, operation
from register_ects.operations.once import Sending, keep_once

SENT_TWICE_WITHIN = timedelta(minutes=10)


@operation
def ask_support(
    school: School, message: str, *, author: Author, asked_from: str | None, sending: Sending
) -> None:
    """Keep a question; the same one asked again within minutes is one question.

    ``asked_from`` is the page they came from. Raises RuleBroken if their form was sent before.
    """
    keep_once(sending)
    question = {"email": author.email, "school_urn": school.urn, "message": message}
    since = clock.now() - SENT_TWICE_WITHIN
    if SupportQuery.objects.filter(**question, created_at__gt=since).exists():
        return
    query = SupportQuery.objects.create(
        **question, name=author.name or "", school_name=school.name, asked_from=asked_from
    )
    deliver_after_commit(query)


def deliver_after_commit(query: SupportQuery) -> None:
    """Have a job give a question to the help desk once its transaction is committed."""
    # By name: the tasks import the operations. Robust: the timer delivers what Redis missed.
    transaction.on_commit(
        lambda: app.send_task("register_ects.tasks.deliver_support_query", [query.pk]), robust=True
    )
