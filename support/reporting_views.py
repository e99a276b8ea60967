"""Staff read how journeys go and what people think of them: the last 90 days (spec 07 §22.3)."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from register_ects import clock
from register_ects.rules.permissions import Permission
from register_ects.web.access import StaffRequest, staff_required
from register_ects.web.feedback import SATISFACTION
from register_ects.web.pagination import paginate
from support.reporting_queries import (
    closed_runs,
    comments,
    refused_fields,
    registrations,
    satisfaction,
)

LOOKED_AT = timedelta(days=90)


@require_safe
@staff_required(Permission.CONSOLE_VIEW)
def journeys(request: StaffRequest) -> HttpResponse:
    """Show of each journey how often it was completed, in which time, and where it is refused."""
    since = clock.now() - LOOKED_AT
    context = {
        "registrations": registrations(clock.today(), days=LOOKED_AT.days),
        "journeys": closed_runs(since),
        "errors": refused_fields(since),
    }
    return render(request, "support/journeys.jinja", context)


@require_safe
@staff_required(Permission.CONSOLE_VIEW)
def feedback(request: StaffRequest) -> HttpResponse:
    """Show how satisfied people are with each journey, and what they wrote, newest first."""
    since = clock.now() - LOOKED_AT
    context = {
        "answers": [text for _score, text in SATISFACTION],
        "pages_told_of": satisfaction(since),
        "comments": paginate(request, comments(since), label="Pages of feedback", at_most=1000),
    }
    return render(request, "support/feedback.jinja", context)
