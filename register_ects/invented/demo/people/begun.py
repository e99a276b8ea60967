"""A registration that somebody at a school has begun and not finished, through the pages."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.test import Client

from register_ects import clock
from register_ects.invented.demo.people.lists import term_before
from register_ects.invented.people import email_of

_HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"')
_BORN_ON = date(1977, 2, 3)


def begin_registration(urn: int, trn: str) -> None:
    """Register an ECT up to the page that asks who trains them, as a visitor at a school."""
    who = {"trn": trn, **_parts("date_of_birth", _BORN_ON)}
    details = {
        "name_is_correct": "yes",
        "email": email_of(trn),
        **_parts("started_on", term_before(clock.today())),
        "working_pattern": "full_time",
    }
    visitor = Client()
    with _nothing_logged():
        visitor.post("/personas/sign-in", {"school": str(urn)})
        page = _answer(visitor, f"/school/{urn}/register-ect/find-ect", who)
        _answer(visitor, page, details)


@contextmanager
def _nothing_logged() -> Iterator[None]:
    """Keep requests out of the terminal in which the demo is started."""
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _answer(visitor: Client, page: str, answers: dict[str, str]) -> str:
    """Send a page with its marks and these answers; return where it leads."""
    marks = dict(_HIDDEN.findall(visitor.get(page).content.decode()))
    sent = visitor.post(page, {**marks, **answers})
    if sent.status_code != 302:
        raise RuntimeError(f"The demo could not answer {page}")
    return sent.headers["Location"]


def _parts(name: str, day: date) -> dict[str, str]:
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{name}-{part}": str(value) for part, value in parts.items()}
