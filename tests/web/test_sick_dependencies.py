"""While PostgreSQL or Redis is ill everything else goes on, and nobody waits long."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection

from register_ects.operations.base import Author
from register_ects.operations.lead_providers.api_tokens import issue_api_token
from register_ects.web.health import _Newest
from tests.factories import LeadProviderFactory, StaffUserFactory
from tests.support.pages import Browser
from tests.web.sick import Door, WebServer

pytestmark = pytest.mark.django_db(transaction=True)
LONGEST = 3.0  # seconds that anybody may wait
PROMPT = 2.0  # seconds in which is answered what depends on nothing, on a busy machine too
SIGNED_IN = "/admin/teachers"


@pytest.fixture(scope="module")
def database(django_db_setup):
    door = Door(f"{connection.settings_dict['HOST']}/.s.PGSQL.5432")
    yield door
    door.shut()


@pytest.fixture(scope="module")
def redis():
    host, port = settings.REDIS_URL.removeprefix("redis://").split("/")[0].split(":")
    door = Door((host, int(port)))
    yield door
    door.shut()


@pytest.fixture(scope="module")
def running_server(database, redis, tmp_path_factory):
    name = connection.settings_dict["NAME"]
    number = settings.REDIS_URL.rsplit("/", 1)[1]
    server = WebServer(
        tmp_path_factory.mktemp("server") / "log",
        DATABASE_URL=f"postgresql://postgres@127.0.0.1:{database.port}/{name}",
        REDIS_URL=f"redis://127.0.0.1:{redis.port}/{number}",
        RATE_LIMITS_ENABLED="true",
    )
    yield server
    server.stop()


@pytest.fixture
def server(running_server, database, redis):
    """The server, with everything well at first and at the end."""
    yield running_server
    database.recover()
    redis.recover()
    time.sleep(_Newest.SECONDS)
    for _attempt in range(100):
        if running_server.ask("/readiness").status == 200:
            return
        time.sleep(0.1)
    raise AssertionError(running_server.log.read_text())


@pytest.fixture
def cookie():
    """What the browser of a person who is signed in sends."""
    browser = Browser().sign_in(StaffUserFactory())
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={browser.client.cookies[name].value}"


@pytest.fixture
def token():
    raw = issue_api_token(LeadProviderFactory(), description="Poller", author=Author.system())
    return f"Bearer {raw}"


@pytest.mark.parametrize("illness", ["shut", "hang"])
def test_without_postgresql_twenty_wait_briefly_and_the_rest_goes_on(
    server, database, token, illness
):
    page = "/api/v3/participants"
    assert server.ask(page, Authorization=token).status == 200

    getattr(database, illness)()
    with ThreadPoolExecutor(24) as pool:
        waiting = [pool.submit(server.ask, page, Authorization=token) for _ in range(20)]
        time.sleep(0.1)
        alive = [server.ask("/healthcheck"), server.ask("/static/css/app.css")]
        answers = [each.result() for each in waiting]

    assert {answer.status for answer in answers} == {503}
    assert max(answer.seconds for answer in answers) < LONGEST
    assert {answer.headers["Retry-After"] for answer in answers} == {"10"}
    assert "service.not_answering" in answers[0].body
    assert [answer.status for answer in alive] == [200, 200]
    assert max(answer.seconds for answer in alive) < PROMPT


@pytest.mark.parametrize("who", ["token", "nobody"])
def test_many_clients_at_once_are_all_answered_while_postgresql_is_well(server, token, who):
    known = token if who == "token" else "Bearer junk"
    with ThreadPoolExecutor(20) as pool:
        asked = [
            pool.submit(server.ask, "/api/v3/statements?page[per_page]=5", Authorization=known)
            for _ in range(160)
        ]
        statuses = {each.result().status for each in asked}

    assert statuses == {200} if who == "token" else statuses <= {401, 429}


@pytest.mark.parametrize("illness", ["shut", "hang"])
def test_pages_and_the_api_are_well_again_seconds_after_postgresql_is(
    server, database, token, cookie, illness
):
    with ThreadPoolExecutor(12) as pool:  # fills the pool of connections, which all die
        list(pool.map(lambda _: server.ask("/api/v3/participants", Authorization=token), range(48)))

    getattr(database, illness)()
    assert server.ask(SIGNED_IN, Cookie=cookie).status == 503
    time.sleep(5)  # longer than the pool tries by itself
    database.recover()
    time.sleep(LONGEST)

    assert server.ask("/api/v3/participants", Authorization=token).status == 200
    assert server.ask(SIGNED_IN, Cookie=cookie).status == 200


@pytest.mark.parametrize("illness", ["shut", "hang"])
def test_without_redis_people_are_told_and_everybody_else_goes_on(
    server, redis, token, cookie, illness
):
    assert server.ask(SIGNED_IN, Cookie=cookie).status == 200

    getattr(redis, illness)()
    signed_in = server.ask(SIGNED_IN, Cookie=cookie)
    visitor = server.ask("/")
    visitor_with_a_session = server.ask("/cookies", Cookie=cookie)
    provider = server.ask("/api/v3/participants", Authorization=token)
    alive = server.ask("/healthcheck")

    assert signed_in.status == 503
    assert "Sorry, the service is unavailable" in signed_in.body
    assert [visitor.status, visitor_with_a_session.status, provider.status] == [200, 200, 200]
    slowest = max(each.seconds for each in (signed_in, visitor, visitor_with_a_session, provider))
    assert slowest < LONGEST
    assert (alive.status, alive.seconds < PROMPT) == (200, True)


@pytest.mark.parametrize("illness", ["shut", "hang"])
def test_nobody_is_signed_out_because_redis_was_away(server, redis, cookie, illness):
    getattr(redis, illness)()
    answers = [server.ask(path, Cookie=cookie) for path in (SIGNED_IN, "/cookies", "/sign-in")]
    redis.recover()
    time.sleep(LONGEST)

    assert not any("Set-Cookie" in answer.headers for answer in answers[:2])
    assert server.ask(SIGNED_IN, Cookie=cookie).status == 200


@pytest.mark.parametrize("illness", ["shut", "hang"])
def test_who_signs_out_while_redis_is_away_is_told_and_the_session_ends_when_it_is_back(
    server, redis, cookie, illness
):
    token = "a" * 32
    headers = {"Cookie": f"{cookie}; {settings.CSRF_COOKIE_NAME}={token}", "X-CSRFToken": token}
    getattr(redis, illness)()
    answer = server.ask("/sign-out", method="POST", **headers)

    assert answer.status == 503
    assert answer.seconds < LONGEST
    assert "You are signed out in this browser only" in answer.body
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert (
        f'{settings.SESSION_COOKIE_NAME}=""; expires=Thu, 01 Jan 1970'
        in (answer.headers["Set-Cookie"])
    )

    redis.recover()
    for _attempt in range(100):
        if server.ask(SIGNED_IN, Cookie=cookie).status == 302:
            return
        time.sleep(0.1)
    raise AssertionError("whoever has the cookie can still use the session")


def test_the_log_says_what_was_sent(server, database, cookie):
    database.shut()
    before = len(server.log.read_text())
    assert server.ask(SIGNED_IN, Cookie=cookie).status == 503
    lines = server.log.read_text()[before:].splitlines()

    logged = [json.loads(line) for line in lines if line.startswith("{")]
    assert {line["code"] for line in logged if "code" in line} == {503}
    assert any(line["event"] == "request_failed" for line in logged)


def test_a_watcher_is_answered_in_json_as_often_as_it_asks(server, database):
    well = [server.ask("/readiness") for _ in range(20)]
    database.shut()
    time.sleep(LONGEST)
    ill = [server.ask("/readiness") for _ in range(20)]

    assert {each.status for each in well} == {200}
    assert {each.status for each in ill} == {503}
    assert {each.headers["Content-Type"] for each in [*well, *ill]} == {"application/json"}


def test_readiness_names_what_is_missing(server, database, redis):
    well = server.ask("/readiness")
    database.shut()
    redis.shut()
    time.sleep(_Newest.SECONDS)
    ill = server.ask("/readiness")

    assert (well.status, ill.status) == (200, 503)
    assert '"database": "ok"' in well.body
    assert '"database": "unavailable"' in ill.body
    assert '"redis": "unavailable"' in ill.body
