"""What the pages of both registrations show: proof asked again, and where both stop."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from register_ects.formats import govuk_date
from register_ects.models import ECTAtSchoolPeriod, MentorAtSchoolPeriod
from register_ects.operations.placements.endings import PlacementEnding
from register_ects.operations.training.plans import first_day_of_training
from register_ects.rules import contract_periods
from register_ects.rules.seen import mark_of
from register_ects.web.journeys import Run, Step
from register_ects.web.school_addresses import reverse
from register_ects.web.summaries import Row, row
from schools.registering.answers import PersonAnswers

Context = Mapping[str, Any]
#: The pages where a journey stops, each with the function that gives its words.
Stops = dict[str, Callable[[Run], Context]]

#: Where people stop who typed something wrong, perhaps: they may yet find whom they look for.
_MISTYPED = {"trn-not-found", "not-found", "record-not-active", "cant-use-email"}

TRA_EMAIL = "qts.enquiries@education.gov.uk"


def come_back(run: Run) -> str:
    """Return the home page, which lists whom somebody has confirmed; before that, nothing."""
    return reverse("schools:home") if "name_is_correct" in run.answers else ""


def name_shown(run: Run) -> Context:
    """Return the mark of whom the page shows, with their corrected name if there is one."""
    person = PersonAnswers(run.answers, run.request.school)
    return {"now": mark_of(person.record.trn, person.corrected_before)}


def asked_again(run: Run) -> Context:
    """Return whether somebody found before is to be proved again, and their name if known."""
    return {"asked_again": run.is_asked_again, "known_name": run.answers.get("name")}


def backdated_training(started_on: date | None, what: str) -> list[Row]:
    """Return the row that says when training begins, if that is after the start of the time here.

    ``started_on`` is that start; None means today.
    """
    first_day = first_day_of_training(started_on) if started_on else None
    if first_day is None or first_day == started_on:
        return []
    return [row(what, f"{govuk_date(first_day)}, the day you register them")]


def same_name(called: str, other: ECTAtSchoolPeriod | MentorAtSchoolPeriod | None) -> list[Row]:
    """Return a row of another person of the school who may be the same one, if there is one."""
    if other is None:
        return []
    told = (
        f"{other.teacher.name} (TRN {other.teacher.trn or 'not known'}), at your school from "
        f"{govuk_date(other.started_on)}. Check that they are two people before you confirm"
    )
    return [row(f"Another {called} with this name", told)]


def told_of_endings(endings: Iterable[PlacementEnding]) -> list[Row]:
    """Return rows for what a check page tells in sentences of earlier time that ends."""
    return [
        row(f"Time at {ending.school_name}", "\n".join(_ending_lines(ending))) for ending in endings
    ]


def _ending_lines(ending: PlacementEnding) -> Iterator[str]:
    yield f"Ends on {govuk_date(ending.last_day)}"
    for training in ending.training:
        what = f"training with {training.lead_provider or 'the school'}"
        yield f"{'Removes' if training.is_removed else 'Ends'} {what}"
    if ending.ends_mentoring:
        yield "Ends mentoring"


# -- Stop pages --------------------------------------------------------------------------------


def stop_steps(stops: Stops) -> list[Step]:
    """Return the steps at which a journey stops."""
    template = "schools/stop.jinja"
    return [
        Step(slug, template=template, stop=True, mistyped=slug in _MISTYPED, context=words)
        for slug, words in stops.items()
    ]


def search_again(run: Run, find: str) -> Mapping[str, str]:
    """Return the button that leads back to the step that finds the person."""
    return {"text": "Search again", "href": run.again_url(find)}


def nobody_found(find: str) -> Stops:
    """Return the stops for details that lead to nobody; ``find`` is the step that asks them."""

    def searching(words: Callable[[Run], Context]) -> Callable[[Run], Context]:
        return lambda run: {**words(run), "action": search_again(run, find)}

    return {
        "trn-not-found": searching(_trn_not_found),
        "not-found": searching(_not_found),
        "record-not-active": searching(_record_not_active),
    }


def _trn_not_found(run: Run) -> Context:
    """Return the words for a TRN that TRS does not know."""
    return {
        "heading": "We cannot find a teacher with this TRN",
        "paragraphs": [
            f"We searched the Teaching Record System (TRS) for {run.answers['trn']}.",
            "Ask them for the number again, and check that you typed it correctly.",
        ],
        "lost_trn": True,
    }


def _not_found(run: Run) -> Context:
    """Return the words for details that belong to no one record."""
    return {
        "heading": "We cannot match the details to a teacher",
        "paragraphs": [
            "The TRN, the date of birth and the National Insurance number do not belong to one "
            "record in the Teaching Record System (TRS).",
            "Ask the person for all three again, and check that you typed them correctly.",
        ],
        "lost_trn": True,
    }


def _record_not_active(run: Run) -> Context:
    """Return the words for a record that TRS has deactivated."""
    return {
        "heading": "This teaching record is not active",
        "paragraphs": [
            "The Teaching Record System (TRS) holds this TRN but has deactivated the record.",
            "Ask them to email the Teaching Regulation Agency, which can tell them which TRN to "
            "use.",
        ],
        "links": [{"text": TRA_EMAIL, "href": f"mailto:{TRA_EMAIL}"}],
    }


def cannot_register(name: str, role: str) -> Context:
    """Return the words for somebody whom TRS forbids to be registered as ``role``."""
    return {
        "heading": f"You cannot register {name}",
        "paragraphs": [f"Our records show that {name} cannot be registered as {role}."],
        "check_record": True,
    }


def not_open_yet(name: str, start: date) -> Context:
    """Return the words for a start in a year that schools cannot register for yet."""
    years = contract_periods.academic_years(start)
    return {
        "heading": f"You cannot register {name} yet",
        "paragraphs": [
            f"Registration for {years} is not open yet. It usually opens in June.",
            f"Come back then to register {name}.",
            "We keep your answers for 28 days. After a day you need to enter their date of birth "
            "again, because we do not keep it longer than that.",
        ],
    }


def cant_use_email(asked: str) -> Callable[[Run], Context]:
    """Return what words an email address that another person has; ``asked`` is the step."""

    def words(run: Run) -> Context:
        return {
            "heading": "You cannot use this email address",
            "paragraphs": [
                f"{run.answers['email']} belongs to another teacher in this service.",
                "Everyone needs their own address: they sign in to their training and get "
                "messages with it.",
            ],
            "action": {"text": "Enter another email address", "href": run.again_url(asked)},
        }

    return words
