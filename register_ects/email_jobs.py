"""What the jobs about emails do: ask Notify with no transaction open, then note the answer in one.

The jobs themselves: tasks.py. What is noted: operations/messages/email_delivery.py.
"""

import structlog
from django.conf import settings

from register_ects import clock
from register_ects.integrations import notify
from register_ects.models import OutgoingEmail
from register_ects.operations.messages import email_delivery

log = structlog.get_logger(__name__)


def deliver(email: OutgoingEmail) -> float | None:
    """Hand one email that was claimed to Notify; return the seconds until it must be tried again.

    None means that it is settled: sent, or refused for good. An attempt before this one may have
    reached Notify, though nobody learned so: then Notify knows its reference.
    """
    template_id = settings.NOTIFY_TEMPLATE_IDS.get(email.template)
    if template_id is None:
        email_delivery.record_refused(email, "No template of Notify is set for it")
        return None
    client, reference = notify.get_client(), str(email.reference)
    try:
        notify_id = client.find_email(reference) if email.attempts > 1 else None
        if notify_id is None:
            notify_id = client.send_email(
                template_id=template_id,
                recipient=email.recipient,
                personalisation={**settings.EMAIL_LINKS, **email.personalisation},
                reference=reference,
            )
    except notify.NotifyUnavailable as error:
        return email_delivery.record_unavailable(email, str(error), retry_after=error.retry_after)
    except notify.NotifyError as error:
        email_delivery.record_refused(email, str(error))
        log.warning("email_refused", email_id=email.pk, template=email.template, reason=str(error))
    else:
        email_delivery.record_sent(email, notify_id)
    return None


def ask_about(email: OutgoingEmail) -> None:
    """Ask Notify what became of an email whose receipt has not come, and note it."""
    try:
        delivery = notify.get_client().delivery(str(email.notify_id))
    except notify.NotifyError as error:
        log.warning("receipt_not_found", email_id=email.pk, reason=str(error))
    else:
        at = delivery.at or clock.now()
        if email_delivery.record_receipt(email.reference, delivery.status, at):
            return
    email_delivery.record_no_receipt(email)
