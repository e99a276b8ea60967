"""A browser for tests: pages as people see them, and signing in without a sign-in page."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.test import Client
from redis import RedisError

from register_ects.models import (
    AppropriateBody,
    AppropriateBodyPeriod,
    ContractPeriod,
    School,
    StaffUser,
)
from register_ects.web import identity
from register_ects.web.school_addresses import with_urn

_SCHOOLS_DRAFT = re.compile(r"/school/.*[0-9a-f-]{36}/")


class Page:
    """An answer: ``status_code``, ``title``, ``h1``, ``text``, and BeautifulSoup's selectors."""

    def __init__(self, response: HttpResponse, browser: Browser) -> None:
        self.response = response
        self.browser = browser
        self.status_code = response.status_code

    def __str__(self) -> str:
        """Return the HTML."""
        return str(self.soup)

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.browser.shorten(self.response.content.decode()), "html.parser")

    @property
    def title(self) -> str:
        return self.soup.title.get_text(strip=True) if self.soup.title else ""

    @property
    def h1(self) -> str:
        return " ".join(self.soup.h1.get_text().split()) if self.soup.h1 else ""

    @property
    def text(self) -> str:
        """Everything a person can read, in single spaces."""
        return " ".join(self.soup.get_text(" ").split())

    @property
    def location(self) -> str:
        """Where a redirect leads; at the browser's one school without its URN."""
        return self.browser.shorten(self.response.headers["Location"])

    @property
    def errors(self) -> dict[str, str]:
        """The error summary: link target to message."""
        links = self.soup.select(".govuk-error-summary__list a")
        return {link["href"]: link.get_text(strip=True) for link in links}

    def select(self, selector: str) -> list[Tag]:
        return self.soup.select(selector)

    def select_one(self, selector: str) -> Tag | None:
        return self.soup.select_one(selector)

    @property
    def summary(self) -> dict[str, str]:
        """What the summary lists say: each key and its value."""
        return {
            row.dt.get_text(strip=True): " ".join(row.dd.get_text(" ").split())
            for row in self.select(".govuk-summary-list__row")
        }

    @property
    def changes(self) -> dict[str, tuple[str, str]]:
        """What a check page says has changed: each row as it was and as it is."""
        rows = [list(row.stripped_strings) for row in self.select("#what-changed tbody tr")]
        return {name: (before, now) for name, before, now in rows}

    def follow(self) -> Page:
        """Go where a redirect leads."""
        assert self.status_code in (301, 302, 303), self.text
        return self.browser.get(self.location)


class Browser:
    """Django's test client, answering with Pages; redirects are not followed.

    The pages of the one school at which somebody is signed in are asked for, and shown, without
    its URN: ``/school/home/ects``. Django's client has the whole addresses.
    """

    def __init__(self) -> None:
        self.client = Client()

    def get(self, url: str, data: dict[str, Any] | None = None, **headers: Any) -> Page:
        return Page(self.client.get(self.whole(url), data, **headers), self)

    @property
    def urn(self) -> int | None:
        """The URN of the one school at which somebody is signed in, or None."""
        if _cookie_name() not in self.client.cookies:
            return None
        try:
            data = self.client.session.get(identity.SESSION_KEY) or {}
        except RedisError:
            return None
        return None if data.get("schools") else data.get("school_urn")

    def whole(self, url: str) -> str:
        """An address as it is, with the URN."""
        return with_urn(url, self.urn)

    def shorten(self, text: str) -> str:
        """Addresses, in a text or alone, without the URN."""
        urn = self.urn
        return text.replace(f"/school/{urn}/", "/school/") if urn else text

    def post(self, url: str, data: dict[str, Any] | None = None, **headers: Any) -> Page:
        """Send a form; a page of a school's draft is opened first, for whom it is about."""
        sent = dict(data or {})
        if _SCHOOLS_DRAFT.match(url) and not {"whom", "shown"} & sent.keys():
            held = self.get(url).select("main input[name=whom]")
            sent |= {each["name"]: each["value"] for each in held}
        return Page(self.client.post(self.whole(url), sent, **headers), self)

    def submit(self, page: Page, data: dict[str, Any] | None = None) -> Page:
        """Send a page's form as a person would: with what it holds unseen, and ``data``."""
        sent, held = page.response.request, page.select("main input[type=hidden]")
        address = "?".join(filter(None, [sent["PATH_INFO"], sent["QUERY_STRING"]]))
        return self.post(
            address, {**{each["name"]: each["value"] for each in held}, **(data or {})}
        )

    def confirm(self, url: str) -> Page:
        """Open a page and send its form as it is."""
        return self.submit(self.get(url))

    def sign_in(self, who: Any, *, tutor_due: bool = False) -> Browser:
        """Sign in as a school, an appropriate body, a member of staff, or session data.

        A school has confirmed its induction tutor for each year there is, unless that is due.
        """
        if isinstance(who, School) and not tutor_due:
            confirm_tutor(who)
        session = self.client.session
        identity.start(session, who if isinstance(who, dict) else _session_data(who))
        session.save()
        self.client.cookies[_cookie_name()] = session.session_key
        return self


def confirm_tutor(school: School) -> None:
    """Have a school's induction tutor confirmed for the last contract period; name one first."""
    last = ContractPeriod.objects.last()
    if last is not None:
        School.objects.filter(pk=school.pk).update(
            induction_tutor_name=Coalesce("induction_tutor_name", Value("Tilda Marsh")),
            induction_tutor_email=Coalesce("induction_tutor_email", Value("tilda@example.com")),
            induction_tutor_last_nominated_in=last,
        )


def date_parts(field: str, day: str | date) -> dict[str, str]:
    """Return what a date input sends for a date: ``date_parts("started_on", "2026-09-01")``."""
    year, month, number = str(day).split("-")
    return {
        f"{field}-day": str(int(number)),
        f"{field}-month": str(int(month)),
        f"{field}-year": year,
    }


def _cookie_name() -> str:
    from django.conf import settings

    return settings.SESSION_COOKIE_NAME


def _session_data(who: Any) -> dict[str, Any]:
    person = {"name": "Priya Tester", "email": "priya@example.com", "provider": "dfe_sign_in"}
    if isinstance(who, School):
        return identity.school_data(who.urn, **person)
    if isinstance(who, AppropriateBodyPeriod):
        who = who.appropriate_body
    if isinstance(who, AppropriateBody):
        return identity.appropriate_body_data(who.pk, **person)
    if isinstance(who, StaffUser):
        return identity.staff_data(who.email, provider="otp")
    raise TypeError(f"Nobody can sign in as {who!r}")
