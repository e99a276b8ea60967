"""Responses made of ready JSON items: nothing is parsed or encoded again."""

from collections.abc import Sequence

from django.http import HttpResponse

from providers.responses import CONTENT_TYPE


def one_item(payload: str) -> HttpResponse:
    """Return the envelope of one resource."""
    return _json(f'{{"data":{payload}}}')


def list_of_items(payloads: Sequence[str], *, total: int | None = None) -> HttpResponse:
    """Return the envelope of a list, with ``meta.total`` when it is given."""
    meta = "" if total is None else f',"meta":{{"total":{total}}}'
    return _json(f'{{"data":[{",".join(payloads)}]{meta}}}')


def _json(text: str) -> HttpResponse:
    return HttpResponse(text.encode(), content_type=CONTENT_TYPE)
