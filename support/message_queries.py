"""What of emails and of schools' questions waits for support: one query each, from an index."""

from django.db.models import QuerySet

from register_ects.models import OutgoingEmail, SupportQuery
from register_ects.rules.enumerations import EmailState, EmailTemplate, SupportQueryState
from support.trs_queries import Pile


def failed_emails() -> QuerySet[OutgoingEmail]:
    """Find the emails that did not arrive, the oldest first."""
    failed = OutgoingEmail.objects.filter(state=EmailState.FAILED)
    return failed.order_by("updated_at", "pk")


def pile_of_failed_emails() -> Pile:
    """Count the emails that did not arrive."""
    return Pile.of(failed_emails(), since="updated_at")


def pile_of_waiting_emails() -> Pile:
    """Count the emails that GOV.UK Notify has yet to take."""
    return Pile.of(OutgoingEmail.objects.filter(state=EmailState.QUEUED), since="queued_at")


def reason_of_email(email: OutgoingEmail) -> str:
    """Return why an email did not arrive, in words."""
    if email.receipt:
        return email.get_receipt_display()
    return email.last_response or "No answer is recorded"


def name_of_email(email: OutgoingEmail) -> str:
    """Return what kind of email it is; its name in the outbox, if that is no longer known."""
    try:
        return str(EmailTemplate(email.template).label)
    except ValueError:
        return email.template


def failed_questions() -> QuerySet[SupportQuery]:
    """Find the questions that the help desk did not get, the oldest first."""
    failed = SupportQuery.objects.filter(state=SupportQueryState.FAILED)
    return failed.order_by("created_at", "pk")


def pile_of_failed_questions() -> Pile:
    """Count the questions that the help desk did not get."""
    return Pile.of(failed_questions(), since="created_at")


def pile_of_waiting_questions() -> Pile:
    """Count the questions that are on their way to the help desk."""
    on_their_way = [SupportQueryState.PENDING, SupportQueryState.SENDING]
    return Pile.of(SupportQuery.objects.filter(state__in=on_their_way), since="created_at")
