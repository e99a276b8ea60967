"""How many requests a caller may make in five minutes (spec 02 §2.9 with its Improves).

A sliding window, counted in slices of ten seconds: the window covers the last five minutes and
whatever is left of the slice they begin in, so no five minutes ever hold more than the limit.
All buckets of a request are counted in one round trip to Redis. While Redis does not answer,
nobody is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from redis import RedisError

from register_ects import clock
from register_ects.redis_connection import redis_client, redis_key

log = structlog.get_logger(__name__)

WINDOW_SECONDS, SLICE_SECONDS = 300, 10
_SLICES = WINDOW_SECONDS // SLICE_SECONDS

#: Counts what is spent in every bucket (KEYS), unless one has no room for it: then in none. Each
#: is a hash from slice to count. ARGV: current slice, first slice of the window, seconds to keep a
#: bucket, then a limit and an amount for each bucket. Returns for each how much it held before, and
#: the slice that must leave the window before there is room for the amount.
_SCRIPT = """
local current, first = tonumber(ARGV[1]), tonumber(ARGV[2])
local answer, full = {}, false
for number, key in ipairs(KEYS) do
    local limit, amount = tonumber(ARGV[2 + 2 * number]), tonumber(ARGV[3 + 2 * number])
    local used, counts, slices = 0, {}, {}
    local stored = redis.call('HGETALL', key)
    for i = 1, #stored, 2 do
        local slice = tonumber(stored[i])
        if slice < first then
            redis.call('HDEL', key, stored[i])
        elseif slice <= current then
            counts[slice] = tonumber(stored[i + 1])
            used = used + counts[slice]
            slices[#slices + 1] = slice
        end
    end
    table.sort(slices)
    local room, leaves = math.max(1, used + amount - limit), current
    for _, slice in ipairs(slices) do
        leaves = slice
        room = room - counts[slice]
        if room <= 0 then break end
    end
    full = full or used + amount > limit
    answer[#answer + 1] = used
    answer[#answer + 1] = leaves
end
if not full then
    for number, key in ipairs(KEYS) do
        redis.call('HINCRBY', key, ARGV[1], ARGV[3 + 2 * number])
        redis.call('EXPIRE', key, ARGV[3])
    end
end
return answer
"""


@dataclass(frozen=True)
class Bucket:
    """Whose requests are counted together, and how many fit in five minutes.

    ``amount`` is what this request counts for: more than one where items are counted.
    """

    name: str
    limit: int
    amount: int = 1

    def quota(self, used: int, reset: int) -> "Quota":
        """Return what is left when ``used`` was there before; ``reset`` is in seconds."""
        left = self.limit - used - self.amount
        return Quota(self.limit, max(left, 0), reset, exceeded=left < 0)


@dataclass(frozen=True)
class Quota:
    """What is left in a bucket. ``reset`` is in seconds from now."""

    limit: int
    remaining: int
    reset: int
    exceeded: bool

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers that tell a client how careful to be."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }


def spend_request(buckets: Sequence[Bucket]) -> Quota | None:
    """Count a request in every bucket; return what is left in the one that decides.

    That is the first full one, else the first. A refused request is not counted. None while
    Redis does not answer.
    """
    second = int(clock.now().timestamp())
    current = second // SLICE_SECONDS
    try:
        answer = _run(buckets, current)
    except RedisError:
        log.exception("api_rate_limit_unavailable")
        return None
    quotas = [
        bucket.quota(int(used), _wait(int(leaves), second))
        for bucket, used, leaves in zip(buckets, answer[::2], answer[1::2], strict=True)
    ]
    return next((quota for quota in quotas if quota.exceeded), quotas[0])


def _run(buckets: Sequence[Bucket], current: int) -> list[int]:
    count = redis_client().register_script(_SCRIPT)
    answer: list[int] = count(
        keys=[redis_key(f"api-requests:{bucket.name}") for bucket in buckets],
        args=[
            current,
            current - _SLICES,
            WINDOW_SECONDS + 2 * SLICE_SECONDS,
            *(number for bucket in buckets for number in (bucket.limit, bucket.amount)),
        ],
    )
    return answer


def _wait(leaves: int, second: int) -> int:
    """Return the seconds until a slice has left the window."""
    return (leaves + _SLICES + 1) * SLICE_SECONDS - second
