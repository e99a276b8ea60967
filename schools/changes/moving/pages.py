"""What the pages of a move show besides their forms."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.models import ECTAtSchoolPeriod, School
from register_ects.operations.placements.leaving_effects import effects_of
from register_ects.rules import emails
from register_ects.rules.enumerations import WorkingPattern
from register_ects.rules.leaving import LeavingState
from register_ects.web.choice_fields import Choice
from register_ects.web.journeys import Run
from register_ects.web.school_addresses import addresses_of, reverse
from register_ects.web.summaries import Row, row
from schools.changes.journeys import Context
from schools.changes.leaving.effects import effect_rows
from schools.changes.moving.answers import MoveAnswers
from schools.changes.moving.destinations import destination, destinations
from schools.changes.moving.forms import LATER
from schools.changes.roles import PlacementRequest
from schools.mentors.choices import choices_of
from schools.queries.leaving import why_not_changed
from schools.register_ect.pages import programme_rows, training_on_offer
from schools.stops import stop_page


def _answers(run: Run) -> MoveAnswers:
    return MoveAnswers.of(run.answers, run.request)


def words(run: Run) -> Context:
    """Return what labels and messages call the person and the two schools."""
    new = destination(run.answers, run.request)
    return {"words": _words(run, new.name)}


def _words(run: Run, new: str = "the school") -> dict[str, str]:
    role = "an ECT" if isinstance(run.subject, ECTAtSchoolPeriod) else "a mentor"
    name, old = run.subject.teacher.name, run.request.school.name
    return {"name": name, "old": old, "new": new, "role": role}


def schools_on_offer(run: Run) -> Context:
    """Return the schools to choose from."""
    offered = destinations(run.request.identity, run.subject).offered
    choices = [Choice(str(each.pk), each.name, hint=f"URN {each.urn}") for each in offered]
    return {"words": _words(run), "choices": {"school": choices}}


def schools_left_out(run: Run) -> Context:
    """Return the user's other schools, each with why nobody can move there."""
    found = destinations(run.request.identity, run.subject)
    return {"left_out": found.left_out, "nowhere": not found.offered}


def details(run: Run) -> Context:
    """Return the words, with the address and the working pattern that they have now."""
    now = run.subject
    kept = {"email": now.email, "working_pattern": now.working_pattern}
    return {**words(run), "initial": {**kept, **run.answers}}


def details_heading(run: Run) -> Context:
    """Return the heading of the page with the days."""
    return {"heading": f"Move {run.subject.teacher.name} to {words(run)['words']['new']}"}


def training(run: Run) -> Context:
    """Return what the new school may choose for induction and training."""
    return training_on_offer(_answers(run))


def about(run: Run) -> Context:
    """Return the person and what the answers mean."""
    return {"person": _answers(run)}


def mentors_on_offer(run: Run) -> Context:
    """Return the new school's mentors, and the choice to decide later."""
    answers = _answers(run)
    mentors = choices_of(answers.mentors, answers.school.pk)
    later = Choice(LATER, "Choose a mentor later", after_or=bool(mentors))
    return {**words(run), "choices": {"mentor": [*mentors, later]}}


def check(run: Run) -> Context:
    """Return what ends at the one school, begins at the other, and who is told."""
    answers = _answers(run)
    parts = {
        f"Leaving {run.request.school.name}": _leaving(answers, run),
        f"Starting at {answers.school.name}": _starting(answers, run),
        "Induction and training": programme_rows(run, answers),
        "Mentor": _mentor(answers, run),
    }
    return {
        "parts": parts,
        "rows": [each for rows in parts.values() for each in rows],
        "paragraphs": _who_is_told(answers),
        "email_is_shared": emails.is_generic(run.answers["email"]),
    }


def told(answers: MoveAnswers) -> dict[str, Any]:
    """Return what the confirmation tells, which is to be kept: by then the facts have changed."""
    provider = answers.lead_provider
    return {
        "new_name": answers.school.name,
        "new_urn": answers.school.urn,
        "left": kept(_leaving(answers)),
        "joined": kept(
            [*_starting(answers), *_mentor(answers)],
        ),
        "provider_name": provider.name if provider else None,
        "is_confirmed": answers.delivery_partner is not None,
        "has_mentor": answers.mentor is not None,
    }


def confirmation(run: Run) -> Context:
    """Return what happened at both schools, and what happens next."""
    name = run.subject.teacher.name
    return {**moved(run, "schools:ect"), "paragraphs": _what_happens_next(run.answers, name)}


def moved(run: Run, record_page: str) -> dict[str, Any]:
    """Return what happened at both schools, and where the record at the new one is.

    Raises Http404 for a colleague who is not at the new school: what is there is not theirs.
    """
    given, name = run.answers, run.subject.teacher.name
    if given["new_urn"] not in run.request.identity.schools:
        raise Http404
    with addresses_of(given["new_urn"]):
        record = reverse(record_page, args=[given["moved_id"]])
    moves = "has moved" if given["started_on"] <= clock.today() else "is moving"
    return {
        "heading": f"{name} {moves} to {given['new_name']}",
        "left": _rows(given["left"]),
        "joined": _rows(given["joined"]),
        "record": record,
    }


def why_not(request: PlacementRequest, state: LeavingState) -> HttpResponse:
    """Say why somebody cannot be moved whose last day at the school is known."""
    name = request.subject.teacher.name
    if state is LeavingState.REPORTED:
        reason = (
            f"Your school reported that {name} is leaving on "
            f"{govuk_date(request.subject.finished_on)}. Cancel that first, or register them at "
            "the other school from a later day."
        )
    else:
        reason = why_not_changed(state, name)
    return stop_page(request, f"You cannot move {name} to another school", reason)


# -- Rows --------------------------------------------------------------------------------------


def change(run: Run | None, step: str) -> dict[str, str]:
    """Return where a row is changed, on the check page."""
    return {"change_url": run.change_url(step)} if run else {}


def _leaving(answers: MoveAnswers, run: Run | None = None) -> list[Row]:
    last_day = answers.last_day
    effects = effects_of(answers.now, last_day=last_day)
    return [
        row("Last day", govuk_date(last_day), **change(run, "details")),
        *effect_rows(effects, answers.now, last_day=last_day),
    ]


def _starting(answers: MoveAnswers, run: Run | None = None) -> list[Row]:
    pattern = WorkingPattern(answers.given["working_pattern"]).label
    school = row("School", answers.school.name, **change(run, "choose-school"))
    details = change(run, "details")
    return [
        *([school] if run else []),
        row("First day", govuk_date(answers.started_on), **details),
        row("Email address", answers.given["email"], **details),
        row("Working pattern", str(pattern), **details),
    ]


def _mentor(answers: MoveAnswers, run: Run | None = None) -> list[Row]:
    link = change(run, "mentor") if answers.given["mentors_on_offer"] else {}
    mentor, starts_on = answers.mentor, answers.mentoring_starts_on
    if mentor is None:
        return [row(f"Mentor at {answers.school.name}", "To be chosen later", **link)]
    rows = [
        row(f"Mentor at {answers.school.name}", mentor.teacher.name, **link),
        row("Mentoring starts", govuk_date(starts_on)),
    ]
    if answers.trains_mentor and answers.lead_provider:
        rows.append(row(f"Training of {mentor.teacher.name}", answers.lead_provider.name))
    return rows


def kept(rows: Iterable[Row]) -> list[list[str]]:
    """Return rows as the draft keeps them."""
    return [[each["key"]["text"], each["value"]["text"]] for each in rows]


def _rows(kept: Iterable[list[str]]) -> list[Row]:
    return [row(label, text) for label, text in kept]


# -- Sentences ---------------------------------------------------------------------------------


def _who_is_told(answers: MoveAnswers) -> list[str]:
    who = " and the lead provider" if answers.lead_provider else ""
    sentences = [
        f"We share these details with the appropriate body{who}. {answers.name} gets an email to "
        f"say that they’re registered at {answers.school.name}."
    ]
    tutors = [f"{each.induction_tutor_name} ({each.name})" for each in _with_tutors(answers)]
    if tutors:
        sentences.append(f"We email the induction tutors too: {' and '.join(tutors)}.")
    return sentences


def _with_tutors(answers: MoveAnswers) -> list[School]:
    both = (answers.now.school, answers.school)
    return [each for each in both if each.induction_tutor_email]


def _what_happens_next(given: Any, name: str) -> list[str]:
    new, provider = given["new_name"], given["provider_name"]
    told = ["The appropriate body checks the details and records the induction at the new school."]
    if provider and given["is_confirmed"]:
        told.append(f"{provider} goes on with {name}’s training at {new}.")
    elif provider:
        told.append(f"{provider} has to confirm that they work with {new}.")
    else:
        told.append(f"{new} designs and delivers {name}’s training.")
    if not given["has_mentor"]:
        told.append(f"{name} needs a mentor at {new}: their registration is not complete before.")
    return told
