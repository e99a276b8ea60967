"""Anybody says how it went, with or without an account (spec 07 §22.3)."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from register_ects.operations.messages.feedback import give_feedback
from register_ects.rules.problems import RuleBroken
from register_ects.web.forms import Choice, RadiosField, TextareaField, data_of, status_of
from register_ects.web.measurements import audience_of
from register_ects.web.once_forms import OnceForm

#: The answers that all services of the government ask for, from best to worst.
SATISFACTION = (
    (5, "Very satisfied"),
    (4, "Satisfied"),
    (3, "Neither satisfied nor dissatisfied"),
    (2, "Dissatisfied"),
    (1, "Very dissatisfied"),
)
_AGREEMENT = (
    (5, "Strongly agree"),
    (4, "Agree"),
    (3, "Neither agree nor disagree"),
    (2, "Disagree"),
    (1, "Strongly disagree"),
)
#: Names of journeys and addresses: nothing that could tell of a person.
_PAGE = re.compile(r"[a-z_:-]{1,80}", re.ASCII)


def _choices(scale: tuple[tuple[int, str], ...]) -> list[Choice]:
    return [Choice(str(score), text) for score, text in scale]


class FeedbackForm(OnceForm):
    """How satisfied somebody is, and what got in their way."""

    score = RadiosField(
        label="Overall, how satisfied were you with this service?",
        items=_choices(SATISFACTION),
        required_message="Select how satisfied you were",
    )
    clarity = RadiosField(
        label="I knew what to do next (optional)", items=_choices(_AGREEMENT), required=False
    )
    comment = TextareaField(
        label="What got in your way, or what could we do better? (optional)",
        hint="Do not include personal information, such as names, email addresses or teacher "
        "reference numbers. 1,200 characters at most",
        called="comment",
        required=False,
        max_length=1200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask how it went, and keep the answer."""
    form = FeedbackForm(data_of(request))
    if form.is_valid():
        given = form.cleaned_data
        try:
            with form.sent_once() as sending:
                give_feedback(
                    score=int(given["score"]),
                    clarity=int(given["clarity"]) if given["clarity"] else None,
                    comment=given["comment"] or None,
                    audience=audience_of(request),
                    page=_page_asked(request),
                    sending=sending,
                )
        except RuleBroken as refusal:
            form.add_problems(refusal.problems)
        else:
            return redirect("feedback_sent")
    return render(request, "pages/feedback.jinja", {"form": form}, status=status_of(form))


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Thank for an answer."""
    return render(request, "pages/feedback_sent.jinja")


def about(request: HttpRequest, run: Any = None) -> str:
    """Return what feedback given from this page is about: a journey, or the address's name."""
    if run:
        return str(run.journey.name)
    asked = _page_asked(request)
    match = request.resolver_match
    return asked or (match.view_name if match else "")


def _page_asked(request: HttpRequest) -> str | None:
    page = request.GET.get("about", "")
    return page if _PAGE.fullmatch(page) else None
