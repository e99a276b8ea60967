"""The public pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from register_ects.web.identity import identity_of

#: What everybody reads: what a school needs before it registers anyone, how to get help, which
#: cookies there are, how accessible the service is, and what happens to personal data.
PAGES = ("school_requirements", "support", "cookies", "accessibility", "privacy")
#: Addresses of the service before this one.
OLD_ADDRESSES = (
    "users/sign_in",
    "users/confirm_sign_in",
    "check-account",
    "nominations/resend-email",
)


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Say what the service is for; send a person who is signed in to their own area."""
    identity = identity_of(request)
    if identity:
        return redirect(identity.home)
    return render(request, "pages/landing.jinja")


def page(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view of a page that says the same to everybody."""

    @require_safe
    def show(request: HttpRequest) -> HttpResponse:
        return render(request, f"pages/{name}.jinja")

    return show


@require_safe
def access_denied(request: HttpRequest) -> HttpResponse:
    """Explain a sign-in without the right organisation or role (spec 05 §3.2).

    The sign-in keeps the organisation's name in the session, when there was one.
    """
    context = {"organisation_name": request.session.get("refused_organisation")}
    return render(request, "pages/access_denied.jinja", context, status=403)


@require_safe
def moved_to_landing(request: HttpRequest) -> HttpResponse:
    """Send an address of the earlier service to the landing page."""
    return redirect("landing", permanent=True)
