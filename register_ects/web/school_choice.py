"""At which of their schools somebody is: asked after signing in, and to change to another."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from register_ects.web import identity
from register_ects.web.access import ask_to_sign_in, is_rememberable
from register_ects.web.blocked_schools import schools_with_blocks
from register_ects.web.school_addresses import with_urn, without_urn


def choosing_school(wanted: str | None) -> str:
    """Return the address of the question, which leads to the page wanted at the school chosen."""
    address = reverse("choose_school")
    return f"{address}?{urlencode({'then': wanted})}" if wanted else address


def begin(request: HttpRequest, urn: int) -> HttpResponse:
    """Lead from a school's bare address to its first page."""
    return redirect(with_urn("/school/home", urn))


@require_safe
def choose_school(request: HttpRequest) -> HttpResponse:
    """List a person's schools, each with its home or the page that ``then`` names.

    One that may not use the service says so, and leads to the page that says what to do.
    """
    who = identity.identity_of(request)
    if who is None:
        return ask_to_sign_in(request)
    if not isinstance(who, identity.SchoolIdentity) or not who.may_change_school:
        return redirect(who.home)
    asked = without_urn(request.GET.get("then", ""))
    then = asked if asked.startswith("/school/") and is_rememberable(asked) else None
    page = then or without_urn(who.home)
    schools = [
        {"school": school, "address": with_urn(page, school.urn), "block": block}
        for school, block in schools_with_blocks(who)
    ]
    return render(request, "pages/choose_school.jinja", {"schools": schools})
