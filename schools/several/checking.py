"""Checks one row by the functions that the pages of one registration ask (spec 05 §7, §20.2)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.integrations.trs import TeacherRecord
from register_ects.models import (
    AppropriateBody,
    LeadProvider,
    MentorAtSchoolPeriod,
    School,
    Teacher,
    TrainingPeriod,
)
from register_ects.operations.batches.held import Checked, Held
from register_ects.operations.placements.email_addresses import email_is_taken
from register_ects.operations.placements.registration import (
    ECTRegistration,
    active_ect_placement,
    placement_ended_by,
    problems_with_appropriate_body,
    problems_with_start,
    registration_is_open,
)
from register_ects.operations.training.plans import contract_period_for_ect, lead_providers_in
from register_ects.rules.enumerations import (
    RegistrationRowState,
    TraineeRole,
    TrainingProgramme,
)
from register_ects.rules.names import display_name
from register_ects.rules.problems import Problem
from register_ects.rules.same_names import is_one_of, ways_to_split
from register_ects.rules.seen import mark_of
from schools.registering import look_ups, people
from schools.registering.people import LookUp
from schools.several.files import COMPARED, refused_cells
from schools.several.forms import Offer, RowForm, form_data

#: What is told of somebody who was not found, at which cell.
_NOT_FOUND = {
    "not_found": ("trn", "We cannot find a teacher with this TRN. Check the TRN"),
    "not_found_by_number": (
        "national_insurance_number",
        "The TRN and the National Insurance number do not belong to one record in the Teaching "
        "Record System (TRS). Check both",
    ),
    "mismatch": (
        "date_of_birth",
        "The date of birth does not match the Teaching Record System (TRS). Check it, or give "
        "their National Insurance number as well",
    ),
    "not_active": (
        "trn",
        "The Teaching Record System (TRS) has deactivated this record. Ask them to find out from "
        "the Teaching Regulation Agency which TRN to use",
    ),
    "unavailable": ("", "We could not ask the Teaching Record System (TRS). Check again"),
    "too_many": (
        "",
        "Too many searches found nobody. Check the details with the person, then check again in "
        "an hour",
    ),
}
#: Outcomes that another question to TRS may change, with the same cells.
ASK_AGAIN = {"unavailable", "too_many"}


@dataclass
class Others:
    """How often each person and each email address stands in the rows that are not over."""

    trns: Counter[str] = field(default_factory=Counter)
    emails: Counter[str] = field(default_factory=Counter)

    @classmethod
    def among(cls, rows: Iterable[Held]) -> "Others":
        """Return the counts of rows that were looked up."""
        others = cls()
        for held in rows:
            if held.record:
                others.trns[held.record["trn"]] += 1
            if email := held.cells.get("email", "").strip().casefold():
                others.emails[email] += 1
        return others


@dataclass(frozen=True)
class Plan:
    """What registering a row's person does."""

    details: ECTRegistration
    mentor: MentorAtSchoolPeriod | None


def read(held: Held, shared: Mapping[str, Any], offer: Offer) -> RowForm:
    """Return a row as a form that was sent."""
    data = form_data(held.cells, shared, offer)
    return RowForm(data, choices=offer.choices, refused=refused_cells(held.cells))


def look_up(held: Held, form: RowForm, *, asker: str) -> Held:
    """Return a row with what TRS says of its person, asked unless these cells were before.

    No database is asked, so that several threads may. ``asker`` is whose failures are counted.
    """
    if any(name in form.errors for name in ("trn", "date_of_birth", "national_insurance_number")):
        return replace(held, outcome=None, record=None, proof=None)
    given = form.cleaned_data
    born_on, number = given["date_of_birth"], given["national_insurance_number"]
    proof = mark_of(given["trn"], born_on, number)
    if held.proof == proof and held.outcome not in ASK_AGAIN:
        return held
    found = _find(given["trn"], born_on=born_on, number=number, asker=asker)
    outcome = found.outcome
    if outcome == "not_found" and number:
        outcome = "not_found_by_number"
    record = found.record.as_json() if found.record and found.outcome == "found" else None
    return replace(held, outcome=outcome, record=record, proof=proof)


def check(
    held: Held, form: RowForm, *, school: School, others: Others
) -> tuple[Checked, Plan | None]:
    """Return what is to be said of a row that was looked up, and its plan when it is ready.

    A plan comes exactly with the state "ok".
    """
    if problem := held.cells.get("problem"):  # of the line in the file
        form.add_error(None, problem)
    if held.record is None:
        if held.outcome in _NOT_FOUND:
            form.add_error(_NOT_FOUND[held.outcome][0] or None, _NOT_FOUND[held.outcome][1])
        trn = form.cleaned_data.get("trn")
        return refused(form, RegistrationRowState.NEEDS_ATTENTION, trn or None, None), None
    record = TeacherRecord.from_json(held.record)
    teacher = Teacher.objects.filter(trn=record.trn).first()
    name = form.cleaned_data.get("corrected_name") or display_name(
        teacher.corrected_name if teacher else None, record.first_name, record.last_name
    )
    form.words["name"] = name
    blocked = _reasons(record, school, others)
    if blocked:
        form.add_problems(blocked)
        return refused(form, RegistrationRowState.BLOCKED, record.trn, name), None
    plan = _plan(form, record, teacher, school, others)
    if plan is None:
        return refused(form, RegistrationRowState.NEEDS_ATTENTION, record.trn, name), None
    will_do = _in_words(plan, teacher) + _other_name(held, record, name)
    return Checked(RegistrationRowState.OK, (), record.trn, name, will_do), plan


def refused(
    form: RowForm, state: RegistrationRowState, trn: str | None, name: str | None
) -> Checked:
    """Return a row of which the form says what is wrong."""
    problems = [("", str(text)) for text in form.non_field_errors()]
    problems += [(cell, str(form.errors[cell][0])) for cell in form.fields if cell in form.errors]
    return Checked(state, tuple(problems), trn, name)


def _find(trn: str, *, born_on: date | None, number: str | None, asker: str) -> LookUp:
    if born_on is not None:
        found = people.look_up_by_birth_date(trn, born_on=born_on, asker=asker)
        if found.outcome != "mismatch" or not number:
            return found
    return people.look_up_by_ni_number(trn, ni_number=number or "", asker=asker)


def _reasons(record: TeacherRecord, school: School, others: Others) -> list[Problem]:
    """List why the person cannot be registered, whatever the other cells say."""
    active = active_ect_placement(record.trn, school) is not None
    reason = look_ups.reason_not_to_register_ect(record, active=active)
    if reason:
        return [Problem("trn", reason)]
    return [Problem("trn", "twice_in_the_list")] if others.trns[record.trn] > 1 else []


def _plan(
    form: RowForm,
    record: TeacherRecord,
    teacher: Teacher | None,
    school: School,
    others: Others,
) -> Plan | None:
    """Return what registering does; None with the form's errors saying why it cannot be done."""
    given = form.cleaned_data
    body = AppropriateBody.objects.filter(pk=given.get("appropriate_body") or 0).first()
    provider = LeadProvider.objects.filter(pk=given.get("lead_provider") or 0).first()
    mentor = _mentor(given.get("mentor_trn"), school)
    problems = []
    if given.get("email"):
        problems += _with_email(given["email"], record.trn, others)
    if given.get("started_on"):
        problems += _with_start(teacher, school, given["started_on"], provider)
    if body is not None:
        problems += problems_with_appropriate_body(school, body)
    is_school_led = given.get("training_programme") == TrainingProgramme.SCHOOL_LED
    if is_school_led and form.data.get("lead_provider"):
        problems.append(Problem("lead_provider", "not_wanted"))
    if given.get("mentor_trn"):
        problems += _with_mentor(mentor, record.trn, given.get("started_on"))
    form.add_problems(problems)
    if form.errors or body is None:
        return None
    return Plan(
        ECTRegistration(
            record=record,
            corrected_name=given["corrected_name"] or None,
            email=given["email"],
            started_on=given["started_on"],
            working_pattern=given["working_pattern"],
            appropriate_body=body,
            training_programme=given["training_programme"],
            lead_provider=provider,
        ),
        mentor,
    )


def _with_email(email: str, trn: str, others: Others) -> list[Problem]:
    if others.emails[email.casefold()] > 1:
        return [Problem("email", "email_twice_in_the_list")]
    return [Problem("email", "taken")] if email_is_taken(email, trn=trn) else []


def _with_start(
    teacher: Teacher | None, school: School, start: date, provider: LeadProvider | None
) -> list[Problem]:
    problems = problems_with_start(teacher, school, start)
    if problems:
        return problems
    if not registration_is_open(start):
        return [Problem("started_on", "not_open_yet")]
    offered = lead_providers_in(contract_period_for_ect(teacher, start=start))
    if provider is None or provider in offered:
        return []
    names = ", ".join(each.name for each in offered) or "none"
    return [Problem("lead_provider", "not_on_offer", {"names": names})]


def _mentor(trn: str | None, school: School) -> MentorAtSchoolPeriod | None:
    if not trn:
        return None
    mentors = MentorAtSchoolPeriod.objects.filter(school=school, teacher__trn=trn)
    here = mentors.current_or_future(clock.today()).select_related("teacher").earliest_first()
    found: MentorAtSchoolPeriod | None = here.first()
    return found


def _with_mentor(
    mentor: MentorAtSchoolPeriod | None, trn: str, start: date | None
) -> list[Problem]:
    if mentor is None:
        return [Problem("mentor_trn", "no_such_mentor")]
    if mentor.teacher.trn == trn:
        return [Problem("mentor_trn", "themself")]
    if start and mentor.finished_on and mentor.finished_on < start:
        return [Problem("mentor_trn", "mentor_leaves", {"leaves": mentor.finished_on})]
    return []


def _in_words(plan: Plan, teacher: Teacher | None) -> str:
    """Return what registering somebody does, a sentence for each thing."""
    details, mentor = plan.details, plan.mentor
    provider = details.lead_provider
    training = f"provider-led with {provider.name}" if provider else "school-led"
    pattern = details.working_pattern.replace("_", " ")
    said = [
        f"Starts on {govuk_date(details.started_on)}, {pattern}, {training}, "
        f"appropriate body {details.appropriate_body.name}."
    ]
    ending = placement_ended_by(teacher, start=details.started_on)
    if ending is not None:
        said.append(f"Their time at {ending.school_name} ends on {govuk_date(ending.last_day)}.")
    if mentor is not None:
        trains = ""
        if provider and _needs_first_training(mentor):
            trains = f", who starts mentor training with {provider.name}"
        said.append(f"Mentor: {mentor.teacher.name}{trains}.")
    return " ".join(said)


def _other_name(held: Held, record: TeacherRecord, shown: str) -> str:
    """Return a sentence where the file has another name than TRS, and than the one shown."""
    first, last = (held.cells.get(key, "").strip() for key in COMPARED)
    in_trs = (f"{record.first_name} {record.middle_name}", record.last_name)
    if is_one_of((first, last), [in_trs, *ways_to_split(shown)]):
        return ""
    given = f"{first} {last}".strip()
    return f" Check that this is the right person: the file says {given}, TRS {record.full_name}."


def _needs_first_training(mentor: MentorAtSchoolPeriod) -> bool:
    trained = TrainingPeriod.objects.filter(
        teacher=mentor.teacher, trainee_role=TraineeRole.MENTOR
    ).exists()
    return mentor.teacher.is_fundable_as_mentor and not trained
