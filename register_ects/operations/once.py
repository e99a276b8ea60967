"""What a form creates is created once, however often the form is sent.

A page that creates something carries a key, drawn with it. The operation keeps the key in its own
transaction, where the database has it once: of two sends at the same time the second waits for
the first, and is then told that it was sent before. A send that was refused kept no key and may
be sent again. The form: ``web.once_forms``.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from register_ects import clock
from register_ects.models import SentForm
from register_ects.rules.problems import refuse

#: Longer than any page can be open: nobody is signed in for a day.
KEPT_FOR = timedelta(days=7)
#: The codes of the problems: sent before with the same answers, or with others.
SENT_BEFORE, SENT_BEFORE_OTHERWISE = "sent_before", "sent_before_otherwise"


@dataclass(frozen=True)
class Sending:
    """A form as it was sent: the key of its page, and the mark of its answers (``rules.seen``)."""

    key: UUID
    mark: str


def keep_once(sending: Sending | None) -> None:
    """Keep the key of a form in the current transaction; None keeps nothing.

    For the beginning of an operation that creates something, before it asks whether that may be:
    the first send may have made it impossible. Raises RuleBroken if it was sent before.
    """
    if sending is None:
        return
    kept, is_new = SentForm.objects.select_for_update().get_or_create(
        key=sending.key, defaults={"answers_mark": sending.mark}
    )
    if not is_new:
        refuse("", SENT_BEFORE if kept.answers_mark == sending.mark else SENT_BEFORE_OTHERWISE)


def delete_old_keys() -> int:
    """Delete the keys that are no longer kept; return how many."""
    return SentForm.objects.filter(sent_at__lt=clock.real_now() - KEPT_FOR).delete()[0]
