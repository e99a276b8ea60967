"""Requests that never end: whoever sends them holds nobody else up (ADR 0011)."""

import contextlib
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from register_ects.gunicorn_worker import BODY_SECONDS, HEAD_SECONDS, MOST_WAITING
from tests.web.sick import WebServer

PROMPT = 2.0  # seconds, on a busy machine too
BEGUN = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-a: "
WHOLE = b"GET /healthcheck HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One process with six threads."""
    running = WebServer(tmp_path_factory.mktemp("server") / "log")
    yield running
    running.stop()


@contextlib.contextmanager
def connections(server, number, sent):
    """Many connections on which the same was sent, and no more."""
    with contextlib.ExitStack() as stack:
        lines = []
        for _ in range(number):
            line = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), 30))
            line.sendall(sent)
            lines.append(line)
        yield lines


def received(line):
    """Everything that comes until the connection is closed."""
    found = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := line.recv(65536):
            found += piece
    return found


def is_prompt(server):
    answers = [server.ask("/healthcheck"), server.ask("/static/css/app.css")]
    assert [each.status for each in answers] == [200, 200]
    return max(each.seconds for each in answers) < PROMPT


@pytest.mark.parametrize("sent", [b"", b"GET", BEGUN], ids=["nothing", "a word", "a header"])
def test_unfinished_heads_hold_nobody_up(server, sent):
    with connections(server, 40, sent):
        time.sleep(0.5)
        assert is_prompt(server)


def test_more_connections_than_are_waited_for_hold_nobody_up_either(server):
    with connections(server, MOST_WAITING + 20, BEGUN) as lines:
        assert is_prompt(server)
        assert received(lines[0]).startswith(b"HTTP/1.1 503 ")


@pytest.fixture(scope="module")
def late(server):
    """What a head and a body that never end are answered, each with the seconds until then.

    Both wait for ten seconds: they do so together.
    """
    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda ask: ask(server), (late_head, late_body)))


def late_head(server):
    began = time.monotonic()
    with connections(server, 1, BEGUN) as [line]:
        line.settimeout(0.5)
        answer = b""
        while time.monotonic() - began < HEAD_SECONDS + 5 and not answer:
            with contextlib.suppress(TimeoutError):
                line.sendall(b"a")
                answer = line.recv(65536)
    return answer, time.monotonic() - began


def late_body(server):
    sent = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n" + (
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\ncsrf"
    )
    began = time.monotonic()
    with connections(server, 1, sent) as [line]:
        return received(line), time.monotonic() - began


def test_a_head_has_ten_seconds_however_steadily_it_comes(late):
    (answer, seconds), _ = late
    assert HEAD_SECONDS - 1 < seconds < HEAD_SECONDS + 3
    assert answer.startswith(b"HTTP/1.1 408 ")
    body = json.loads(answer.partition(b"\r\n\r\n")[2])
    assert body["errors"][0]["title"] == "Request timeout"


def test_a_body_has_ten_seconds_too(late):
    _, (answer, seconds) = late
    assert answer[:12] in (b"", b"HTTP/1.1 403", b"HTTP/1.1 400")
    assert seconds < BODY_SECONDS + 3


def begun(method, path, body=b"x", length=500, **headers):
    """A request whose body has begun and does not end."""
    named = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    size = f"Content-Length: {length}\r\n" if length else "Transfer-Encoding: chunked\r\n"
    return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{size}{named}\r\n".encode() + body


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(begun("POST", "/api/v3/participant-declarations"), id="no token"),
        pytest.param(begun("POST", "/nope"), id="no such page"),
        pytest.param(begun("POST", "/sign-in"), id="a form"),
        pytest.param(begun("GET", "/"), id="a body of GET"),
        pytest.param(begun("POST", "/nope", length=3_000_000), id="longer than any may be"),
        pytest.param(
            begun(
                "POST",
                "/personas/sign-in",
                length=50_000_000,
                Content_Type="multipart/form-data; boundary=b",
            ),
            id="a long form in parts",
        ),
        pytest.param(begun("POST", "/nope", b"5\r\nab", length=0), id="in chunks"),
        pytest.param(begun("POST", "/nope", b"", Expect="100-continue"), id="waits for its turn"),
    ],
)
def test_unfinished_bodies_hold_nobody_up(server, sent):
    with connections(server, 30, sent):
        time.sleep(0.5)
        assert is_prompt(server)


def test_whoever_does_not_hang_up_after_the_answer_holds_nobody_up(server):
    with connections(server, 30, WHOLE + b"Connection: close\r\n\r\n") as lines:
        for line in lines:
            assert line.recv(65536).startswith(b"HTTP/1.1 200 ")
        assert is_prompt(server)


def test_a_body_in_pieces_is_read_to_its_end_and_no_further(server):
    chunks = b"POST /nope HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks += b"5\r\n\r\n0\r\n\r\n3;a=b\r\nabc\r\n0\r\nX-Sum: x\r\n\r\n"
    counted = begun("POST", "/nope", b"y" * 700, length=700)
    with connections(server, 1, b"") as [line]:
        for byte in chunks + counted + WHOLE + b"Connection: close\r\n\r\n":
            line.sendall(bytes([byte]))
        answers = received(line)

    assert answers.count(b"HTTP/1.1 404 ") == 2
    assert answers.count(b"HTTP/1.1 200 ") == 1


def test_a_body_that_cannot_be_read_and_nobody_reads_is_answered_once(server):
    broken = b"POST /nope HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    with connections(server, 1, broken + b"0\r\nTrailer: x\r\n\r\n") as [line]:
        assert received(line).count(b"HTTP/1.1 ") == 1


def test_a_head_without_end_is_refused_by_its_size(server):
    with connections(server, 1, BEGUN) as [line]:
        with contextlib.suppress(OSError):
            for _ in range(40):
                line.sendall(b"a" * 8_000)
                time.sleep(0.01)
        assert received(line)[:12] in (b"HTTP/1.1 431", b"")

    assert is_prompt(server)


def test_a_head_in_pieces_is_read(server):
    with connections(server, 1, b"") as [line]:
        for byte in WHOLE + b"Connection: close\r\n\r\n":
            line.sendall(bytes([byte]))
            time.sleep(0.002)
        assert received(line).startswith(b"HTTP/1.1 200 ")


def test_requests_sent_in_one_piece_are_answered_one_after_the_other(server):
    """The last of them is cut in two: its beginning came with those before."""
    last = WHOLE + b"Connection: close\r\n\r\n"
    with connections(server, 1, (WHOLE + b"\r\n") * 3 + last[:30]) as [line]:
        time.sleep(0.5)
        assert is_prompt(server)
        line.sendall(last[30:])
        assert received(line).count(b"HTTP/1.1 200 ") == 4


def test_a_kept_connection_that_begins_to_ask_again_holds_nobody_up(server):
    with connections(server, 12, WHOLE + b"\r\n") as lines:
        for line in lines:
            assert line.recv(65536).startswith(b"HTTP/1.1 200 ")
            line.sendall(BEGUN)
        assert is_prompt(server)


def test_whoever_hangs_up_leaves_nothing_behind(server):
    for _ in range(3):
        with connections(server, 30, BEGUN):
            pass

    assert is_prompt(server)
