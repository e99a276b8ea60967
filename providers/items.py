"""Responses made of ready JSON items: nothing is parsed or encoded again."""

from collections.abc import Sequence

from django.http import HttpResponse

from providers.responses import CONTENT_TYPE


def one_item(payload: str) -> HttpResponse:
    """Return the envelope of one resource."""
    return _json(b'{"data":%b}' % payload.encode())


def list_of_items(payloads: Sequence[str], *, total: int | None = None) -> HttpResponse:
    """Return the envelope of a list, with ``meta.total`` when it is given.

    Each item is encoded by itself: one long text, with a single name beyond Latin-1 in it, would
    take twice the memory and several times as long. All are copied once.
    """
    meta = b"" if total is None else b',"meta":{"total":%d}' % total
    items = [payload.encode() for payload in payloads] or [b""]
    items[0] = b'{"data":[' + items[0]
    items[-1] += b"]%b}" % meta
    return _json(b",".join(items))


def _json(body: bytes) -> HttpResponse:
    return HttpResponse(body, content_type=CONTENT_TYPE)
