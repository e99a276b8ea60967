"""Stop whoever guesses birth dates: looking people up in TRS tells who has which (spec 05 §6.3).

Failures are counted for an hour, by the person who asks, whatever their organisation or sign-in,
and by the TRN, whoever asks. Only what TRS answered counts. Each attempt reserves a place before
TRS is asked, so that many at once are no way round the limit; the place is given back with the
answer, becomes a failure, or, when the process dies in between, ends by itself within seconds.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from typing import Any, TypeVar

from redis.exceptions import RedisError

from register_ects.redis_connection import redis_client, redis_key

#: Failed look-ups in an hour by one person, and of one TRN.
MOST_BY_PERSON, MOST_OF_TRN = 20, 10
SECONDS = 3600
#: Longer than TRS is waited for, the record that another was merged into included.
SECONDS_TO_ANSWER = 20

#: Each key is a sorted set: a failure or a place reserved, with the moment at which it ends.
#: Reserves a place in all of them, or in none: 0 if it did, 1 if so many failed, 2 if so many
#: that may yet fail are asked for.
_RESERVE = """
local now = tonumber(redis.call('TIME')[1])
local token, seconds, longest = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local answer = 0
for number, key in ipairs(KEYS) do
    redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
    redis.call('ZREM', key, token)
    local most = tonumber(ARGV[3 + number])
    if redis.call('ZCARD', key) >= most then
        local waiting = 0
        for _, member in ipairs(redis.call('ZRANGE', key, 0, -1)) do
            if string.sub(member, 1, 1) == 'w' then waiting = waiting + 1 end
        end
        if redis.call('ZCARD', key) - waiting >= most then return 1 end
        answer = 2
    end
end
if answer > 0 then return answer end
for _, key in ipairs(KEYS) do
    redis.call('ZADD', key, now + seconds, token)
    redis.call('EXPIRE', key, longest)
end
return 0
"""
#: Makes a failure of what was reserved.
_FAIL = """
local now = tonumber(redis.call('TIME')[1])
for _, key in ipairs(KEYS) do
    redis.call('ZREM', key, ARGV[1])
    redis.call('ZADD', key, now + tonumber(ARGV[3]), ARGV[2])
    redis.call('EXPIRE', key, ARGV[3])
end
"""
_FREE, _FAILED_SO_OFTEN = 0, 1

Answer = TypeVar("Answer")


class TooManyFailures(Exception):
    """One person, or everybody together with one TRN, has failed too often in the last hour."""


class TooManyAtOnce(Exception):
    """So many are being asked for that could fail: there is room again when TRS has answered."""


def limited(
    look_up: Callable[[], Answer],
    *,
    email: str,
    trn: str,
    is_failure: Callable[[Answer], bool],
) -> Answer:
    """Return what ``look_up`` returns, unless too many failed before.

    ``email`` is that of the person who asks. Raises TooManyFailures or TooManyAtOnce: nothing is
    looked up then, and nothing counted.
    """
    places = {_key("person", email.casefold()): MOST_BY_PERSON, _key("trn", trn): MOST_OF_TRN}
    name = secrets.token_hex(16)
    _reserve(places, f"w{name}")
    try:
        answer = look_up()
        failed = is_failure(answer)
    except BaseException:
        _give_back(places, f"w{name}")
        raise
    if failed:
        _script(_FAIL)(keys=list(places), args=[f"w{name}", f"f{name}", SECONDS])
    else:
        _give_back(places, f"w{name}")
    return answer


def _key(kind: str, who: str) -> str:
    # Not the name under which numbers were once kept: what is there may be of another type.
    return redis_key(f"failed-searches:{kind}:{hashlib.sha256(who.encode()).hexdigest()}")


def _reserve(places: dict[str, int], token: str) -> None:
    answer = _script(_RESERVE)(
        keys=list(places), args=[token, SECONDS_TO_ANSWER, SECONDS, *places.values()]
    )
    if answer != _FREE:
        raise TooManyFailures if answer == _FAILED_SO_OFTEN else TooManyAtOnce


def _give_back(keys: Iterable[str], token: str) -> None:
    # Redis may be gone: the place ends by itself, and what TRS said is still of use.
    with suppress(RedisError):
        pipeline = redis_client().pipeline()
        for key in keys:
            pipeline.zrem(key, token)
        pipeline.execute()


@cache
def _script(text: str) -> Any:
    return redis_client().register_script(text)
