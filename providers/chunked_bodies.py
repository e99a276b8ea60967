"""Bodies that come in chunks, without a Content-Length: Django itself takes them to be empty.

Many HTTP libraries send JSON so, and a proxy does not always put the chunks together first.
"""

import io
from typing import IO

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, UnreadablePostError


def expect_chunks(request: HttpRequest) -> None:
    """Let ``request.body`` read a body in chunks, if that is what comes. Nothing is read yet.

    Only from web servers that say where such a body ends. Reading then raises RequestDataTooBig
    as soon as there is more than a body may have.
    """
    is_chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
    if is_chunked and request.META.get("wsgi.input_terminated"):
        request._stream = _Capped(  # type: ignore[assignment]
            request.META["wsgi.input"], settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        )


class _Capped(io.RawIOBase):
    """Another stream, of which no more than ``most`` bytes are read."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._source = stream
        self._most = most

    def read(self, size: int = -1) -> bytes:
        """Return the whole body, whatever ``size`` says.

        Raises UnreadablePostError for whatever the web server cannot make out of what came: each
        has its own errors for that.
        """
        try:
            body = self._source.read(self._most + 1)
        except Exception as error:
            raise UnreadablePostError(str(error)) from error
        if len(body) > self._most:
            raise RequestDataTooBig("The body has more bytes than may be sent")
        return body
