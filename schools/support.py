"""A school asks support a question (spec 05 §12.4). Sending it to the help desk is a later job."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from register_ects import clock
from register_ects.models import SupportQuery
from register_ects.web.access import SchoolRequest
from register_ects.web.forms import GovukForm, TextareaField, data_of, status_of
from schools.access import school_required

SENT_TWICE_WITHIN = timedelta(minutes=10)


class SupportForm(GovukForm):
    """What the question is."""

    message = TextareaField(
        label="What do you need help with?",
        hint="Do not include dates of birth or National Insurance numbers",
        required_message="Enter a message",
        called="message",
    )


@school_required
@require_http_methods(["GET", "POST"])
def ask(request: SchoolRequest) -> HttpResponse:
    """Show who asks and take the question."""
    form = SupportForm(data_of(request))
    if form.is_valid():
        _keep(request, form.cleaned_data["message"])
        return redirect("schools:support_asked")
    context = {"form": form, "back": "/school/home/ects"}
    return render(request, "schools/support.jinja", context, status=status_of(form))


def _keep(request: SchoolRequest, message: str) -> None:
    """Keep a question; the same one sent twice within minutes is one question."""
    question = {
        "email": request.identity.email,
        "school_urn": request.school.urn,
        "message": message,
    }
    since = clock.now() - SENT_TWICE_WITHIN
    if SupportQuery.objects.filter(**question, created_at__gt=since).exists():
        return
    SupportQuery.objects.create(
        **question,
        name=request.identity.name,
        school_name=request.school.name,
        asked_from=request.GET.get("from", "")[:500] or None,
    )


@school_required
@require_safe
def asked(request: SchoolRequest) -> HttpResponse:
    """Say that the question was sent, and when to expect a reply."""
    return render(request, "schools/support_asked.jinja")
