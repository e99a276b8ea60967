"""The service as gunicorn serves it, over a socket: what the test client cannot show."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from gunicorn.config import Config

from register_ects import gunicorn
from register_ects.embedded import ROOT
from register_ects.gunicorn_worker import BODY_SECONDS
from register_ects.operations.base import Author
from register_ects.operations.lead_providers.api_tokens import issue_api_token
from tests.commands.running import free_port
from tests.factories import LeadProviderFactory

pytestmark = pytest.mark.django_db(transaction=True)

MEGABYTE = 1024 * 1024


def address_of_database() -> str:
    found = connection.settings_dict
    host = quote(str(found["HOST"]), safe="")
    port = f":{found['PORT']}" if found["PORT"] else ""
    secret = f":{quote(found['PASSWORD'])}" if found["PASSWORD"] else ""
    return f"postgresql://{found['USER']}{secret}@{host}{port}/{found['NAME']}"


@pytest.fixture(scope="module")
def port(django_db_setup, django_db_blocker) -> Iterator[int]:
    """Gunicorn with our configuration, on the database of the tests."""
    chosen = free_port()
    with django_db_blocker.unblock():
        database = address_of_database()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "--config", "python:register_ects.gunicorn"),
            "register_ects.wsgi:application",
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "BIND": f"127.0.0.1:{chosen}",
            "WEB_CONCURRENCY": "1",
            "DATABASE_URL": database,
            "REDIS_URL": settings.REDIS_URL,
            "LOG_LEVEL": "WARNING",
        },
    )
    try:
        wait_for(chosen, process)
        yield chosen
    finally:
        process.terminate()
        process.wait(20)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("gunicorn did not start")


@pytest.fixture
def token() -> str:
    provider = LeadProviderFactory(name="Harbour Learning")
    return issue_api_token(provider, description="Test", author=Author.system())


class Answer:
    """The status, headers (names in small letters) and JSON that came over the socket."""

    def __init__(self, raw: bytes) -> None:
        head, _, self.body = raw.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        self.status = int(first.split(" ")[1])
        pairs = (line.partition(": ") for line in lines)
        self.headers = {name.lower(): value for name, _, value in pairs}

    @property
    def titles(self) -> list[str]:
        assert self.headers["content-type"] == "application/json; charset=utf-8"
        return [item["title"] for item in json.loads(self.body)["errors"]]


def ask(port: int, head: str, body: bytes | Iterator[bytes] = b"") -> Answer:
    """Send a request to its end, whatever comes, then read the answer to its end."""
    pieces = [body] if isinstance(body, bytes) else body
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        line.sendall(head.replace("\n", "\r\n").encode("latin-1") + b"\r\n")
        for piece in pieces:
            line.sendall(piece)
        received = b""
        while piece := line.recv(65536):
            received += piece
    return Answer(received)


def head(method: str, path: str, token: str = "", **headers: str) -> str:
    sent = {"Host": "localhost", "Connection": "close", **headers}
    if token:
        sent["Authorization"] = f"Bearer {token}"
    named = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in sent.items())
    return f"{method} {path} HTTP/1.1\n{named}"


DECLARATIONS = "/api/v3/participant-declarations"
JSON = {"Content_Type": "application/json"}


def test_a_body_of_12_megabytes_gets_its_413(port, token):
    body = b" " * (12 * MEGABYTE)

    answer = ask(
        port, head("POST", DECLARATIONS, token, Content_Length=str(len(body)), **JSON), body
    )

    assert (answer.status, answer.titles) == (413, ["Payload too large"])


def test_so_do_12_megabytes_in_chunks(port, token):
    def chunks() -> Iterator[bytes]:
        for _ in range(12):
            yield b"%x\r\n%b\r\n" % (MEGABYTE, b" " * MEGABYTE)
        yield b"0\r\n\r\n"

    answer = ask(
        port, head("POST", DECLARATIONS, token, Transfer_Encoding="chunked", **JSON), chunks()
    )

    assert (answer.status, answer.titles) == (413, ["Payload too large"])


def test_a_file_of_12_megabytes_gets_a_page_that_says_so(port):
    form = {"Content_Type": "multipart/form-data; boundary=x"}
    body = b" " * (12 * MEGABYTE)

    answer = ask(port, head("POST", "/sign-in", Content_Length=str(len(body)), **form), body)

    assert answer.status == 413
    assert b"The file is too large" in answer.body


def test_who_has_no_token_gets_401_whatever_the_size(port):
    body = b" " * (12 * MEGABYTE)

    answer = ask(port, head("POST", DECLARATIONS, Content_Length=str(len(body)), **JSON), body)

    assert (answer.status, set(json.loads(answer.body))) == (401, {"error"})


def test_the_connection_goes_on_after_a_body_that_was_too_large(port, token):
    body = b" " * (12 * MEGABYTE)
    first = head("POST", DECLARATIONS, token, Content_Length=str(len(body)), **JSON)
    second = head("GET", "/api/v3/participants", token)
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        line.sendall(first.replace("Connection: close\n", "").replace("\n", "\r\n").encode())
        line.sendall(b"\r\n" + body + second.replace("\n", "\r\n").encode() + b"\r\n")
        received = b""
        while piece := line.recv(65536):
            received += piece

    assert received.startswith(b"HTTP/1.1 413")
    assert received.endswith(b'{"data":[]}')


@pytest.mark.parametrize("expected", ["nonsense", "200-ok", ""])
def test_an_expectation_that_cannot_be_met_is_told_in_json(port, token, expected):
    answer = ask(
        port, head("POST", DECLARATIONS, token, Expect=expected, Content_Length="2"), b"{}"
    )

    assert (answer.status, answer.titles) == (417, ["Expectation failed"])
    assert answer.headers["cache-control"] == "no-store"


def test_an_expectation_to_go_on_is_met(port, token):
    sent = head("POST", DECLARATIONS, token, Expect="100-continue", Content_Length="2", **JSON)
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        line.sendall(sent.replace("\n", "\r\n").encode() + b"\r\n")
        assert line.recv(1000).startswith(b"HTTP/1.1 100 Continue")
        line.sendall(b"{}")
        received = b""
        while piece := line.recv(65536):
            received += piece

    assert received.startswith(b"HTTP/1.1 400")
    assert b"request.bad_envelope" in received


@pytest.mark.parametrize(
    ("request_head", "status"),
    [
        pytest.param("nonsense\n", 400, id="no request"),
        pytest.param("GET / HTTP/1.1\nno header\n", 400, id="no header"),
        pytest.param("GET /api/v3/" + "x" * 9_000 + " HTTP/1.1\n", 414, id="address too long"),
        pytest.param("GET / HTTP/1.1\nX: " + "x" * 9_000 + "\n", 431, id="header too long"),
        pytest.param("POST / HTTP/1.1\nTransfer-Encoding: pigeon\n", 501, id="unknown way to send"),
    ],
)
def test_what_is_no_request_is_told_in_json_without_repeating_it(port, request_head, status):
    answer = ask(port, request_head)

    assert answer.status == status
    assert answer.titles
    assert b"xxx" not in answer.body
    assert b"pigeon" not in answer.body


@pytest.mark.parametrize(
    "path", ["//api/v3/participants", "/api//v3//participants", "/api/v3///participants//"]
)
def test_doubled_slashes_make_no_difference(port, token, path):
    answer = ask(port, head("GET", path, token))

    assert (answer.status, answer.body) == (200, b'{"data":[]}')


def test_an_address_with_200_ids_in_it_is_read(port, token):
    ids = ",".join(["5dd4a467-1d9a-4d33-bc28-8950d223962f"] * 200)

    answer = ask(port, head("GET", f"{DECLARATIONS}?filter[participant_id]={ids}", token))

    assert (answer.status, answer.body) == (200, b'{"data":[]}')


@pytest.mark.parametrize("key", [{}, {"Idempotency_Key": "k"}], ids=["without a key", "with a key"])
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"zz\r\n{}\r\n0\r\n\r\n", id="no size"),
        pytest.param(b"2\r\n{}zz0\r\n\r\n", id="no end of the chunk"),
        pytest.param(b"2;\x01=\x02\r\n{}\r\n0\r\n\r\n", id="unknown extension"),
        pytest.param(b"-2\r\n{}\r\n0\r\n\r\n", id="negative size"),
        pytest.param(b"2\r\n{}\r\n0\r\nno trailer\r\n\r\n", id="no trailer"),
        pytest.param(b"2\r\n", id="cut short"),
    ],
)
def test_chunks_that_are_none_are_400(port, token, body, key):
    sent = head("POST", DECLARATIONS, token, Transfer_Encoding="chunked", **JSON, **key)
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        line.sendall(sent.replace("\n", "\r\n").encode() + b"\r\n" + body)
        line.shutdown(socket.SHUT_WR)
        received = b""
        while piece := line.recv(65536):
            received += piece
    answer = Answer(received)

    assert (answer.status, answer.titles) == (400, ["Bad request"])


def test_a_body_that_does_not_come_is_400_after_ten_seconds(port, token):
    sent = head("POST", DECLARATIONS, token, Content_Length="1000", **JSON)
    began = time.monotonic()

    answer = ask(port, sent, b'{"data":')

    assert (answer.status, answer.titles) == (400, ["Bad request"])
    assert time.monotonic() - began < BODY_SECONDS + 3


# -- What a command line may not change ----------------------------------------------------


def started_with(*arguments):
    """Let gunicorn read a command line after our file, and ask the file what it thinks of it."""
    config = Config()
    for name, setting in config.settings.items():
        if hasattr(gunicorn, name):
            setting.set(getattr(gunicorn, name))
    for name, value in vars(config.parser().parse_args(arguments)).items():
        if value is not None and name in config.settings:
            config.set(name, value)
    gunicorn.on_starting(SimpleNamespace(cfg=config))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--forwarder-headers", "SCRIPT_NAME,PATH_INFO"],
        ["--forwarded-allow-ips", "*"],
        ["--forwarded-allow-ips", "10.0.0.1,*"],
        ["--proxy-protocol", "v1", "--proxy-allow-from", "*"],
        ["--header-map", "dangerous"],
        ["--worker-class", "sync"],
        ["--strip-header-spaces"],
        ["--permit-obsolete-folding"],
        ["--permit-unconventional-http-method"],
        ["--permit-unconventional-http-version"],
    ],
)
def test_gunicorn_does_not_start_with_what_lets_requests_lie(arguments):
    with pytest.raises(SystemExit, match=f"{arguments[0]}|proxy-allow-from"):
        started_with(*arguments)


def test_gunicorn_starts_with_what_is_harmless():
    started_with()
    started_with("--workers", "3", "--forwarded-allow-ips", "10.0.0.0/8", "--timeout", "90")


def test_its_arguments_in_the_environment_are_refused_too():
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "gunicorn", "--config", "python:register_ects.gunicorn"),
            "register_ects.wsgi:application",
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "BIND": f"127.0.0.1:{free_port()}",
            "DATABASE_URL": address_of_database(),
            "REDIS_URL": settings.REDIS_URL,
            "GUNICORN_CMD_ARGS": "--forwarder-headers SCRIPT_NAME",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ended.returncode != 0
    assert "--forwarder-headers must not be set" in ended.stderr
