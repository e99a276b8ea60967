"""How long an outbox waits before it tries again, and when it leaves a message to support."""

import random
from datetime import timedelta

#: Waits between attempts double from the first, in seconds, plus jitter; the longest is an hour.
FIRST_WAIT, LONGEST_WAIT = 30, 3600
#: After this long without an answer a message is left to support (spec 07 §7.4 Improve 1).
GIVE_UP_AFTER = timedelta(hours=72)


def seconds_until_retry(attempts: int, *, retry_after: int | None) -> float:
    """Return how long to wait after so many attempts, up to a quarter more at random.

    Never less than the service asked for, never more than an hour. The randomness keeps many
    messages from returning at once.
    """
    doubled = min(FIRST_WAIT * 2 ** min(attempts - 1, 10), LONGEST_WAIT / 1.25)
    wait = doubled if retry_after is None else max(retry_after, 1)
    return min(wait * random.uniform(1, 1.25), LONGEST_WAIT)  # noqa: S311
