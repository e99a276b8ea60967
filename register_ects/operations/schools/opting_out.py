"""A school stops reminder emails until the end of term, by a link in one (spec 05 §12.3).

The link is signed: whoever has it need not sign in, and it stops the reminders of no other school.
"""

import hashlib
import hmac
from urllib.parse import urlencode

from django.conf import settings

from register_ects import clock
from register_ects.models import School
from register_ects.operations.base import Author, operation, record_event
from register_ects.rules.reminders import end_of_term, is_opted_out

_ADDRESS = "/school/opt-out-of-reminder-emails/new"


def opt_out_path(school_id: int) -> str:
    """Return the path of the page on which a school opts out, signed."""
    return f"{_ADDRESS}?{urlencode({'school_id': school_id, 'token': _token(school_id)})}"


def is_signed(school_id: int, token: str) -> bool:
    """Whether a token is the one in this school's link. Takes as long whatever the token."""
    return hmac.compare_digest(_token(school_id).encode(), token.encode(errors="replace"))


@operation
def opt_out_of_reminder_emails(school: School) -> None:
    """Send a school no reminders until the end of this term; once more changes nothing.

    Who followed the link is not known: the history names the service.
    """
    school = School.objects.select_for_update(no_key=True).get(pk=school.pk)
    before, until = school.opted_out_of_reminder_emails_until, end_of_term(clock.today())
    if is_opted_out(before, today=until):
        return
    school.opted_out_of_reminder_emails_until = until
    school.save(update_fields=["opted_out_of_reminder_emails_until"])
    record_event(
        "school_opted_out_of_reminder_emails",
        "Reminder emails stopped by a link in one of them",
        author=Author.system(),
        about=[school],
        changes={"opted_out_of_reminder_emails_until": (before, until)},
    )


def _token(school_id: int) -> str:
    message = f"school-reminder-email-opt-out:{school_id}".encode()
    return hmac.new(settings.OPT_OUT_SECRET.encode(), message, hashlib.sha256).hexdigest()
