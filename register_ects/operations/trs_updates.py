"""The outbox to TRS: queue the state of an induction, then keep account of its delivery.

``queue_trs_update`` belongs to the transaction that changed the induction. The delivery itself
(``register_ects/tasks.py``) talks to TRS between the other functions, with no transaction open.
Source: spec 06 §6.16 Improve.
"""

import random
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from register_ects import clock
from register_ects.celery import app
from register_ects.models import Teacher, TRSInductionUpdate
from register_ects.operations.base import Author, operation, record_event
from register_ects.rules.enumerations import TRSUpdateState
from register_ects.rules.inductions import TRSState, trs_state

#: How long one delivery may take before another may try: TRS's timeouts are 13 seconds a call.
LEASE = timedelta(minutes=2)
#: Waits between attempts double from the first to the longest, in seconds, plus jitter.
FIRST_WAIT, LONGEST_WAIT = 30, 3600


def queue_trs_update(teacher: Teacher) -> TRSInductionUpdate | None:
    """Queue what TRS must now hold for a person, inside the transaction of the change.

    The caller holds the lock on ``teacher``. A message that still waits is superseded. None, and
    nothing is queued, when TRS already holds the state or the person has no TRN.
    """
    wanted = trs_state(list(teacher.induction_periods.all()))
    waiting = TRSInductionUpdate.objects.filter(teacher=teacher, state=TRSUpdateState.QUEUED)
    superseded = waiting.update(state=TRSUpdateState.SUPERSEDED, updated_at=clock.now())
    if teacher.trn is None or (not superseded and wanted == _last_accepted(teacher)):
        return None
    update = TRSInductionUpdate.objects.create(
        teacher=teacher,
        status=wanted.status,
        start_date=wanted.start_date,
        completed_date=wanted.completed_date,
        changed_at=clock.now(),
    )
    # By name: the tasks import the operations. Robust: the timer delivers what Redis missed.
    transaction.on_commit(
        lambda: app.send_task("register_ects.tasks.deliver_trs_update", [update.pk]), robust=True
    )
    return update


def due_updates() -> QuerySet[TRSInductionUpdate]:
    """Return the messages that may be tried now, oldest first."""
    due = Q(next_attempt_at=None) | Q(next_attempt_at__lte=clock.now())
    return TRSInductionUpdate.objects.filter(due, state=TRSUpdateState.QUEUED).order_by("pk")


@transaction.atomic
def claim_update(update_id: int) -> TRSInductionUpdate | None:
    """Take a due message for one attempt; None if it is not due or another has taken it.

    The attempt holds it for ``LEASE``; after a crash it is due again then.
    """
    due = due_updates().select_for_update(skip_locked=True, of=("self",))
    update = due.select_related("teacher").filter(pk=update_id).first()
    if update is None:
        return None
    update.attempts += 1
    update.next_attempt_at = clock.now() + LEASE
    update.save(update_fields=["attempts", "next_attempt_at", "updated_at"])
    return update


@operation
def record_sent(update: TRSInductionUpdate) -> None:
    """Note that TRS accepted a message, even one superseded while it was on its way."""
    _settle(update, TRSUpdateState.SENT, "accepted")
    record_event(
        "trs_update_confirmed",
        f"TRS confirmed the induction of {update.teacher.name}: {update.get_status_display()}",
        author=Author.system(),
        about=[update.teacher],
        metadata=_as_metadata(update),
    )


@operation
def record_superseded(update: TRSInductionUpdate, response: str) -> None:
    """Note that TRS already holds a later change: nothing is left to tell."""
    _settle(update, TRSUpdateState.SUPERSEDED, response)


@operation
def record_rejected(update: TRSInductionUpdate, response: str) -> None:
    """Note that TRS refused a message for good; support sees the event and the body the state."""
    _settle(update, TRSUpdateState.REJECTED, response)
    record_event(
        "trs_update_failed",
        f"TRS did not accept the induction of {update.teacher.name}: {update.get_status_display()}",
        author=Author.system(),
        about=[update.teacher],
        body=response,
        metadata=_as_metadata(update),
    )


@operation
def record_unavailable(
    update: TRSInductionUpdate, response: str, *, retry_after: int | None
) -> float:
    """Note that TRS could not answer; return the seconds until the next attempt.

    ``retry_after`` is what TRS asked for; without it the wait doubles with every attempt.
    """
    wait = seconds_until_retry(update.attempts, retry_after=retry_after)
    update.next_attempt_at = clock.now() + timedelta(seconds=wait)
    update.last_response = response
    update.save(update_fields=["next_attempt_at", "last_response", "updated_at"])
    return wait


def seconds_until_retry(attempts: int, *, retry_after: int | None) -> float:
    """Return how long to wait after so many attempts, up to a quarter more at random.

    Never less than TRS asked for. The randomness keeps many messages from returning at once.
    """
    doubled = min(FIRST_WAIT * 2 ** min(attempts - 1, 10), LONGEST_WAIT)
    wait = doubled if retry_after is None else max(retry_after, 1)
    return wait * random.uniform(1, 1.25)  # noqa: S311


def _last_accepted(teacher: Teacher) -> TRSState:
    """Return what TRS holds: what it last accepted from us, else what it last showed us."""
    sent = (
        TRSInductionUpdate.objects.filter(teacher=teacher, state=TRSUpdateState.SENT)
        .order_by("-changed_at", "-pk")
        .first()
    )
    if sent:
        return TRSState(sent.status, sent.start_date, sent.completed_date)
    return TRSState(
        teacher.trs_induction_status or "",
        teacher.trs_induction_start_date,
        teacher.trs_induction_completed_date,
    )


def _settle(update: TRSInductionUpdate, state: TRSUpdateState, response: str) -> None:
    update.state = state
    update.last_response = response
    update.next_attempt_at = None
    update.save(update_fields=["state", "last_response", "next_attempt_at", "updated_at"])


def _as_metadata(update: TRSInductionUpdate) -> dict[str, str | int | None]:
    return {
        "status": update.status,
        "start_date": update.start_date.isoformat() if update.start_date else None,
        "completed_date": update.completed_date.isoformat() if update.completed_date else None,
        "attempts": update.attempts,
    }
