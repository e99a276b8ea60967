"""The interactive reference, and the OpenAPI file at its stable addresses (spec 02 §2.20)."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import condition, require_safe

from providers.documentation.navigation import navigation
from providers.openapi.document import as_json, as_yaml, by_subject
from providers.openapi.releases import changes_by_release
from providers.responses import etag_of
from providers.version import API_VERSION, DESCRIPTION_VERSION


def _etag(request: HttpRequest, version: str, kind: str, notation: str) -> str:
    return etag_of([as_json(_own_origin(request), notation)])


def _own_origin(request: HttpRequest) -> str:
    """Return where this environment is served; empty in production, which the file names."""
    return "" if settings.PRODUCTION else f"{request.scheme}://{request.get_host()}"


@require_safe
def reference(request: HttpRequest, version: str) -> HttpResponse:
    """Show every operation, and the console in which to try them."""
    context = {"operations": by_subject(), "version": DESCRIPTION_VERSION}
    return _page(request, version, "reference", context)


@require_safe
def changes(request: HttpRequest, version: str) -> HttpResponse:
    """Show what changed in the OpenAPI file from release to release, newest first."""
    return _page(request, version, "changes", {"releases": changes_by_release()})


@require_safe
@condition(etag_func=_etag)
def file(request: HttpRequest, version: str, kind: str, notation: str) -> HttpResponse:
    """Give the OpenAPI file in YAML or JSON, in the ``notation`` of OpenAPI 3.1 or 3.0."""
    _refuse_unknown(version)
    write = {"yaml": as_yaml, "json": as_json}[kind]
    content = write(_own_origin(request), notation)
    return HttpResponse(content, content_type=f"application/{kind}; charset=utf-8")


@require_safe
def moved(request: HttpRequest) -> HttpResponse:
    """Lead from where the reference used to be to where it is."""
    return redirect("api_reference", version=API_VERSION, permanent=True)


def _page(request: HttpRequest, version: str, name: str, context: dict[str, Any]) -> HttpResponse:
    _refuse_unknown(version)
    context = {**context, "api_version": version, "navigation": navigation(request.path)}
    return render(request, f"providers/{name}.jinja", context)


def _refuse_unknown(version: str) -> None:
    if version != API_VERSION:
        raise Http404
