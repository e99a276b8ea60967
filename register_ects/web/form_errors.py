"""What forms refused during a request: which field, by which rule, never what was typed.

Every form tells of itself here once it has checked what was sent. Who counts the errors takes them
at the end of the request: the engine of journeys, or the middleware for every other page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

#: More errors than any page of ours shows: nobody fills the table with one request.
MOST = 50
_CODE = re.compile(r"[a-z_-]{1,60}", re.ASCII)
_FORMS: ContextVar[list[Any] | None] = ContextVar("forms_of_request", default=None)


class Refused(NamedTuple):
    """A field that was refused, or None for the form as a whole, and the rule's code."""

    field: str | None
    code: str


@contextmanager
def gathered() -> Iterator[None]:
    """Gather the forms of one request."""
    token = _FORMS.set([])
    try:
        yield
    finally:
        _FORMS.reset(token)


def remember(form: Any) -> None:
    """Keep a form that was sent until somebody asks what it refused."""
    forms = _FORMS.get()
    if forms is not None:
        forms.append(form)


def take() -> list[Refused]:
    """Return what the forms of this request refused; each is told once."""
    forms = _FORMS.get() or []
    refused = [
        Refused(field if field in form.fields else None, _known(error.code))
        for form in forms
        for field, errors in form.errors.as_data().items()
        for error in errors
    ]
    forms.clear()
    return refused[:MOST]


def _known(code: str | None) -> str:
    return code if code and _CODE.fullmatch(code) else "invalid"
