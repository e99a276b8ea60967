"""How many requests a caller may make in a time (spec 02 §2.9 with its Improves, 07 §16).

A sliding window, counted in thirty slices. A slice leaves the window one window after the last
request in it: no window ever holds more than the limit, and nobody waits longer than one. All
buckets of a request are counted in one round trip to Redis. While Redis does not answer, nobody is
refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from redis import RedisError

from register_ects import clock
from register_ects.redis_connection import redis_client, redis_key

log = structlog.get_logger(__name__)

SLICES = 30

#: Counts what is spent in every bucket (KEYS), unless one has no room for it: then in none. Each
#: is a hash from slice to "count:last", the instant of the slice's last request. ARGV: now, then
#: for each bucket the current slice, the window, a limit and an amount; now and windows in
#: milliseconds. Returns for each bucket how much it held
#: before, and the last instant of the slice that must leave before there is room for the amount.
_SCRIPT = """
local now = tonumber(ARGV[1])
local answer, current, full = {}, {}, false
for number, key in ipairs(KEYS) do
    local slice_now, window = ARGV[4 * number - 2], tonumber(ARGV[4 * number - 1])
    local limit, amount = tonumber(ARGV[4 * number]), tonumber(ARGV[4 * number + 1])
    local used, slices = 0, {}
    local stored = redis.call('HGETALL', key)
    current[number] = {0, now}
    for i = 1, #stored, 2 do
        local count, last = string.match(stored[i + 1], '^(%d+):(%d+)$')
        count, last = tonumber(count), tonumber(last)
        if last <= now - window then
            redis.call('HDEL', key, stored[i])
        else  -- also what another server has counted, whose clock is a little ahead
            if stored[i] == slice_now then current[number] = {count, math.max(last, now)} end
            used = used + count
            slices[#slices + 1] = {last, count}
        end
    end
    table.sort(slices, function(a, b) return a[1] < b[1] end)
    local room, leaves = math.max(1, used + amount - limit), now
    for _, slice in ipairs(slices) do
        leaves = slice[1]
        room = room - slice[2]
        if room <= 0 then break end
    end
    full = full or used + amount > limit
    answer[#answer + 1] = used
    answer[#answer + 1] = string.format('%.0f', math.min(leaves, now))
end
if not full then
    for number, key in ipairs(KEYS) do
        local count = current[number][1] + tonumber(ARGV[4 * number + 1])
        local slice = string.format('%.0f:%.0f', count, current[number][2])
        redis.call('HSET', key, ARGV[4 * number - 2], slice)
        redis.call('PEXPIRE', key, 2 * tonumber(ARGV[4 * number - 1]))
    end
end
return answer
"""


@dataclass(frozen=True)
class Bucket:
    """Whose requests are counted together, and how many fit in so many ``seconds``.

    ``amount`` is what this request counts for: more than one where items are counted.
    """

    name: str
    limit: int
    amount: int = 1
    seconds: int = 300

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
    now = round(clock.now().timestamp() * 1000)
    try:
        answer = _run(buckets, now)
    except RedisError:
        log.exception("rate_limit_unavailable")
        return None
    quotas = [
        bucket.quota(int(used), _wait(int(leaves), now, bucket.seconds))
        for bucket, used, leaves in zip(buckets, answer[::2], answer[1::2], strict=True)
    ]
    return next((quota for quota in quotas if quota.exceeded), quotas[0])


def _run(buckets: Sequence[Bucket], now: int) -> list[int | bytes]:
    count = redis_client().register_script(_SCRIPT)
    answer: list[int | bytes] = count(
        keys=[redis_key(f"spent:{bucket.name}") for bucket in buckets],
        args=[now, *(number for bucket in buckets for number in _of_bucket(bucket, now))],
    )
    return answer


def _of_bucket(bucket: Bucket, now: int) -> tuple[int, int, int, int]:
    window = bucket.seconds * 1000
    return now * SLICES // window, window, bucket.limit, bucket.amount


def _wait(leaves: int, now: int, seconds: int) -> int:
    """Return the whole seconds, at least one, until what came at ``leaves`` is a window ago."""
    return max(1, -(-(leaves + seconds * 1000 - now) // 1000))
