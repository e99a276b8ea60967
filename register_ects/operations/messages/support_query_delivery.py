"""The outbox of questions: keep account of what the help desk was given.

``ask_support`` (support_queries.py) writes a question. The delivery itself
(``register_ects/support_query_jobs.py``) talks to the help desk between these functions, with no
transaction open. Source: spec 05 §12.4, spec 07 §10 with its Improve.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from register_ects import clock
from register_ects.models import SupportQuery
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.messages.support_queries import deliver_after_commit
from register_ects.operations.outbox import claim, is_due, seconds_until_retry
from register_ects.rules.enumerations import SupportQueryState

#: After so many attempts, which take three days, a question is left to support.
MOST_ATTEMPTS = 80
#: How long a message is kept after the help desk got it, and what stands in its place then.
KEPT_FOR, ERASED = timedelta(days=365), "Erased a year after it was sent"


def due_queries() -> QuerySet[SupportQuery]:
    """Return the questions that may be tried now, oldest first."""
    unfinished = [SupportQueryState.PENDING, SupportQueryState.SENDING]
    return SupportQuery.objects.filter(is_due(), state__in=unfinished).order_by("created_at", "pk")


def claim_query(query_id: int) -> SupportQuery | None:
    """Take a due question for one attempt, as ``outbox.claim`` does."""
    return claim(due_queries(), query_id, state=SupportQueryState.SENDING)


@transaction.atomic
def record_ticket(claimed: SupportQuery, number: int) -> None:
    """Note the ticket that a question became, whatever was noted of it meanwhile."""
    SupportQuery.objects.filter(pk=claimed.pk).update(
        state=SupportQueryState.SENT,
        zendesk_id=number,
        next_attempt_at=None,
        last_response=None,
        updated_at=clock.now(),
    )


@transaction.atomic
def record_refused(claimed: SupportQuery, response: str) -> None:
    """Note that the help desk refused a question for good: it is left to support."""
    _unless_settled(claimed).update(
        state=SupportQueryState.FAILED,
        next_attempt_at=None,
        last_response=response,
        updated_at=clock.now(),
    )


@transaction.atomic
def record_unavailable(
    claimed: SupportQuery, response: str, *, retry_after: int | None
) -> float | None:
    """Note that the help desk could not answer; return the seconds until the next attempt.

    ``retry_after`` is what it asked for; without it the wait doubles with every attempt. After
    ``MOST_ATTEMPTS`` the question is left to support, and None returned.
    """
    if claimed.attempts >= MOST_ATTEMPTS:
        record_refused(claimed, f"No answer for three days. {response}")
        return None
    wait = seconds_until_retry(claimed.attempts, retry_after=retry_after)
    waits = _unless_settled(claimed).update(
        state=SupportQueryState.PENDING,
        next_attempt_at=clock.now() + timedelta(seconds=wait),
        last_response=response,
        updated_at=clock.now(),
    )
    return wait if waits else None


@operation
def send_again(query: SupportQuery, *, author: Author) -> bool:
    """Queue a failed question once more, at the request of support; False if it is not failed.

    Its key stays: should the help desk have it after all, it is found there.
    """
    failed = SupportQuery.objects.filter(pk=query.pk, state=SupportQueryState.FAILED)
    if not failed.update(
        state=SupportQueryState.PENDING, attempts=0, next_attempt_at=None, updated_at=clock.now()
    ):
        return False
    record_event(
        "support_task_closed",
        f"A question of {query.school_name} was sent to the help desk again",
        author=author,
        about=[],
        metadata={"support_query": query.pk},
    )
    deliver_after_commit(query)
    return True


def erase_old_messages() -> int:
    """Erase what was asked a year after the help desk got it; return how many (spec 07 §17)."""
    old = SupportQuery.objects.filter(
        state=SupportQueryState.SENT, updated_at__lt=clock.now() - KEPT_FOR
    ).exclude(message=ERASED)
    return old.update(message=ERASED)


def _unless_settled(claimed: SupportQuery) -> QuerySet[SupportQuery]:
    """Find the question, if this very attempt still holds it."""
    return SupportQuery.objects.filter(
        pk=claimed.pk, state=SupportQueryState.SENDING, attempts=claimed.attempts
    )
