"""The end of a body is found wherever the pieces are cut in which it comes."""

import pytest

from register_ects.gunicorn_bodies import body_after, expectation, without_expectation

pytestmark = pytest.mark.no_database
HEAD = b"POST / HTTP/1.1\r\nHost: a\r\n%b\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"


@pytest.mark.parametrize(
    ("header", "body"),
    [
        pytest.param(b"", b"", id="none"),
        pytest.param(b"Content-Length: 0\r\n", b"", id="of no bytes"),
        pytest.param(b"content-length:7\r\n", b"1234567", id="counted"),
        pytest.param(CHUNKED, b"0\r\n\r\n", id="no chunk"),
        pytest.param(CHUNKED, b"3\r\nabc\r\n0\r\n\r\n", id="one"),
        pytest.param(CHUNKED, b"A \r\n0123456789\r\n00\r\n\r\n", id="size in letters and zeros"),
        pytest.param(CHUNKED, b"5;x=y\r\n\r\n0\r\n\r\n0;z\r\nT: u\r\n\r\n", id="like its own end"),
    ],
)
def test_a_body_ends_where_it_ends(header, body):
    following = b"GET / HTTP/1.1"
    for size in (1, 2, 3, 1000):
        found, used, pieces = body_after(HEAD % header), 0, body + following
        while not found.has_ended:
            used += found.take(pieces[used : used + size])
        assert used == len(body)
        assert found.take(following) == 0


@pytest.mark.parametrize(
    "broken", [b"zz\r\n", b"-2\r\n", b"\r\n", b"1" * 20 + b"\r\n", b"x" * 5000]
)
def test_what_cannot_be_a_chunk_is_not_waited_for(broken):
    body = body_after(HEAD % CHUNKED)
    body.take(broken)
    assert body.has_ended


def test_two_lengths_are_none():
    """gunicorn refuses them: nobody waits to see that."""
    assert body_after(HEAD % b"Content-Length: 5\r\nX: y\r\nContent-Length: 6\r\n").has_ended


@pytest.mark.parametrize(
    ("header", "expected"),
    [(b"", b""), (b"Expect:  100-Continue \r\n", b"100-continue"), (b"expect:\r\n", b"?")],
)
def test_what_a_head_expects_is_read_and_can_be_taken_out(header, expected):
    head = HEAD % (b"A: b\r\n" + header)
    assert expectation(head) == expected
    assert without_expectation(head) == HEAD % b"A: b\r\n"
