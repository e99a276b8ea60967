"""How many requests a caller may make in five minutes (spec 02 §2.9 with its Improves).

A sliding window, counted in slices of ten seconds: the window covers the last five minutes and
whatever is left of the slice they begin in, so no five minutes ever hold more than the limit.
"""

from dataclasses import dataclass

from django.core.cache import cache

from register_ects import clock

WINDOW_SECONDS, SLICE_SECONDS = 300, 10
_SLICES = WINDOW_SECONDS // SLICE_SECONDS


@dataclass(frozen=True)
class Quota:
    """What is left for a caller. ``reset`` is in seconds from now."""

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


def spend_request(caller: str, *, limit: int) -> Quota:
    """Count one request of ``caller`` and say what is left; a refused one is not counted."""
    second = int(clock.now().timestamp())
    current = second // SLICE_SECONDS
    counts = _counts(caller, current)
    used = sum(counts.values())
    if used >= limit:
        return Quota(limit, 0, _wait(counts, second, room=used - limit + 1), exceeded=True)
    used += _count(caller, current) - counts.get(current, 0)
    if used > limit:  # others took the last places meanwhile
        cache.decr(_key(caller, current))
        return Quota(limit, 0, _wait(counts, second, room=1), exceeded=True)
    return Quota(limit, limit - used, _wait(counts, second, room=1), exceeded=False)


def _count(caller: str, current: int) -> int:
    key = _key(caller, current)
    cache.add(key, 0, timeout=WINDOW_SECONDS + 2 * SLICE_SECONDS)
    return int(cache.incr(key))


def _counts(caller: str, current: int) -> dict[int, int]:
    """Return how many requests each slice of the window holds."""
    slices = {_key(caller, number): number for number in range(current - _SLICES, current + 1)}
    return {slices[key]: int(count) for key, count in cache.get_many(slices).items()}


def _wait(counts: dict[int, int], second: int, *, room: int) -> int:
    """Return the seconds until the oldest slices that hold ``room`` requests leave the window."""
    for number in sorted(counts):
        room -= counts[number]
        if room <= 0:
            return (number + _SLICES + 1) * SLICE_SECONDS - second
    return WINDOW_SECONDS


def _key(caller: str, number: int) -> str:
    return f"api-requests:{caller}:{number}"
