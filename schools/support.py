"""A school asks support a question (spec 05 §12.4)."""

import re

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from register_ects.operations.base import Author
from register_ects.operations.messages.support_queries import ask_support
from register_ects.rules.problems import RuleBroken
from register_ects.web.access import SchoolRequest
from register_ects.web.forms import TextareaField, data_of, status_of
from register_ects.web.once_forms import OnceForm
from register_ects.web.school_addresses import reverse
from schools.access import school_required
from schools.changes.start_date.support import message_about_start


class SupportForm(OnceForm):
    """What the question is."""

    message = TextareaField(
        label="What do you need help with?",
        hint="Do not include dates of birth or National Insurance numbers",
        required_message="Enter a message",
        called="message",
    )


@school_required(even_if_tutor_is_due=True)
@require_http_methods(["GET", "POST"])
def ask(request: SchoolRequest) -> HttpResponse:
    """Show who asks and take the question, once however often it is sent."""
    form = SupportForm(data_of(request), initial={"message": message_about_start(request)})
    asked_from = _page_before(request)
    if form.is_valid():
        try:
            with form.sent_once() as sending:
                ask_support(
                    request.school,
                    form.cleaned_data["message"],
                    author=Author.school_user(
                        name=request.identity.name, email=request.identity.email
                    ),
                    asked_from=asked_from,
                    sending=sending,
                )
        except RuleBroken as refusal:
            form.add_problems(refusal.problems)
        else:
            return redirect("schools:support_asked")
    context = {
        "form": form,
        "back": asked_from or reverse("schools:ects"),
        "asked_from": asked_from,
    }
    return render(request, "schools/support.jinja", context, status=status_of(form))


def _page_before(request: SchoolRequest) -> str | None:
    """Return the page of ours that they came from, as the link said; None if it is none."""
    asked_from = request.GET.get("from", "")
    is_ours = re.fullmatch(r"/(?![/\\])[!-~]{0,300}", asked_from)
    return asked_from if is_ours and asked_from != request.path else None


@school_required(even_if_tutor_is_due=True)
@require_safe
def asked(request: SchoolRequest) -> HttpResponse:
    """Say that the question was sent, and when to expect a reply."""
    return render(request, "schools/support_asked.jinja")
