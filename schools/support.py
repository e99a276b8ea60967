"""A school asks support a question (spec 05 §12.4). Sending it to the help desk is a later job."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from register_ects.models import SupportQuery
from register_ects.web.access import SchoolRequest
from register_ects.web.forms import GovukForm, TextareaField, data_of, status_of
from schools.access import school_required


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
        SupportQuery.objects.create(
            name=request.identity.name,
            email=request.identity.email,
            school_name=request.school.name,
            school_urn=request.school.urn,
            message=form.cleaned_data["message"],
            asked_from=request.GET.get("from", "")[:500] or None,
        )
        return redirect("schools:support_asked")
    context = {"form": form, "back": "/school/home/ects"}
    return render(request, "schools/support.jinja", context, status=status_of(form))


@school_required
@require_safe
def asked(request: SchoolRequest) -> HttpResponse:
    """Say that the question was sent, and when to expect a reply."""
    return render(request, "schools/support_asked.jinja")
