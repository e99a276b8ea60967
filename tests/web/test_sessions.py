"""Sessions in Redis: what reading and keeping one costs, and when it has ended meanwhile."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from redis import Redis

from register_ects.web.sessions import SessionStore


@pytest.fixture
def kept():
    """Return the key of a session that is there."""
    session = SessionStore()
    session["name"] = "Ada"
    session.create()
    yield session.session_key
    SessionStore(session.session_key).delete()


def test_what_is_kept_is_there_for_the_next_request(kept):
    session = SessionStore(kept)
    session["name"] = "Bola"
    session.save()

    assert SessionStore(kept)["name"] == "Bola"


def test_reading_and_keeping_a_session_are_a_command_each_of_one_client(kept, monkeypatch):
    sent, clients, really = [], set(), Redis.execute_command

    def spied(client, *command, **options):
        sent.append(command[0])
        clients.add(id(client))
        return really(client, *command, **options)

    monkeypatch.setattr(Redis, "execute_command", spied)
    session = SessionStore(kept)
    session["name"] = "Bola"
    session.save()

    assert (sent, len(clients)) == (["GET", "SET"], 1)


def test_a_session_that_has_ended_meanwhile_is_not_made_again(kept):
    session = SessionStore(kept)
    session["name"] = "Bola"
    SessionStore(kept).delete()

    with pytest.raises(UpdateError):
        session.save()
    assert not SessionStore().exists(kept)
