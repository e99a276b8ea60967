"""Failed look-ups are counted by person and by TRN, across sign-ins and many at once."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from unittest.mock import patch

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from register_ects.redis_connection import redis_client, redis_key
from register_ects.web import failed_look_ups
from register_ects.web.failed_look_ups import (
    MOST_BY_PERSON,
    MOST_OF_TRN,
    SECONDS,
    SECONDS_TO_ANSWER,
    TooManyAtOnce,
    TooManyFailures,
    limited,
)


def ask(email="ada@example.com", trn="3000001", *, fails=True):
    return limited(lambda: fails, email=email, trn=trn, is_failure=bool)


def counted():
    return list(redis_client().scan_iter(redis_key("failed-searches:*")))


def fail(times, **who):
    for number in range(times):
        ask(**({"trn": f"40000{number:02d}"} | who))


def test_one_person_fails_so_often_whatever_they_look_for():
    fail(MOST_BY_PERSON)

    with pytest.raises(TooManyFailures):
        ask(trn="3000001", fails=False)
    assert ask("bola@example.com", fails=False) is False


def test_a_person_is_the_same_however_they_write_their_address():
    fail(MOST_BY_PERSON)

    with pytest.raises(TooManyFailures):
        ask("Ada@Example.com")


def test_one_trn_is_guessed_at_so_often_whoever_asks():
    for number in range(MOST_OF_TRN):
        ask(f"person{number}@example.com")

    with pytest.raises(TooManyFailures):
        ask("bola@example.com")
    assert ask("bola@example.com", "3000002", fails=False) is False


def test_successes_do_not_count():
    for _attempt in range(3 * MOST_BY_PERSON):
        ask(fails=False)


def test_what_could_not_be_asked_does_not_count():
    def broken():
        raise ConnectionError

    for _attempt in range(MOST_OF_TRN + 1):
        with pytest.raises(ConnectionError):
            limited(broken, email="ada@example.com", trn="3000001", is_failure=bool)


@pytest.mark.parametrize("trns", ["one", "many"])
def test_twenty_that_wait_for_a_service_that_hangs_lock_nobody_out(trns):
    hangs, asked = Event(), []

    def attempt(number):
        def waits():
            asked.append(number)
            hangs.wait(20)
            raise ConnectionError

        trn = "3000001" if trns == "one" else f"40000{number:02d}"
        try:
            limited(waits, email="ada@example.com", trn=trn, is_failure=bool)
        except (ConnectionError, TooManyAtOnce) as error:
            return type(error)

    most = MOST_OF_TRN if trns == "one" else MOST_BY_PERSON
    with ThreadPoolExecutor(25) as pool:
        attempts = [pool.submit(attempt, number) for number in range(25)]
        while len(asked) + sum(each.done() for each in attempts) < 25:
            time.sleep(0.01)
        with pytest.raises(TooManyAtOnce):  # not for an hour: as long as they wait
            ask(fails=False)
        hangs.set()
    ends = [each.result() for each in attempts]

    assert Counter(ends) == {ConnectionError: most, TooManyAtOnce: 25 - most}
    fail(MOST_OF_TRN - 1, trn="3000001")
    assert ask(fails=False) is False


def test_a_refused_attempt_counts_for_nothing():
    for number in range(MOST_OF_TRN):
        ask(f"person{number}@example.com")
    for _attempt in range(MOST_BY_PERSON + 1):
        with pytest.raises(TooManyFailures):
            ask()

    assert ask(trn="3000002", fails=False) is False


def test_the_place_of_a_process_that_died_is_free_within_seconds():
    class Killed(BaseException):
        """Ends a look-up while nothing can be given back."""

    def dies():
        raise Killed

    for _attempt in range(MOST_OF_TRN):
        with patch.object(failed_look_ups, "_give_back"), pytest.raises(Killed):
            limited(dies, email="ada@example.com", trn="3000001", is_failure=bool)
    with pytest.raises(TooManyAtOnce):
        ask()
    for key in counted():
        later = redis_client().zrange(key, 0, -1, withscores=True)
        now = redis_client().time()[0]
        assert all(0 < ends - now <= SECONDS_TO_ANSWER for _name, ends in later)
        redis_client().zadd(key, {name: ends - SECONDS_TO_ANSWER for name, ends in later})

    assert ask(fails=False) is False


def test_an_answer_is_given_though_redis_went_away_meanwhile():
    def answers():
        gone.start()
        return False

    gone = patch.object(
        failed_look_ups, "redis_client", side_effect=RedisConnectionError("gone away")
    )
    try:
        found = limited(answers, email="ada@example.com", trn="3000001", is_failure=bool)
    finally:
        gone.stop()

    assert found is False


def test_many_at_once_are_no_way_round():
    asked = []

    def attempt(number):
        try:
            limited(
                lambda: asked.append(number) or True,
                email="ada@example.com",
                trn=f"40000{number:02d}",
                is_failure=bool,
            )
        except (TooManyFailures, TooManyAtOnce):
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        answered = list(pool.map(attempt, range(60)))

    assert answered.count(True) == len(asked) == MOST_BY_PERSON
    with pytest.raises(TooManyFailures):
        ask(fails=False)


def test_nothing_is_counted_for_longer_than_an_hour():
    ask()

    keys = counted()
    assert len(keys) == 2
    assert all(0 < redis_client().ttl(key) <= SECONDS for key in keys)
    now = redis_client().time()[0]
    for key in keys:
        [(_name, ends)] = redis_client().zrange(key, 0, -1, withscores=True)
        assert SECONDS - 5 < ends - now <= SECONDS
    assert not any(b"3000001" in key or b"ada" in key for key in keys)
