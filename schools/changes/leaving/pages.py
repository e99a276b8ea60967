"""What the pages of a leaving show besides their forms."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.models import ECTAtSchoolPeriod
from register_ects.operations.placements.ended import PartKind
from register_ects.operations.placements.restoring import report_of
from register_ects.rules.leaving import LeavingState
from register_ects.web.journeys import Run
from register_ects.web.school_addresses import reverse
from register_ects.web.summaries import Row, row
from schools.changes.journeys import Context, whose
from schools.changes.leaving.answers import LeavingAnswers
from schools.changes.leaving.effects import ects_without_mentor, effect_rows
from schools.changes.roles import PlacementRequest
from schools.queries.leaving import why_not_changed
from schools.stops import stop_page


def asked(run: Run) -> Context:
    """Return the day that is recorded now, to correct it."""
    now, ahead = run.subject.finished_on, clock.today() + timedelta(days=28)
    words = {**whose(run)["words"], "example": f"{ahead.day} {ahead.month} {ahead.year}"}
    return {"words": words, "initial": {"leaving_on": now, **run.answers}}


def check_report(run: Run) -> Context:
    """Return the last day, and what ends, is removed or comes back with it."""
    answers = LeavingAnswers(run.answers, run.subject)
    name, day = run.subject.teacher.name, govuk_date(answers.last_day)
    changed = [row("Last day now", govuk_date(answers.now))] if answers.now else []
    asked = row(
        "New last day" if answers.now else "Last day at your school",
        day,
        change_url=run.change_url("edit"),
        changing="last day",
    )
    told = f"{name} left your school on {day}." if answers.is_past else ""
    told = told or f"{name} is leaving your school. Their last day is {day}."
    closes = f"After {day} you will not be able to change their details."
    if answers.is_past:
        closes = "Once you confirm, you will not be able to change their details."
    return {
        "rows": [*changed, asked, *_effects(answers)],
        "told": told,
        "closes": closes,
        "ects": links_to_ects(
            ects_without_mentor(answers.effects, answers.placement), is_past=answers.is_past
        ),
    }


def check_cancelling(run: Run) -> Context:
    """Return the day that is taken back, what goes on and what does not."""
    answers = LeavingAnswers({}, run.subject)
    return {
        "rows": [row("Last day now", govuk_date(answers.now)), *_effects(answers)],
        "is_known": report_of(run.subject) is not None,
    }


def told(answers: LeavingAnswers) -> dict[str, Any]:
    """Return what a confirmation tells, which is to be kept: by then the facts have changed."""
    return {
        "was": answers.now,
        "is_past": answers.is_past,
        "effects": [[each["key"]["text"], each["value"]["text"]] for each in _effects(answers)],
        "is_mentored": any(one.kind is PartKind.MENTORSHIP for one in answers.effects),
        "ects": [list(each) for each in ects_without_mentor(answers.effects, answers.placement)],
    }


def reported(run: Run) -> Context:
    """Return that they leave or have left, and what happens next (spec 05 §10.2)."""
    given, name = run.answers, run.subject.teacher.name
    is_ect = isinstance(run.subject, ECTAtSchoolPeriod)
    before = [row("Last day before", govuk_date(given["was"]))] if given["was"] else []
    day = row("Last day at your school", govuk_date(given["leaving_on"]))
    heading = f"{name} is leaving your school"
    if given["is_past"]:
        heading = f"{name} has left your school"
    elif given["was"]:
        heading = f"You’ve changed {name}’s last day"
    return {
        "heading": heading,
        "changed": [*before, day, *_kept(given)],
        "paragraphs": _what_happens_next(given, name, is_ect=is_ect),
        "ects": links_to_ects(given["ects"], is_past=given["is_past"]),
    }


def cancelled(run: Run) -> Context:
    """Return that they stay, and what came back."""
    name = run.subject.teacher.name
    return {
        "heading": f"{name} is staying at your school",
        "changed": [row("Last day before", govuk_date(run.answers["was"])), *_kept(run.answers)],
        "paragraphs": [
            f"You can change {name}’s details as before. Their lead provider, if they have one, "
            "sees that they are not leaving."
        ],
    }


def why_not(request: PlacementRequest, state: LeavingState) -> HttpResponse:
    """Say why the last day cannot be changed by this school."""
    told = why_not_changed(state, request.subject.teacher.name)
    return stop_page(request, "You cannot change this last day", told)


def _effects(answers: LeavingAnswers) -> list[Row]:
    return effect_rows(answers.effects, answers.placement, last_day=answers.last_day)


def _kept(given: Any) -> list[Row]:
    return [row(label, text) for label, text in given["effects"]]


def _what_happens_next(given: Any, name: str, *, is_ect: bool) -> list[str]:
    day, theirs = govuk_date(given["leaving_on"]), "ECTs" if is_ect else "mentors"
    if given["is_past"]:
        here = f"{name} is no longer on your list of {theirs}. You can still read their record."
    else:
        on = " and go on with their training programme" if is_ect else ""
        here = (
            f"Until the end of {day} they stay on your list of {theirs}{on}. After that you can "
            "read their record, but not change it."
        )
    leaves = "have left" if given["is_past"] else "are leaving"
    who = (
        "Their appropriate body, and their lead provider if they have one,"
        if is_ect
        else ("Their lead provider, if they have one,")
    )
    mentored = is_ect and given["is_mentored"]
    goes_on = ["Their mentor may continue with their own mentor training."] if mentored else []
    return [here, f"{who} will know that they {leaves}.", *goes_on]


def links_to_ects(ects: Any, *, is_past: bool) -> list[dict[str, str]]:
    """Return links to give ECTs another mentor: instead of the one who leaves, or has left."""
    view = "schools:assign-mentor" if is_past else "schools:change-mentor"
    return [
        {"text": f"Choose another mentor for {name}", "href": reverse(view, args=[key])}
        for key, name in ects
    ]
