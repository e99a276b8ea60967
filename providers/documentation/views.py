"""The pages about the lead provider API. Public: nobody signs in, and nothing is remembered."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.urls import reverse
from django.views.decorators.http import require_safe

from providers.documentation.content import (
    SECTIONS,
    introduction,
    pages,
    release_notes,
)
from providers.documentation.feed import CONTENT_TYPE, release_notes_feed
from providers.documentation.markdown import render, render_for
from providers.documentation.navigation import navigation
from providers.documentation.status import service_status
from providers.version import API_VERSION, BASE

#: What examples take from the shell besides ``$api`` and ``$token``.
_VARIABLE = re.compile(r"\$([a-z][a-z_]*)")
_OWN_VARIABLE = re.compile(r"^(?:for )?([a-z_]+)(?:=| in )", re.MULTILINE)
_SHELL_BLOCK = re.compile(r"^```sh\b[^\n]*\n(?P<code>.*?)^```$", re.DOTALL | re.MULTILINE)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what the API is for, and what is new."""
    latest = release_notes()[0]
    context = {"article": render(introduction("home")), "latest": latest}
    return _page(request, "home", context)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the guidance, after what a provider has to do."""
    return _page(request, "index", {"article": render(introduction("index")), "sections": _menu()})


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page of guidance beside the side bar."""
    ordered = pages()
    place = next((number for number, each in enumerate(ordered) if each.slug == slug), None)
    if place is None:
        raise Http404
    shown = ordered[place]
    context = {
        "page": shown,
        "article": render_for(shown.body, f"{request.scheme}://{request.get_host()}{BASE}"),
        "sections": _menu(),
        "variables": variables_in(shown.body),
        "before": ordered[place - 1] if place else None,
        "after": ordered[place + 1] if place + 1 < len(ordered) else None,
    }
    return _page(request, "page", context)


@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """List the release notes, newest first."""
    return _page(request, "release_notes", {"notes": release_notes(), "api_version": API_VERSION})


@require_safe
def note(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one release note."""
    found = next((each for each in release_notes() if each.slug == slug), None)
    if found is None:
        raise Http404
    return _page(request, "release_note", {"note": found, "article": render(found.body)})


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Give the release notes as a feed."""
    base = f"{request.scheme}://{request.get_host()}"
    path = reverse("api_release_notes_feed")
    content = release_notes_feed(release_notes(), base=base, feed_path=path)
    return HttpResponse(content, content_type=CONTENT_TYPE)


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Whether the service is up, how fresh its data are, and when it will be down."""
    response = _page(request, "status", {"status": service_status()})
    response["Cache-Control"] = "no-store"
    return response


def variables_in(markdown: str) -> list[str]:
    """Return what the shell examples of a page need to be set, besides ``api`` and ``token``."""
    code = "\n".join(match["code"] for match in _SHELL_BLOCK.finditer(markdown))
    own = {"api", "token", *_OWN_VARIABLE.findall(code)}
    return [name for name in dict.fromkeys(_VARIABLE.findall(code)) if name not in own]


def _menu() -> list[tuple[str, list[Any]]]:
    return [(each, [page for page in pages() if page.section == each]) for each in SECTIONS]


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    request.identity = None  # type: ignore[attr-defined]  # the same for everyone
    context = {"navigation": navigation(request.path), **context}
    return render_page(request, f"providers/documentation/{name}.jinja", context)
