"""The addresses of a school's pages, which carry its URN: ``/school/123456/home/ects``.

Two tabs at two schools so never mix. The routes and whoever writes a link name no school:
``reverse`` puts the URN of the school in whose name the request is answered into every address,
``IdentityMiddleware`` into every redirect, and ``SchoolPattern`` reads past it. An address without
a URN is still understood; ``schools.access`` leads on from it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django import urls
from django.http import HttpResponse
from django.urls import URLResolver
from django.urls.resolvers import RoutePattern

_SCHOOL: ContextVar[int | None] = ContextVar("school_of_addresses", default=None)
OVERVIEW = "/school/overview"
_NAMED = re.compile(r"/school/([0-9]{5,7})(?=[/?#]|$)")
_ROUTE = re.compile(r"school/(?:[0-9]{5,7}/)?")
#: Of no one school: what a signed link in an email opens, whoever is signed in; and the overview.
_NOBODYS = ("opt-out-of-reminder-emails", "overview")


class SchoolPattern(RoutePattern):
    """The beginning of every address of the school area, with a URN or without."""

    def match(self, path: str) -> tuple[str, tuple[Any, ...], dict[str, Any]] | None:
        """Return what follows; None for other areas."""
        found = _ROUTE.match(path)
        if found is None:
            return None
        rest = path[found.end() :]
        is_named = found[0] != "school/"
        return None if is_named and rest.startswith(_NOBODYS) else (rest, (), {})


def school_area(included: tuple[Any, str | None, str | None]) -> URLResolver:
    """Return the routes of the school area, as ``include`` gives them."""
    module, app_name, namespace = included
    pattern = SchoolPattern("school/")
    return URLResolver(pattern, module, None, app_name=app_name, namespace=namespace)


def urn_in(address: str) -> int | None:
    """Return the URN that an address names, or None."""
    found = _NAMED.match(address)
    return int(found[1]) if found else None


def without_urn(address: str) -> str:
    """Return an address as the routes have it, whichever school it names."""
    return _NAMED.sub("/school", address, count=1)


def with_urn(address: str, urn: int | None) -> str:
    """Return an address of the school area with a URN, where it has none; any other as it is."""
    beginning, _, rest = address.partition("/school/")
    is_open = beginning or not rest or urn is None
    if is_open or urn_in(address) is not None or rest.startswith(_NOBODYS):
        return address
    return f"/school/{urn}/{rest}"


@contextmanager
def addresses_of(urn: int | None) -> Iterator[None]:
    """Put this school's URN into every address that is written meanwhile."""
    token = _SCHOOL.set(urn)
    try:
        yield
    finally:
        _SCHOOL.reset(token)


def at_this_school(address: str) -> str:
    """Return an address with the URN of the school in whose name the request is answered."""
    return with_urn(address, _SCHOOL.get())


def reverse(
    name: str, args: Sequence[Any] | None = None, kwargs: Mapping[str, Any] | None = None
) -> str:
    """Return the address of a page, as Django's ``reverse``; a school's with its URN."""
    return at_this_school(urls.reverse(name, args=args, kwargs=dict(kwargs) if kwargs else None))


def keep_to_school(request_path: str, response: HttpResponse) -> None:
    """Let a redirect lead to the same school as the address that was asked for."""
    if leads_to := response.headers.get("Location"):
        named = urn_in(request_path)
        leads_to = with_urn(leads_to, named) if named else at_this_school(leads_to)
        response.headers["Location"] = leads_to
