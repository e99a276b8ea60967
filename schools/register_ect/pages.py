"""What the pages of the register-ECT journey show besides their forms."""

from collections.abc import Callable
from datetime import date
from functools import partial

from django.db.models import Max
from django.http import Http404

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.models import ECTAtSchoolPeriod, School
from register_ects.operations.placements.mentoring import eligible_mentors
from register_ects.operations.placements.registration import placement_ended_by
from register_ects.rules import emails
from register_ects.rules.enumerations import TrainingProgramme, WorkingPattern
from register_ects.rules.inductions import state_in_trs
from register_ects.web.journeys import Run
from register_ects.web.school_addresses import reverse
from register_ects.web.states import state_of
from register_ects.web.summaries import Row, row
from schools.bodies import BodiesOnOffer
from schools.lead_providers import lead_provider_choices
from schools.mentors import addresses
from schools.queries.duplicates import begun_already, namesake_of_ect
from schools.queries.ect_page import ect_page
from schools.register_ect import suggestions
from schools.register_ect.answers import ECTAnswers
from schools.registering.pages import (
    Context,
    Stops,
    backdated_training,
    cannot_register,
    cant_use_email,
    name_shown,
    nobody_found,
    not_open_yet,
    same_name,
    told_of_endings,
)


def person(run: Run) -> Context:
    """Return the person and what the answers mean."""
    answers = ECTAnswers(run.answers, run.request.school)
    return {
        "person": answers,
        "called": "ECT",
        "find_url": run.again_url("find-ect"),
        "in_trs": _in_trs(answers),
        "begun": (
            begun_already(run.request, run.draft, trn=run.answers["trn"])
            if run.step.slug == "review-ect-details"
            else None
        ),
    }


def _in_trs(answers: ECTAnswers) -> list[tuple[str, str]]:
    """Return what TRS says of the training and induction: to be read, not asked (§20.1)."""
    record = answers.record
    return [
        ("Induction status", state_of(state_in_trs(record.induction_status)).label),
        ("Induction start date", govuk_date(record.induction_start_date) or "None recorded"),
        ("QTS awarded", govuk_date(record.qts_awarded_on) or "Not awarded"),
        ("Initial teacher training provider", record.itt_provider_name or "Not known"),
    ]


def words(run: Run) -> Context:
    """Return the ECT's name for labels and messages."""
    return {"words": {"name": run.answers.get("name", "the ECT")}}


def details_options(run: Run) -> Context:
    """Return the form's words, the mark of whom the page shows, and what it suggests."""
    answers = ECTAnswers(run.answers, run.request.school)
    return {
        **words(run),
        **name_shown(run),
        "suggested": suggestions.for_details(answers),
        "known_email": answers.known_email,
    }


def training_options(run: Run) -> Context:
    """Return the form's words, the hubs, local ones first, and providers, the school's first.

    And what is selected of them at first.
    """
    return training_on_offer(ECTAnswers(run.answers, run.request.school))


def training_on_offer(answers: ECTAnswers) -> Context:
    """Return what the form asks at the school that the answers are read for."""
    school = answers.school
    bodies = BodiesOnOffer(school)
    independent = answers.given["independent"]
    providers = lead_provider_choices(school, answers.contract_period)
    return {
        "independent": independent,
        "suggested": suggestions.for_training(answers, bodies, providers),
        "words": {"name": answers.name, "local_hubs": bodies.hint()},
        "choices": {
            "hub" if independent else "appropriate_body": bodies.choices(),
            "lead_provider": providers,
        },
    }


def check_answers(run: Run) -> Context:
    """Return the rows to check, with their change links."""
    answers = ECTAnswers(run.answers, run.request.school)
    ending = placement_ended_by(answers.teacher, start=answers.started_on)
    namesake = namesake_of_ect(
        answers.school,
        name=answers.name,
        trn=answers.record.trn,
        started_on=answers.started_on,
    )
    return {
        "person": answers,
        "person_rows": [*_person_rows(run, answers), *same_name("ECT", namesake)],
        "programme_rows": programme_rows(run, answers),
        "reused": bool(run.answers.get("reused")),
        "last_registration": _last_registration(answers.school),
        "email_is_shared": emails.is_generic(run.answers["email"]),
        "ending": ending,
        "told": told_of_endings([ending] if ending else []),
    }


def _last_registration(school: School) -> date | None:
    """Return the day on which the school last registered an ECT, if it has. One query."""
    latest = ECTAtSchoolPeriod.objects.filter(school=school).aggregate(at=Max("created_at"))["at"]
    return clock.london_date(latest) if latest else None


def confirmation(run: Run) -> Context:
    """Return what was saved and what to do next."""
    answers = run.answers
    ect = ECTAtSchoolPeriod.objects.get(pk=answers["ect_id"])
    return {
        "name": answers["name"],
        "lead_provider": answers["provider_name"],
        "confirmed": answers["confirmed"],
        "mentor_url": addresses.assigning(ect.pk, may_choose=eligible_mentors(ect).exists()),
        "ect_url": reverse("schools:ect", args=[ect.pk]),
        "new_mentor_url": addresses.registering(ect.pk),
    }


def _person_rows(run: Run, answers: ECTAnswers) -> list[Row]:
    pattern = WorkingPattern(answers.given["working_pattern"]).label
    change = partial(run.change_url, "review-ect-details")
    return [
        row("Name", answers.name, change_url=change("name_is_correct")),
        row("Teacher reference number (TRN)", answers.record.trn),
        row("Email address", answers.given["email"], change_url=change("email")),
        row(
            "School start date",
            govuk_date(answers.started_on),
            change_url=change("started_on-day"),
        ),
        row("Working pattern", str(pattern), change_url=change("working_pattern")),
    ]


def programme_rows(run: Run, answers: ECTAnswers) -> list[Row]:
    """Return the choices, the school's own or those taken over."""
    change = partial(run.change_url, "training")
    body, asked = answers.appropriate_body, "appropriate_body"
    if answers.given["independent"]:
        asked = "body_kind"
    programme = TrainingProgramme(answers.training_programme or "").label
    rows = [
        row("Appropriate body", body.name if body else "", change_url=change(asked)),
        row("Training programme", str(programme), change_url=change("training_programme")),
    ]
    if answers.lead_provider:
        provider = answers.lead_provider.name
        rows.append(row("Lead provider", provider, change_url=change("lead_provider")))
        rows.append(row("Delivery partner", answers.delivery_partner_text))
    if not answers.leaves_frozen_period:
        rows += backdated_training(answers.started_on, "Training start date")
    return rows


# -- Stop pages --------------------------------------------------------------------------------


def _another() -> dict[str, str]:
    return {"text": "Register another ECT", "href": reverse("schools:register-ect")}


def _already_active(run: Run) -> Context:
    """Return who is here already, how they stand, and a mentor to assign if they have none."""
    placement_id = run.answers["active_ect_id"]
    page = ect_page(run.request.school, placement_id)
    if page is None:
        raise Http404
    ect = page.ect
    see = {"text": f"See {ect.name}’s details", "href": reverse("schools:ect", args=[ect.id])}
    another = _another()
    if ect.mentor is None and ect.needs_mentor:
        todo = f"{ect.name} has no mentor yet."
        assign = {"text": "Assign a mentor", "href": ect.assign_mentor_address}
        more = {"paragraphs": [todo], "links": [see, another], "action": assign}
    else:
        now = f"{ect.mentor.name} is their mentor." if ect.mentor else "They need no mentor."
        enough = f"{now} You do not need to register them again."
        more = {"paragraphs": [enough], "links": [see], "action": another}
    return {"heading": f"{ect.name} is already registered at your school", "ect": ect, **more}


def _induction(heading: str, what: str) -> Callable[[Run], Context]:
    def context(run: Run) -> Context:
        name = ECTAnswers(run.answers, run.request.school).name
        return {
            "heading": heading.format(name=name),
            "paragraphs": [what.format(name=name)],
            "check_record": True,
            "action": _another(),
        }

    return context


def _cannot_register(run: Run) -> Context:
    name = ECTAnswers(run.answers, run.request.school).name
    return {**cannot_register(name, "an ECT"), "action": _another()}


def _cannot_register_yet(run: Run) -> Context:
    answers = ECTAnswers(run.answers, run.request.school)
    return {
        **not_open_yet(answers.name, answers.started_on),
        "links": [{"text": "Change the start date", "href": run.again_url("review-ect-details")}],
        "action": _another(),
    }


#: The pages where registration stops, and what each says.
STOPS: Stops = {
    **nobody_found("find-ect"),
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
    "cant-use-email": cant_use_email("review-ect-details"),
}
