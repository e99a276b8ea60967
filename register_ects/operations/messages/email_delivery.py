"""The outbox of emails: keep account of what GOV.UK Notify was given and what became of it.

``queue_email`` (emails.py) belongs to the transaction of a change. The delivery itself
(``register_ects/email_jobs.py``) talks to Notify between these functions, with no transaction
open. Source: spec 05 §15, spec 07 §9 with its Improve.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from register_ects import clock
from register_ects.database.compiled import compiled
from register_ects.models import (
    ECTAtSchoolPeriod,
    MentorAtSchoolPeriod,
    OutgoingEmail,
    Placement,
)
from register_ects.operations.base import Author, operation, record_event
from register_ects.operations.messages.emails import deliver_after_commit
from register_ects.operations.outbox import GIVE_UP_AFTER, claim, is_due, seconds_until_retry
from register_ects.rules.enumerations import EmailReceipt, EmailState, EmailTemplate

#: Without a receipt for so long Notify is asked, again and again until it must have given up.
ASKED_AFTER, ASKED_FOR = timedelta(hours=4), timedelta(days=5)
#: Emails to authorities: nobody at a school can mend their address.
_NOT_TO_SCHOOLS = frozenset({EmailTemplate.INDUCTION_FAILED, EmailTemplate.INDUCTION_EXTENDED})
#: What tells a person that they are registered.
_WELCOMES = {
    ECTAtSchoolPeriod: (
        EmailTemplate.ECT_REGISTERED_PROVIDER_LED,
        EmailTemplate.ECT_REGISTERED_SCHOOL_LED,
    ),
    MentorAtSchoolPeriod: (EmailTemplate.MENTOR_REGISTERED,),
}


def due_emails() -> QuerySet[OutgoingEmail]:
    """Return the emails that may be tried now, oldest first."""
    return OutgoingEmail.objects.filter(is_due(), state=EmailState.QUEUED).order_by(
        "queued_at", "pk"
    )


def emails_without_receipt() -> QuerySet[OutgoingEmail]:
    """Return the emails that Notify should be asked about now."""
    return OutgoingEmail.objects.filter(
        state=EmailState.SENT, next_attempt_at__lte=clock.now()
    ).order_by("next_attempt_at", "pk")


def returned_addresses(addresses: Iterable[str | None]) -> frozenset[str]:
    """Return those of some addresses, in small letters, to which emails are returned.

    What came of the latest email to an address counts.
    """
    latest = _latest_receipts([address for address in addresses if address])
    return frozenset(
        address.lower() for address, receipt in latest if receipt == EmailReceipt.PERMANENT_FAILURE
    )


@compiled
def _latest_receipts(addresses: list[str]) -> QuerySet[OutgoingEmail, tuple[str, str | None]]:
    told_of = OutgoingEmail.objects.filter(recipient__any=addresses, receipt__isnull=False)
    latest = told_of.order_by("recipient", "-receipt_at").distinct("recipient")
    return latest.values_list("recipient", "receipt")


def returned_welcome(placement: Placement) -> OutgoingEmail | None:
    """Return the email that told somebody of this registration, if their address returned it."""
    return (
        OutgoingEmail.objects.filter(
            recipient=placement.email,
            receipt=EmailReceipt.PERMANENT_FAILURE,
            template__in=_WELCOMES[type(placement)],
            queued_at__gte=placement.created_at,
        )
        .order_by("-receipt_at")
        .first()
    )


def claim_email(email_id: int) -> OutgoingEmail | None:
    """Take a due email for one attempt, as ``outbox.claim`` does."""
    return claim(due_emails(), email_id)


@transaction.atomic
def record_sent(claimed: OutgoingEmail, notify_id: str) -> None:
    """Note that Notify took an email; its receipt may be here already."""
    email = _locked(claimed)
    if email is None:
        return
    email.notify_id, email.sent_at = uuid.UUID(notify_id), clock.now()
    if email.state == EmailState.QUEUED:
        email.state = EmailState.SENT
        email.next_attempt_at = clock.now() + ASKED_AFTER
        email.last_response = None
    email.save()


@transaction.atomic
def record_refused(claimed: OutgoingEmail, response: str) -> None:
    """Note that Notify refused an email for good: it is left to support."""
    email = _locked(claimed)
    if email is not None and email.state == EmailState.QUEUED:
        _fail(email, response)


@transaction.atomic
def record_unavailable(
    claimed: OutgoingEmail, response: str, *, retry_after: int | None
) -> float | None:
    """Note that Notify could not answer; return the seconds until the next attempt.

    ``retry_after`` is what Notify asked for; without it the wait doubles with every attempt.
    After ``GIVE_UP_AFTER`` the email is left to support, and None returned.
    """
    email = _locked(claimed)
    if email is None or email.state != EmailState.QUEUED:
        return None
    if clock.now() - email.queued_at >= GIVE_UP_AFTER:
        _fail(email, f"No answer for 72 hours. {response}")
        return None
    wait = seconds_until_retry(email.attempts, retry_after=retry_after)
    email.next_attempt_at = clock.now() + timedelta(seconds=wait)
    email.last_response = response
    email.save(update_fields=["next_attempt_at", "last_response", "updated_at"])
    return wait


@transaction.atomic
def record_receipt(reference: uuid.UUID, status: str, at: datetime) -> bool:
    """Note what became of an email at its address; whether that changed anything.

    ``status`` is Notify's word, ``at`` the instant by its clock. What is not final, what came
    before what is known, and what is about none of our emails changes nothing: receipts come
    twice, and in any order.
    """
    email = OutgoingEmail.objects.select_for_update().filter(reference=reference).first()
    if email is None or status not in EmailReceipt.values:
        return False
    if email.receipt_at is not None and at <= email.receipt_at:
        return False
    email.receipt, email.receipt_at = EmailReceipt(status), at
    email.state, email.next_attempt_at = _state_after(email.receipt, email.template), None
    email.save()
    return True


@transaction.atomic
def record_no_receipt(asked: OutgoingEmail) -> None:
    """Note that Notify was asked and has nothing final to say yet: when to ask again, if ever."""
    email = _locked(asked)
    if email is None or email.state != EmailState.SENT or email.receipt is not None:
        return
    goes_on = clock.now() - (email.sent_at or email.queued_at) < ASKED_FOR
    email.next_attempt_at = clock.now() + ASKED_AFTER if goes_on else None
    email.save(update_fields=["next_attempt_at", "updated_at"])


@operation
def send_again(email: OutgoingEmail, *, author: Author) -> bool:
    """Queue a failed email once more, at the request of support; False if it is not failed now.

    It gets a new reference: a late receipt of the first sending says nothing of the second.
    """
    failed = OutgoingEmail.objects.select_for_update().filter(pk=email.pk, state=EmailState.FAILED)
    if not failed.update(
        state=EmailState.QUEUED,
        reference=uuid.uuid4(),
        attempts=0,
        queued_at=clock.now(),
        updated_at=clock.now(),
        **dict.fromkeys(("notify_id", "sent_at", "next_attempt_at", "receipt", "receipt_at")),
    ):
        return False
    record_event(
        "support_task_closed",
        "An email that had not arrived was sent again",
        author=author,
        about=[],
        metadata={"email": email.pk, "template": email.template},
    )
    deliver_after_commit(email)
    return True


def _locked(email: OutgoingEmail) -> OutgoingEmail | None:
    """Return an email as it is now, locked; None if support has sent it again meanwhile."""
    same = OutgoingEmail.objects.select_for_update().filter(reference=email.reference)
    return same.filter(pk=email.pk).first()


def _fail(email: OutgoingEmail, response: str) -> None:
    email.state, email.last_response, email.next_attempt_at = EmailState.FAILED, response, None
    email.save(update_fields=["state", "last_response", "next_attempt_at", "updated_at"])


def _state_after(receipt: EmailReceipt, template: str) -> EmailState:
    if receipt == EmailReceipt.DELIVERED:
        return EmailState.SENT
    if receipt == EmailReceipt.PERMANENT_FAILURE and template not in _NOT_TO_SCHOOLS:
        return EmailState.RETURNED
    return EmailState.FAILED
