"""The public pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from register_ects.web.identity import identity_of

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


@require_safe
def school_requirements(request: HttpRequest) -> HttpResponse:
    """Say what a school needs before it registers anyone."""
    return render(request, "pages/school_requirements.jinja")


@require_safe
def support(request: HttpRequest) -> HttpResponse:
    """Say how to get help."""
    return render(request, "pages/support.jinja")


@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """List the cookies, all of them essential."""
    return render(request, "pages/cookies.jinja")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Give the accessibility statement."""
    return render(request, "pages/accessibility.jinja")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what happens to personal data."""
    return render(request, "pages/privacy.jinja")


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
