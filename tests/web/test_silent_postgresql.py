"""Who waits for a statement gives it up when PostgreSQL has fallen silent, and only then."""

import time

import psycopg
import pytest
from django.db import connection

from register_ects.database.watched import SLOW, WatchedConnection, circuit
from tests.web.sick import Door


@pytest.fixture
def door(django_db_setup):
    door = Door(f"{connection.settings_dict['HOST']}/.s.PGSQL.5432")
    yield door
    door.recover()
    door.shut()
    circuit.close()


@pytest.fixture
def database(door):
    name = connection.settings_dict["NAME"]
    opened = WatchedConnection.connect(
        f"host=127.0.0.1 port={door.port} user=postgres dbname={name}"
    )
    yield opened
    opened.close()


def test_a_slow_statement_is_waited_for(database):
    slow = database.execute("SELECT pg_sleep(%s), 'done'", [2 * SLOW])

    assert slow.fetchone()[1] == "done"
    assert not circuit.is_open


def test_a_large_one_that_is_slow_to_send_and_to_read_too(database):
    text = "x" * 20_000_000
    slow = database.execute("SELECT pg_sleep(%s), %s", [2 * SLOW, text])

    assert slow.fetchone()[1] == text


def test_one_that_nobody_will_answer_is_given_up(database, door):
    door.hang()
    began = time.monotonic()
    with pytest.raises(psycopg.OperationalError, match="does not answer"):
        database.execute("SELECT 1")

    assert time.monotonic() - began < 3.5
    assert database.closed
    assert circuit.is_open
