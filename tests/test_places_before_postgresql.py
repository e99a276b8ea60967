"""Who waits for a place is let in while the queue moves, and sent away once it stands still."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from register_ects.database.places import Places, StandsStill

pytestmark = pytest.mark.no_database
PATIENCE = 0.3


def held(places, event):
    with places.one():
        event.wait(10)


def test_a_queue_that_moves_lets_everybody_in_however_long_it_takes():
    places = Places(2, patience=PATIENCE)

    def use(_number):
        with places.one():
            time.sleep(0.05)

    began = time.monotonic()
    with ThreadPoolExecutor(20) as pool:
        assert len(list(pool.map(use, range(40)))) == 40

    assert time.monotonic() - began > 2 * PATIENCE  # the last waited longer than the patience


def test_a_queue_that_stands_still_ends_and_nobody_joins_it():
    places, done, together = Places(2, patience=PATIENCE), Event(), Barrier(4)

    def refused():
        together.wait(5)
        began = time.monotonic()
        with pytest.raises(StandsStill), places.one():
            pass
        return time.monotonic() - began

    with ThreadPoolExecutor(6) as pool:
        holders = [pool.submit(held, places, done) for _ in range(2)]
        time.sleep(0.05)
        waited = [each.result() for each in [pool.submit(refused) for _ in range(4)]]
        began = time.monotonic()
        with pytest.raises(StandsStill), places.one():
            pass
        late = time.monotonic() - began
        done.set()
        for each in holders:
            each.result()

    assert max(waited) < PATIENCE + 0.5
    assert late < PATIENCE / 2


def test_failing_is_no_move_but_frees_the_place():
    places, done = Places(2, patience=PATIENCE), Event()
    with ThreadPoolExecutor(1) as pool:
        holder = pool.submit(held, places, done)
        time.sleep(0.05)
        began = time.monotonic()
        while time.monotonic() - began < 2 * PATIENCE:
            with pytest.raises(ValueError, match="no"), places.one():
                raise ValueError("no")
            time.sleep(0.02)
        done.set()
        holder.result()

    with places.one(), places.one(), pytest.raises(StandsStill), places.one():
        pass


def test_what_stood_still_once_is_forgotten_when_all_have_left():
    places, done = Places(1, patience=PATIENCE), Event()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(held, places, done)
        time.sleep(PATIENCE + 0.1)
        with pytest.raises(StandsStill), places.one():
            pass
        done.set()
        first.result()
        again = Event()
        second = pool.submit(held, places, again)
        time.sleep(0.05)
        waiting = pool.submit(held, places, again)
        time.sleep(0.05)
        again.set()
        assert [second.result(), waiting.result()] == [None, None]
