"""A sick TRS gets few calls, and none while it is known to be down (spec 07 §7.4 Improve 2)."""

import threading
import time
from contextlib import suppress

import pytest

from register_ects.integrations.trs import TeacherNotFound, TRSMisconfigured, TRSUnavailable
from register_ects.integrations.trs.guard import MOST_FAILURES, PATIENCE, Guard

pytestmark = pytest.mark.no_database


@pytest.fixture
def guard():
    return Guard(2, rest=0.2)


def fail(guard, error):
    with suppress(type(error)), guard.call():
        raise error


def is_admitted(guard):
    try:
        with guard.call():
            return True
    except TRSUnavailable:
        return False


def hold_turns(guard, number):
    """Keep calls waiting in threads; return how to let them go."""
    entered, leave = threading.Barrier(number + 1), threading.Event()

    def wait():
        with guard.call():
            entered.wait(5)
            leave.wait(5)

    threads = [threading.Thread(target=wait) for _ in range(number)]
    for thread in threads:
        thread.start()
    entered.wait(5)

    def let_go():
        leave.set()
        for thread in threads:
            thread.join()

    return let_go


def test_only_some_may_wait_at_once_and_the_next_is_told_soon(guard):
    let_go = hold_turns(guard, 2)
    begun = time.monotonic()

    assert not is_admitted(guard)

    assert PATIENCE <= time.monotonic() - begun < PATIENCE + 1
    let_go()
    assert is_admitted(guard)


def test_a_turn_that_comes_free_in_time_is_taken(guard):
    let_go = hold_turns(guard, 2)
    timer = threading.Timer(PATIENCE / 3, let_go)
    timer.start()

    assert is_admitted(guard)
    timer.join()


def test_after_failures_in_a_row_nobody_asks_until_the_rest_is_over(guard):
    for _ in range(MOST_FAILURES - 1):
        fail(guard, TRSUnavailable("status 500"))
    assert is_admitted(guard)  # an answer begins the count anew

    for _ in range(MOST_FAILURES):
        fail(guard, TRSUnavailable("status 500"))
    assert not is_admitted(guard)

    time.sleep(0.3)
    assert is_admitted(guard)


def test_still_down_after_the_rest_it_rests_again_at_once(guard):
    for _ in range(MOST_FAILURES):
        fail(guard, TRSUnavailable("status 500"))
    time.sleep(0.3)

    fail(guard, TRSUnavailable("status 500"))

    assert not is_admitted(guard)


@pytest.mark.parametrize("answer", [TeacherNotFound(), TRSMisconfigured("status 404")])
def test_an_answer_that_is_no_good_is_an_answer(guard, answer):
    for _ in range(2 * MOST_FAILURES):
        fail(guard, answer)

    assert is_admitted(guard)


def test_being_told_to_wait_is_no_failure_of_trs(guard):
    let_go = hold_turns(guard, 2)
    for _ in range(MOST_FAILURES):
        assert not is_admitted(guard)

    let_go()
    assert is_admitted(guard)
