"""What outboxes share: who delivers a message, how long it waits, when it is left to support."""

import random
from datetime import timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from register_ects import clock

Message = TypeVar("Message", bound=Model)

#: How long one delivery may take before another may try: it makes four calls at most.
LEASE = timedelta(minutes=2)
#: Waits between attempts double from the first, in seconds, plus jitter; the longest is an hour.
FIRST_WAIT, LONGEST_WAIT = 30, 3600
#: After this long without an answer a message is left to support (spec 07 §7.4 Improve 1).
GIVE_UP_AFTER = timedelta(hours=72)


def is_due() -> Q:
    """Return the condition that a message may be tried now."""
    return Q(next_attempt_at=None) | Q(next_attempt_at__lte=clock.now())


@transaction.atomic
def claim(due: QuerySet[Message], key: int, **changes: Any) -> Message | None:
    """Take a due message for one attempt; None if it is not due or another has taken it.

    The attempt holds it for ``LEASE``; after a crash it is due again then. ``changes`` are made
    to it besides.
    """
    message: Any = due.select_for_update(skip_locked=True, of=("self",)).filter(pk=key).first()
    if message is None:
        return None
    changes |= {"attempts": message.attempts + 1, "next_attempt_at": clock.now() + LEASE}
    for name, value in changes.items():
        setattr(message, name, value)
    message.save(update_fields=[*changes, "updated_at"])
    return message  # type: ignore[no-any-return]


def seconds_until_retry(attempts: int, *, retry_after: int | None) -> float:
    """Return how long to wait after so many attempts, up to a quarter more at random.

    Never less than the service asked for, never more than an hour. The randomness keeps many
    messages from returning at once.
    """
    doubled = min(FIRST_WAIT * 2 ** min(attempts - 1, 10), LONGEST_WAIT / 1.25)
    wait = doubled if retry_after is None else max(retry_after, 1)
    return min(wait * random.uniform(1, 1.25), LONGEST_WAIT)  # noqa: S311
