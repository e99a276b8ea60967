"""What the pages of the register-ECT journey show besides their forms."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import Http404
from django.urls import reverse

from register_ects.integrations.trs import TeacherRecord
from register_ects.models import ContractPeriod, ECTAtSchoolPeriod, Teacher
from register_ects.operations.mentoring import eligible_mentors
from register_ects.operations.registration import placement_ended_by
from register_ects.operations.training_plans import first_day_of_training
from register_ects.rules import contract_periods, emails
from register_ects.rules.enumerations import TrainingProgramme, WorkingPattern
from register_ects.rules.seen import mark_of
from register_ects.web.choice_fields import Choice
from register_ects.web.formats import govuk_date
from register_ects.web.journeys import Run
from schools.lead_providers import lead_provider_choices
from schools.queries.ect_page import ect_page
from schools.register_ect.answers import Answers

Context = Mapping[str, Any]
Row = dict[str, Any]

_FIND_AGAIN = "Search again"
_TRA_EMAIL = "qts.enquiries@education.gov.uk"


def person(run: Run) -> Context:
    """Return the person and what the answers mean."""
    return {
        "person": Answers(run.answers, run.request.school),
        "find_url": run.again_url("find-ect"),
    }


def name_shown(run: Run) -> Context:
    """Return the mark of the corrected name that the page shows, if there is one."""
    record = TeacherRecord.from_json(run.answers["record"])
    known = Teacher.objects.filter(trn=record.trn).values_list("corrected_name", flat=True)
    return {"now": mark_of(known.first())}


def asked_again(run: Run) -> Context:
    """Return whether somebody found before is to be proved again, and their name if known."""
    return {"asked_again": run.is_asked_again, "known_name": run.answers.get("name")}


def body_options(run: Run) -> Context:
    """Return the body form's words and the hubs that it offers, local ones first."""
    answers = Answers(run.answers, run.request.school)
    return {
        "words": {"name": answers.name},
        "hubs": [
            Choice(str(hub.pk), hub.name, also=tuple(each.name for each in hub.former_names.all()))
            for hub in answers.hubs_to_offer
        ],
        "local_hubs": [hub.name for hub in answers.local_hubs],
    }


def provider_options(run: Run) -> Context:
    """Return the provider form's words and its choices: the school's partners first."""
    answers = Answers(run.answers, run.request.school)
    choices = lead_provider_choices(run.request.school, answers.contract_period)
    return {"words": {"name": answers.name}, "providers": choices}


def check_answers(run: Run) -> Context:
    """Return the rows to check, with their change links."""
    answers = Answers(run.answers, run.request.school)
    return {
        "person": answers,
        "person_rows": _person_rows(run, answers),
        "programme_rows": _programme_rows(run, answers),
        "email_is_shared": emails.is_generic(run.answers["email"]),
        "ending": placement_ended_by(answers.teacher, start=answers.started_on),
    }


def confirmation(run: Run) -> Context:
    """Return what was saved and what to do next."""
    answers = run.answers
    return {
        "name": answers["name"],
        "lead_provider": answers["provider_name"],
        "confirmed": answers["confirmed"],
        "mentor_url": _mentor_url(answers["ect_id"]),
        "ects_url": reverse("schools:ects"),
        "another_url": "/school/register-ect/what-you-will-need",
    }


def _mentor_url(ect_id: int) -> str:
    ect = ECTAtSchoolPeriod.objects.get(pk=ect_id)
    if eligible_mentors(ect).exists():
        return reverse("schools:choose_mentor", args=[ect_id])
    return f"{reverse('schools:register-mentor')}?ect_id={ect_id}"


def summary_row(key: str, value: str, change: str = "", what: str = "") -> Row:
    """Return one row of a summary list, with a change link if it may be changed."""
    row: Row = {"key": {"text": key}, "value": {"text": value}}
    if change:
        link = {"href": change, "text": "Change", "visuallyHiddenText": what or key.lower()}
        row["actions"] = {"items": [link]}
    return row


def backdated_training(started_on: date | None, what: str) -> list[Row]:
    """Return the row that says when training begins, if that is after the start of the time here.

    ``started_on`` is that start; None means today.
    """
    first_day = first_day_of_training(started_on) if started_on else None
    if first_day is None or first_day == started_on:
        return []
    return [summary_row(what, f"{govuk_date(first_day)}, the day you register them")]


def _person_rows(run: Run, answers: Answers) -> list[Row]:
    pattern = WorkingPattern(answers.given["working_pattern"]).label
    change = run.change_url
    return [
        summary_row("Name", answers.name, change("review-ect-details")),
        summary_row("Teacher reference number (TRN)", answers.record.trn),
        summary_row("Email address", answers.given["email"], change("email-address")),
        summary_row("School start date", govuk_date(answers.started_on), change("start-date")),
        summary_row("Working pattern", str(pattern), change("working-pattern")),
    ]


def _programme_rows(run: Run, answers: Answers) -> list[Row]:
    """Return the choices; when the last ones are reused only that answer can be changed."""
    rows = []
    change: Callable[[str], str] = run.change_url
    if answers.given.get("reusable"):
        rows.append(
            summary_row(
                "Use your school’s last choices",
                "Yes" if answers.agreed else "No",
                change("use-previous-ect-choices"),
                "if you use your school’s last choices",
            )
        )
    if answers.agreed:
        change = _no_change
    body_step = (
        "independent-school-appropriate-body"
        if answers.given["independent"]
        else "state-school-appropriate-body"
    )
    body = answers.appropriate_body
    programme = TrainingProgramme(answers.training_programme or "").label
    rows.append(summary_row("Appropriate body", body.name if body else "", change(body_step)))
    rows.append(summary_row("Training programme", str(programme), change("training-programme")))
    if answers.lead_provider:
        rows.append(
            summary_row("Lead provider", answers.lead_provider.name, change("lead-provider"))
        )
        rows.append(summary_row("Delivery partner", answers.delivery_partner_text))
    if not answers.leaves_frozen_period:
        rows += backdated_training(answers.started_on, "Training start date")
    return rows


def _no_change(_slug: str) -> str:
    return ""


# -- Stop pages --------------------------------------------------------------------------------


def stop(slug: str) -> Callable[[Run], Context]:
    """Return the function that gives a stop page its words."""

    def context(run: Run) -> Context:
        return STOPS[slug](run)

    return context


def _search_again(run: Run) -> Row:
    return {"text": _FIND_AGAIN, "href": run.again_url("find-ect")}


def _another(run: Run) -> Row:
    return {"text": "Register another ECT", "href": "/school/register-ect/what-you-will-need"}


def trn_not_found(run: Run) -> Context:
    """Return the words for a TRN that TRS does not know."""
    return {
        "heading": "We cannot find a teacher with this TRN",
        "paragraphs": [
            f"We searched the Teaching Record System (TRS) for {run.answers['trn']}.",
            "Ask them for the number again, and check that you typed it correctly.",
        ],
        "lost_trn": True,
        "action": _search_again(run),
    }


def not_found(run: Run) -> Context:
    """Return the words for details that belong to no one record."""
    return {
        "heading": "We cannot match the details to a teacher",
        "paragraphs": [
            "The TRN, the date of birth and the National Insurance number do not belong to one "
            "record in the Teaching Record System (TRS).",
            "Ask the person for all three again, and check that you typed them correctly.",
        ],
        "lost_trn": True,
        "action": _search_again(run),
    }


def record_not_active(run: Run) -> Context:
    """Return the words for a record that TRS has deactivated."""
    return {
        "heading": "This teaching record is not active",
        "paragraphs": [
            "The Teaching Record System (TRS) holds this TRN but has deactivated the record.",
            "Ask them to email the Teaching Regulation Agency, which can tell them which TRN to "
            "use.",
        ],
        "links": [{"text": _TRA_EMAIL, "href": f"mailto:{_TRA_EMAIL}"}],
        "action": _search_again(run),
    }


def _already_active(run: Run) -> Context:
    """Return who is here already, how they stand, and a mentor to assign if they have none."""
    placement_id = run.answers["active_ect_id"]
    page = ect_page(run.request.school, placement_id)
    if page is None:
        raise Http404
    ect = page.ect
    see = {"text": f"See {ect.name}’s details", "href": reverse("schools:ect", args=[ect.id])}
    another = _another(run)
    if ect.mentor is None:
        todo = f"{ect.name} has no mentor yet."
        assign = {"text": "Assign a mentor", "href": ect.assign_mentor_address}
        more = {"paragraphs": [todo], "links": [see, another], "action": assign}
    else:
        enough = f"{ect.mentor.name} is their mentor. You do not need to register them again."
        more = {"paragraphs": [enough], "links": [see], "action": another}
    return {"heading": f"{ect.name} is already registered at your school", "ect": ect, **more}


def _induction(heading: str, what: str) -> Callable[[Run], Context]:
    def context(run: Run) -> Context:
        name = Answers(run.answers, run.request.school).name
        return {
            "heading": heading.format(name=name),
            "paragraphs": [what.format(name=name)],
            "lost_trn": True,
            "action": _another(run),
        }

    return context


def _cannot_register(run: Run) -> Context:
    name = Answers(run.answers, run.request.school).name
    return {
        "heading": f"You cannot register {name}",
        "paragraphs": [
            f"Our records show that {name} cannot be registered as an ECT.",
        ],
        "check_record": True,
        "action": _another(run),
    }


def _cannot_register_yet(run: Run) -> Context:
    answers = Answers(run.answers, run.request.school)
    period = contract_periods.containing(list(ContractPeriod.objects.all()), answers.started_on)
    years = f" for {period.academic_years}" if period else ""
    return {
        "heading": f"You cannot register {answers.name} yet",
        "paragraphs": [
            f"Registration{years} is not open yet. It usually opens in June.",
            f"Come back then to register {answers.name}. We keep your answers for 28 days, and "
            "after a day ask again for what shows that you know them.",
        ],
        "links": [{"text": "Change the start date", "href": run.again_url("start-date")}],
        "action": _another(run),
    }


def cant_use_email(run: Run) -> Context:
    """Return the words for an email address that another person has."""
    return {
        "heading": "You cannot use this email address",
        "paragraphs": [
            f"{run.answers['email']} belongs to another teacher in this service.",
            "Everyone needs their own address: they sign in to their training and get messages "
            "with it.",
        ],
        "action": {"text": "Enter another email address", "href": run.again_url("email-address")},
    }


#: The pages where registration stops, and what each says.
STOPS: dict[str, Callable[[Run], Context]] = {
    "trn-not-found": trn_not_found,
    "not-found": not_found,
    "record-not-active": record_not_active,
    "already-active-at-school": _already_active,
    "induction-completed": _induction(
        "{name} has completed their induction",
        "Our records show that {name} passed their induction, so they cannot be registered as "
        "an ECT.",
    ),
    "induction-exempt": _induction(
        "{name} does not need to complete an induction",
        "Our records show that {name} is exempt from induction, so they cannot be registered as "
        "an ECT.",
    ),
    "induction-failed": _induction(
        "{name} did not pass their induction",
        "Our records show that {name} failed their induction, so they cannot be registered as "
        "an ECT.",
    ),
    "cannot-register-ect": _cannot_register,
    "cannot-register-ect-yet": _cannot_register_yet,
    "cant-use-email": cant_use_email,
}
