"""The fail-ECT journey as a table of steps (spec 06 §6.10), at the addresses of §6.4.

A period has one draft, which the body shares: that the ECT was told holds for a day. Pages carry
the mark of the period that they showed, which the operations compare under its lock.
"""

from django.http import HttpResponse

from appropriate_bodies.closing import closed_before, latest_period
from appropriate_bodies.fail_ect import forms, pages
from appropriate_bodies.fail_ect.answers import FailAnswers
from register_ects.models import InductionPeriod
from register_ects.operations.inductions.periods import confirm_fail, fail_induction
from register_ects.rules.permissions import Permission
from register_ects.web.access import AppropriateBodyRequest, appropriate_body_required
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Journey, Step


class PeriodRequest(AppropriateBodyRequest):
    """A body's request about its last induction period of an ECT."""

    subject: InductionPeriod


def check(given: Answers, request: PeriodRequest) -> None:
    """Refuse to note of one period that the ECT was told of another."""
    confirm_fail(request.subject, seen=given["seen"])


def ask_again(given: Answers, request: PeriodRequest) -> None:
    """Forget that the ECT was told when the period is not what it was then."""
    given["told"] = FailAnswers(given, request.subject).was_told


def save(given: Answers, request: PeriodRequest) -> None:
    """Record the fail."""
    closing = FailAnswers(given, request.subject).closing
    fail_induction(request.subject, author=request.author, **closing)


def closed(request: PeriodRequest) -> HttpResponse | None:
    """Say what is recorded of a period that is closed; None while it is open."""
    done = "appropriate_bodies:fail-ect-failed"
    return closed_before(request, request.subject, forms.FailForm, done)


FAIL_ECT = Journey(
    name="fail-ect",
    guard=appropriate_body_required(Permission.INDUCTION_WRITE),
    home=pages.home,
    subject=latest_period,
    instead=closed,
    sensitive={"seen", "told"},
    refresh=ask_again,
    addresses={
        "check": "record-failed-outcome/confirm",
        "record": "record-failed-outcome/new",
        "failed": "record-failed-outcome",
    },
    complete=save,
    called="record of a fail",
    steps=[
        Step(
            "check",
            forms.ToldForm,
            "appropriate_bodies/fail_check.jinja",
            on_submit=check,
            answered=lambda given: bool(given.get("told")),
            form_options=pages.about,
        ),
        Step(
            "record",
            forms.FailForm,
            "appropriate_bodies/fail.jinja",
            completes=True,
            shows=None,
            form_options=pages.about,
            context=pages.record,
        ),
        Step(
            "failed",
            template="appropriate_bodies/done.jinja",
            confirmation=True,
            context=pages.failed,
        ),
    ],
)
