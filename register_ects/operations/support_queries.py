"""Questions that schools ask support (spec 05 §12.4)."""

from datetime import timedelta

from register_ects import clock
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
    SupportQuery.objects.create(
        **question, name=author.name or "", school_name=school.name, asked_from=asked_from
    )
