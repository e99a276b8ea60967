"""Stop whoever guesses birth dates: looking people up in TRS tells who has which (spec 05 §6.3).

Failures are counted for an hour, by the person who asks, whatever their organisation or sign-in,
and by the TRN, whoever asks. Only what TRS answered counts. Each attempt reserves a place before
TRS is asked, so that many at once are no way round the limit; the place is given back with the
answer, becomes a failure, or, when the process dies in between, ends by itself within seconds.

The people of a file are counted by themselves: each TRN counts once for whoever sent it, so that
a column of wrong dates refuses neither the good rows nor the corrected file. What stops guesses
there is the limit of the TRN, which is the same.
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
#: TRNs that may fail in an hour in the files of one person: as many as a file has rows.
MOST_IN_FILES = 500
SECONDS = 3600
#: Longer than TRS is waited for, the record that another was merged into included.
SECONDS_TO_ANSWER = 20

#: Each key is a sorted set: a failure or a place reserved, with the moment at which it ends.
#: Reserves a place in all of them, or in none: 0 if it did, 1 if so many failed, 2 if so many
#: that may yet fail are asked for. Each key comes with the most it takes, and with how a failure
#: would be counted: one that counts already needs no room.
_RESERVE = """
local now = tonumber(redis.call('TIME')[1])
local token, seconds, longest = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local answer = 0
for number, key in ipairs(KEYS) do
    redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
    redis.call('ZREM', key, token)
    local most, counted = tonumber(ARGV[2 + 2 * number]), ARGV[3 + 2 * number]
    if redis.call('ZCARD', key) >= most and not redis.call('ZSCORE', key, counted) then
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
for number, key in ipairs(KEYS) do
    redis.call('ZREM', key, ARGV[1])
    redis.call('ZADD', key, now + tonumber(ARGV[2]), ARGV[2 + number])
    redis.call('EXPIRE', key, ARGV[2])
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
    in_file: bool = False,
) -> Answer:
    """Return what ``look_up`` returns, unless too many failed before.

    ``email`` is that of the person who asks; ``in_file`` where they sent a file. Raises
    TooManyFailures or TooManyAtOnce: nothing is looked up then, and nothing counted.
    """
    name = secrets.token_hex(16)
    failure = f"f{name}"
    places = {_key("person", email.casefold()): (MOST_BY_PERSON, failure)}
    if in_file:
        places = {_key("files of", email.casefold()): (MOST_IN_FILES, f"f{_hash(trn)}")}
    places[_key("trn", trn)] = (MOST_OF_TRN, failure)
    _reserve(places, f"w{name}")
    try:
        answer = look_up()
        failed = is_failure(answer)
    except BaseException:
        _give_back(places, f"w{name}")
        raise
    if failed:
        counted = [counted for _most, counted in places.values()]
        _script(_FAIL)(keys=list(places), args=[f"w{name}", SECONDS, *counted])
    else:
        _give_back(places, f"w{name}")
    return answer


def _key(kind: str, who: str) -> str:
    # Not the name under which numbers were once kept: what is there may be of another type.
    return redis_key(f"failed-searches:{kind}:{_hash(who)}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _reserve(places: dict[str, tuple[int, str]], token: str) -> None:
    limits = [value for pair in places.values() for value in pair]
    answer = _script(_RESERVE)(keys=list(places), args=[token, SECONDS_TO_ANSWER, SECONDS, *limits])
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
