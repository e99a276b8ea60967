"""Stop whoever guesses birth dates: looking people up in TRS tells who has which (spec 05 §6.3).

Failures are counted for an hour, by the person who asks, whatever their organisation or sign-in,
and by the TRN, whoever asks. Each attempt takes its place before TRS is asked and gives it back
when it succeeds, so that many at once are no way round the limit.
"""

import hashlib
from collections.abc import Callable
from typing import TypeVar

from register_ects.redis_connection import redis_client, redis_key

#: Failed look-ups in an hour by one person, and of one TRN.
MOST_BY_PERSON, MOST_OF_TRN = 20, 10
SECONDS = 3600

Answer = TypeVar("Answer")


class TooManyFailures(Exception):
    """One person, or everybody together with one TRN, has failed too often in the last hour."""


def limited(
    look_up: Callable[[], Answer],
    *,
    email: str,
    trn: str,
    is_failure: Callable[[Answer], bool],
) -> Answer:
    """Return what ``look_up`` returns, unless too many failed before.

    ``email`` is that of the person who asks. Raises TooManyFailures, and nothing is looked up.
    """
    places = {_key("person", email.casefold()): MOST_BY_PERSON, _key("trn", trn): MOST_OF_TRN}
    taken = [_take(key) for key in places]
    if any(place > most for place, most in zip(taken, places.values(), strict=True)):
        raise TooManyFailures
    try:
        answer = look_up()
    except BaseException:
        _give_back(places)
        raise
    if not is_failure(answer):
        _give_back(places)
    return answer


def _key(kind: str, who: str) -> str:
    return redis_key(f"failed-look-ups:{kind}:{hashlib.sha256(who.encode()).hexdigest()}")


def _take(key: str) -> int:
    pipeline = redis_client().pipeline()
    pipeline.incr(key)
    pipeline.expire(key, SECONDS, nx=True)
    return int(pipeline.execute()[0])


def _give_back(keys: dict[str, int]) -> None:
    pipeline = redis_client().pipeline()
    for key in keys:
        pipeline.decr(key)
        pipeline.expire(key, SECONDS, nx=True)  # it may have ended in between
    pipeline.execute()
