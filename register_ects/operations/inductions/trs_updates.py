"""The outbox to TRS: queue the state of an induction, then keep account of its delivery.

``queue_trs_update`` belongs to the transaction that changed the induction. The delivery itself
(``register_ects/tasks.py``) talks to TRS between the other functions, with no transaction open.
Source: spec 06 §6.16 Improve.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from register_ects import clock
from register_ects.celery import app
from register_ects.models import Teacher, TRSInductionUpdate
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.outbox import GIVE_UP_AFTER, claim, is_due, seconds_until_retry
from register_ects.operations.teachers.records import set_trs_induction
from register_ects.rules.enumerations import TRSUpdateState
from register_ects.rules.inductions import TRSState, trs_state


def queue_trs_update(teacher: Teacher) -> TRSInductionUpdate | None:
    """Queue what TRS must now hold for a person, inside the transaction of the change.

    The caller holds the lock on ``teacher``. A message that still waits, or was refused, is
    superseded; one that waits and says the same is left to go. None, and nothing is queued, when
    TRS already holds the state or the person has no TRN.
    """
    wanted = trs_state(list(teacher.induction_periods.all()))
    earlier = TRSInductionUpdate.objects.filter(teacher=teacher)
    waiting = earlier.filter(state=TRSUpdateState.QUEUED).first()
    if waiting and _state_of(waiting) == wanted:
        return waiting
    waited = _supersede(earlier.filter(state=TRSUpdateState.QUEUED))
    _supersede(earlier.filter(state=TRSUpdateState.REJECTED))
    if teacher.trn is None or (not waited and wanted == _known_to_trs(teacher)):
        return None
    return _queue(teacher, wanted, changed_at=clock.now())


@operation
def queue_again(update: TRSInductionUpdate, *, author: Author) -> TRSInductionUpdate | None:
    """Queue once more, at the request of support, what TRS refused or never answered.

    The state is worked out anew; the time of the change stays, so that a change which TRS has
    accepted since then is not undone. None when the message is no longer refused, or there is
    nothing to tell.
    """
    teacher = Teacher.objects.locked(update.teacher_id)
    refused = TRSInductionUpdate.objects.filter(pk=update.pk, state=TRSUpdateState.REJECTED)
    if not _supersede(refused):
        return None
    record_event(
        "support_task_closed",
        f"What TRS did not accept about {teacher.name} was looked into",
        author=author,
        about=[teacher],
        metadata=_as_metadata(update),
    )
    if teacher.trn is None:
        return None
    wanted = trs_state(list(teacher.induction_periods.all()))
    if wanted == _known_to_trs(teacher):
        return None
    return _queue(teacher, wanted, changed_at=update.changed_at)


def _supersede(updates: QuerySet[TRSInductionUpdate]) -> int:
    return updates.update(state=TRSUpdateState.SUPERSEDED, updated_at=clock.now())


def _queue(teacher: Teacher, wanted: TRSState, *, changed_at: datetime) -> TRSInductionUpdate:
    update = TRSInductionUpdate.objects.create(
        teacher=teacher,
        status=wanted.status,
        start_date=wanted.start_date,
        completed_date=wanted.completed_date,
        changed_at=changed_at,
    )
    # By name: the tasks import the operations. Robust: the timer delivers what Redis missed.
    transaction.on_commit(
        lambda: app.send_task("register_ects.tasks.deliver_trs_update", [update.pk]), robust=True
    )
    return update


def due_updates() -> QuerySet[TRSInductionUpdate]:
    """Return the messages that may be tried now, oldest first."""
    return TRSInductionUpdate.objects.filter(is_due(), state=TRSUpdateState.QUEUED).order_by("pk")


def claim_update(update_id: int) -> TRSInductionUpdate | None:
    """Take a due message for one attempt, as ``outbox.claim`` does."""
    return claim(due_updates().select_related("teacher"), update_id)


@operation
def record_sent(update: TRSInductionUpdate) -> None:
    """Note that TRS accepted a message, even one superseded while it was on its way.

    From now on that is what TRS is known to say, unless a later message has arrived already.
    """
    teacher = Teacher.objects.locked(update.teacher_id)
    _settle(update, TRSUpdateState.SENT, "accepted")
    sent = TRSInductionUpdate.objects.filter(teacher=teacher, state=TRSUpdateState.SENT)
    if not sent.filter(changed_at__gt=update.changed_at).exists():
        set_trs_induction(
            teacher,
            status=update.status,
            start_date=update.start_date,
            completed_date=update.completed_date,
            author=Author.system(),
        )
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
    """Note that TRS refused a message for good: it waits for support, and the body sees so."""
    _refuse(update, response)


def _refuse(update: TRSInductionUpdate, response: str) -> None:
    Teacher.objects.locked(update.teacher_id)
    update.refresh_from_db(fields=["state"])
    if update.state != TRSUpdateState.QUEUED:  # a newer message took its place meanwhile
        return
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
) -> float | None:
    """Note that TRS could not answer; return the seconds until the next attempt.

    ``retry_after`` is what TRS asked for; without it the wait doubles with every attempt. After
    ``GIVE_UP_AFTER`` the message is left to support, and None returned.
    """
    if clock.now() - update.created_at >= GIVE_UP_AFTER:
        _refuse(update, f"No answer for 72 hours. {response}")
        return None
    wait = seconds_until_retry(update.attempts, retry_after=retry_after)
    update.next_attempt_at = clock.now() + timedelta(seconds=wait)
    update.last_response = response
    update.save(update_fields=["next_attempt_at", "last_response", "updated_at"])
    return wait


def _state_of(update: TRSInductionUpdate) -> TRSState:
    return TRSState(update.status, update.start_date, update.completed_date)


def _known_to_trs(teacher: Teacher) -> TRSState:
    """Return what TRS is known to hold: what it last showed us or accepted from us."""
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
