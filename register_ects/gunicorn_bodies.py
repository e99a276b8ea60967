"""Where the body of a request ends, found out piece by piece as it comes; nothing is kept.

Only what the web server needs to know to wait for a body without a thread. What is no body that
can be read has "ended": a thread gets it, and gunicorn says what is wrong with it.
"""

import re
from typing import Protocol

_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,18})[ \t]*\r\n", re.IGNORECASE)
_IN_CHUNKS = re.compile(rb"\r\ntransfer-encoding:[^\r\n]*\bchunked\b", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:([^\r\n]*)(?=\r\n)", re.IGNORECASE)
_SIZE = re.compile(rb"([0-9a-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r\n", re.IGNORECASE)
_LONGEST_LINE = 4096


class Body(Protocol):
    """A body that comes."""

    def take(self, piece: bytes) -> int:
        """Note what came next, and return how many bytes of it are the body's."""

    @property
    def has_ended(self) -> bool:
        """Whether all of it has come."""


class CountedBody:
    """A body of so many bytes, none included."""

    def __init__(self, length: int) -> None:
        self.left = length

    def take(self, piece: bytes) -> int:
        """Note what came next, and return how many bytes of it are the body's."""
        mine = min(self.left, len(piece))
        self.left -= mine
        return mine

    @property
    def has_ended(self) -> bool:
        """Whether all of it has come."""
        return not self.left


class BodyInChunks:
    """A body in chunks: a line with a size, so many bytes, and so on to size 0 and trailers."""

    def __init__(self) -> None:
        self.has_ended = False
        self._data = 0  # bytes left of a chunk and of the line end after it
        self._line = bytearray()
        self._in_trailers = False

    def take(self, piece: bytes) -> int:
        """Note what came next, and return how many bytes of it are the body's."""
        used = 0
        while used < len(piece) and not self.has_ended:
            if self._data:
                step = min(self._data, len(piece) - used)
                self._data -= step
                used += step
                continue
            end = piece.find(b"\n", used) + 1
            self._line += piece[used : end or None]
            used = end or len(piece)
            if end:
                self._end_line()
            elif len(self._line) > _LONGEST_LINE:
                self.has_ended = True
        return used

    def _end_line(self) -> None:
        line, self._line = bytes(self._line), bytearray()
        if self._in_trailers:
            self.has_ended = line == b"\r\n"
            return
        size = _SIZE.fullmatch(line)
        if size is None:
            self.has_ended = True
        elif int(size[1], 16):
            self._data = int(size[1], 16) + 2
        else:
            self._in_trailers = True


def body_after(head: bytes) -> Body:
    """Return the body that follows a head, which ends with its empty line."""
    if _IN_CHUNKS.search(head):
        return BodyInChunks()
    lengths = _LENGTH.findall(head)
    return CountedBody(int(lengths[0]) if len(lengths) == 1 else 0)


def expectation(head: bytes) -> bytes:
    """Return what a head expects before its body is sent, in small letters; empty for nothing."""
    found = _EXPECTS.search(head)
    return (found[1].strip(b" \t").lower() or b"?") if found else b""


def without_expectation(head: bytes) -> bytes:
    """Return a head that expects nothing: what it expected was done."""
    return _EXPECTS.sub(b"", head)
