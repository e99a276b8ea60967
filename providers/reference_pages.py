"""The interactive reference, and the OpenAPI file at its stable addresses (spec 02 §2.20)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import condition, require_safe

from providers.documentation.navigation import navigation
from providers.openapi.document import as_json, as_yaml, by_subject
from providers.openapi.releases import changes_by_release
from providers.responses import etag_of
from providers.version import API_VERSION, DESCRIPTION_VERSION


def _etag(request: HttpRequest, version: str, notation: str) -> str:
    return etag_of([as_json(_own_origin(request), notation)])


def _own_origin(request: HttpRequest) -> str:
    """Return where this environment is served; empty in production, which the file names."""
    return "" if settings.PRODUCTION else f"{request.scheme}://{request.get_host()}"


@require_safe
def reference(request: HttpRequest, version: str) -> HttpResponse:
    """Show every operation, and the console in which to try them."""
    _refuse_unknown(version)
    context = {
        "operations": by_subject(),
        "version": DESCRIPTION_VERSION,
        "api_version": version,
        "navigation": navigation(request.path),
    }
    return render(request, "providers/reference.jinja", context)


@require_safe
def changes(request: HttpRequest, version: str) -> HttpResponse:
    """Show what changed in the OpenAPI file from release to release, newest first."""
    _refuse_unknown(version)
    context = {
        "releases": changes_by_release(),
        "api_version": version,
        "navigation": navigation(request.path),
    }
    return render(request, "providers/changes.jinja", context)


@require_safe
@condition(etag_func=_etag)
def yaml_file(request: HttpRequest, version: str, notation: str) -> HttpResponse:
    """Give the OpenAPI file in YAML, in the ``notation`` of OpenAPI 3.1 or 3.0."""
    _refuse_unknown(version)
    return HttpResponse(
        as_yaml(_own_origin(request), notation), content_type="application/yaml; charset=utf-8"
    )


@require_safe
@condition(etag_func=_etag)
def json_file(request: HttpRequest, version: str, notation: str) -> HttpResponse:
    """Give the OpenAPI file in JSON, in the ``notation`` of OpenAPI 3.1 or 3.0."""
    _refuse_unknown(version)
    return HttpResponse(
        as_json(_own_origin(request), notation), content_type="application/json; charset=utf-8"
    )


@require_safe
def moved(request: HttpRequest) -> HttpResponse:
    """Lead from where the reference used to be to where it is."""
    return redirect("api_reference", version=API_VERSION, permanent=True)


def _refuse_unknown(version: str) -> None:
    if version != API_VERSION:
        raise Http404
