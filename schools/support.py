"""A school asks support a question (spec 05 §12.4). Sending it to the help desk is a later job."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from register_ects.operations.base import Author
from register_ects.operations.support_queries import ask_support
from register_ects.rules.problems import RuleBroken
from register_ects.web.access import SchoolRequest
from register_ects.web.forms import TextareaField, data_of, status_of
from register_ects.web.once_forms import OnceForm
from schools.access import school_required


class SupportForm(OnceForm):
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
    """Show who asks and take the question, once however often it is sent."""
    form = SupportForm(data_of(request))
    if form.is_valid():
        try:
            with form.sent_once() as sending:
                ask_support(
                    request.school,
                    form.cleaned_data["message"],
                    author=Author.school_user(
                        name=request.identity.name, email=request.identity.email
                    ),
                    asked_from=request.GET.get("from", "")[:500] or None,
                    sending=sending,
                )
        except RuleBroken as refusal:
            form.add_problems(refusal.problems)
        else:
            return redirect("schools:support_asked")
    context = {"form": form, "back": reverse("schools:ects")}
    return render(request, "schools/support.jinja", context, status=status_of(form))


@school_required
@require_safe
def asked(request: SchoolRequest) -> HttpResponse:
    """Say that the question was sent, and when to expect a reply."""
    return render(request, "schools/support_asked.jinja")
