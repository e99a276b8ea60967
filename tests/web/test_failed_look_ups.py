"""Failed look-ups are counted by person and by TRN, across sign-ins and many at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from register_ects.redis_connection import redis_client, redis_key
from register_ects.web.failed_look_ups import (
    MOST_BY_PERSON,
    MOST_OF_TRN,
    SECONDS,
    TooManyFailures,
    limited,
)


def ask(email="ada@example.com", trn="3000001", *, fails=True):
    return limited(lambda: fails, email=email, trn=trn, is_failure=bool)


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
        except TooManyFailures:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        answered = list(pool.map(attempt, range(60)))

    assert answered.count(True) == len(asked) == MOST_BY_PERSON


def test_nothing_is_counted_for_longer_than_an_hour():
    ask()

    keys = list(redis_client().scan_iter(redis_key("failed-look-ups:*")))
    assert len(keys) == 2
    assert all(0 < redis_client().ttl(key) <= SECONDS for key in keys)
    assert not any(b"3000001" in key or b"ada" in key for key in keys)
