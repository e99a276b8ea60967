"""What does not agree, by flag; when inductions will be complete; one ECT side by side."""

from collections import Counter
from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from appropriate_bodies.agreement.comparison import comparison_of
from appropriate_bodies.agreement.queries import (
    WHEN,
    KnownECT,
    due_by_when,
    due_inductions,
    known_ect,
    known_ects,
)
from register_ects import clock
from register_ects.rules.induction_flags import InductionFlag
from register_ects.rules.permissions import Permission
from register_ects.term_calendar import term_calendar
from register_ects.web.access import AppropriateBodyRequest, appropriate_body_required
from register_ects.web.downloads import csv_file
from register_ects.web.pagination import paginate

_ROWS_PER_PAGE = 50
#: What a flag says, of one ECT and of several, and what a body can do about it.
FLAGS: dict[InductionFlag, tuple[str, str]] = {
    InductionFlag.NOT_CLAIMED: (
        "Not claimed",
        "A school named you 10 working days ago or more, and nobody holds the induction.",
    ),
    InductionFlag.CLAIMED_NOT_REGISTERED: (
        "At no school",
        "You hold the induction, and no school has them as an ECT now or later.",
    ),
    InductionFlag.AB_MISMATCH: (
        "School names another body",
        "You hold the induction, and their school named another appropriate body.",
    ),
    InductionFlag.PROGRAMME_MISMATCH: (
        "Programmes differ",
        "You recorded another training programme than their school.",
    ),
    InductionFlag.LEAVING_NOT_RELEASED: (
        "Left, not released",
        "Their last day at the school has passed. Release them if they are not yours any more.",
    ),
    InductionFlag.START_BEFORE_SCHOOL: (
        "Start before the school’s",
        "Induction started more than 31 days before their first day at a school.",
    ),
    InductionFlag.STATUS_MISMATCH: (
        "Teaching Record System differs",
        "For more than a day it has said something else than is recorded here.",
    ),
    InductionFlag.TRS_WRITE_FAILED: (
        "Not accepted",
        "The Teaching Record System did not accept what was recorded. DfE looks into it.",
    ),
    InductionFlag.QTS_MISSING: (
        "No QTS",
        "The Teaching Record System shows no qualified teacher status.",
    ),
    InductionFlag.QTS_AFTER_START: (
        "QTS after the start",
        "Qualified teacher status was awarded after induction started.",
    ),
    InductionFlag.TRN_CHANGED: (
        "TRN not valid",
        "The Teaching Record System shows no record under this number any more.",
    ),
    InductionFlag.OVERRUNNING: (
        "Overrunning",
        "More than one term over what was needed has gone by without an outcome.",
    ),
    InductionFlag.DUE_NO_OUTCOME: (
        "Outcome due",
        "Induction should have been complete more than 20 working days ago.",
    ),
    InductionFlag.TRAINING_ENDED_EARLY: (
        "Training stopped or paused",
        "Their lead provider stopped or paused training while induction goes on.",
    ),
    InductionFlag.POSSIBLE_CONFLICT: (
        "Possible conflict",
        "Your lead school employs or employed them, or trained them to teach.",
    ),
}
_CHECK_HEAD = ("Name", "TRN", "School", "URN", "Held by you", "What to check")
_FORECAST_HEAD = (
    *("Name", "TRN", "School", "URN", "Induction start", "Terms completed", "Terms needed"),
    *("Expected to be complete on", "Term", "Estimated"),
)


@require_safe
@appropriate_body_required(Permission.INDUCTION_VIEW)
def to_check(request: AppropriateBodyRequest) -> HttpResponse:
    """List the ECTs about whom something does not agree; ``flag`` narrows the list."""
    flagged = _flagged(request)
    chosen = _flag_asked(request)
    context = {
        "chosen": chosen,
        "counts": Counter(flag for ect in flagged for flag in ect.flags),
        "everybody": len(flagged),
        "page": paginate(request, _with(flagged, chosen), per_page=_ROWS_PER_PAGE),
        "flags": FLAGS,
        "csv": reverse("appropriate_bodies:to_check_csv"),
    }
    return render(request, "appropriate_bodies/agreement/to_check.jinja", context)


@require_safe
@appropriate_body_required(Permission.INDUCTION_VIEW)
def to_check_csv(request: AppropriateBodyRequest) -> HttpResponse:
    """Send the list as it is narrowed, for a spreadsheet: a row for each ECT."""
    rows = (
        [
            *(ect.name, ect.trn, ect.school, _text(ect.urn), "Yes" if ect.is_held else "No"),
            "; ".join(FLAGS[flag][0] for flag in ect.flags),
        ]
        for ect in _with(_flagged(request), _flag_asked(request))
    )
    return csv_file("to-check.csv", _CHECK_HEAD, rows)


@require_safe
@appropriate_body_required(Permission.INDUCTION_VIEW)
def forecast(request: AppropriateBodyRequest) -> HttpResponse:
    """List open inductions by the day on which they should be complete; ``when`` narrows it."""
    due = due_inductions(known_ects(request.appropriate_body))
    by_when = due_by_when(due)
    chosen = _when_asked(request)
    this_term = term_calendar().current_or_next(clock.today())
    context = {
        "chosen": chosen,
        "counts": {when: len(found) for when, found in by_when.items()},
        "page": paginate(request, by_when[chosen], per_page=_ROWS_PER_PAGE),
        "this_term": this_term,
        "csv": reverse("appropriate_bodies:forecast_csv"),
    }
    return render(request, "appropriate_bodies/agreement/forecast.jinja", context)


@require_safe
@appropriate_body_required(Permission.INDUCTION_VIEW)
def forecast_csv(request: AppropriateBodyRequest) -> HttpResponse:
    """Send the whole forecast, for a spreadsheet."""
    rows = (
        [
            *(due.ect.name, due.ect.trn, due.ect.school, _text(due.ect.urn)),
            *(due.terms.open_since, str(due.terms.closed), str(due.terms.needed)),
            *(due.expected_on, due.term.name, "Yes" if due.is_estimated else "No"),
        ]
        for due in due_inductions(known_ects(request.appropriate_body))
    )
    return csv_file("forecast.csv", _FORECAST_HEAD, rows)


@require_safe
@appropriate_body_required(Permission.INDUCTION_VIEW)
def compare(request: AppropriateBodyRequest, teacher_id: int) -> HttpResponse:
    """Show what the school, the provider, the body and TRS say of an ECT, side by side.

    Of whom the body holds or is named for; else 404.
    """
    ect = known_ect(request.appropriate_body, teacher_id)
    if ect is None:
        raise Http404
    context = {
        "ect": ect,
        "rows": comparison_of(request.appropriate_body, teacher_id),
        "flags": FLAGS,
    }
    return render(request, "appropriate_bodies/agreement/compare.jinja", context)


def _flagged(request: AppropriateBodyRequest) -> list[KnownECT]:
    return [ect for ect in known_ects(request.appropriate_body) if ect.flags]


def _with(flagged: Sequence[KnownECT], chosen: InductionFlag | None) -> list[KnownECT]:
    return [ect for ect in flagged if chosen is None or chosen in ect.flags]


def _flag_asked(request: AppropriateBodyRequest) -> InductionFlag | None:
    asked = request.GET.get("flag", "")
    return next((flag for flag in InductionFlag if flag == asked), None)


def _when_asked(request: AppropriateBodyRequest) -> str:
    asked = request.GET.get("when", "")
    return asked if asked in WHEN else "this-term"


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)
