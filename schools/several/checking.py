"""Checks one row by the functions that the pages of one registration ask (spec 05 §7, §20.2)."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from register_ects.integrations.trs import TeacherRecord
from register_ects.models import LeadProvider, MentorAtSchoolPeriod, Teacher
from register_ects.operations.batches.held import Checked, Held
from register_ects.operations.placements.email_addresses import email_is_taken
from register_ects.operations.placements.registration import (
    ECTRegistration,
    active_ect_placement,
    problems_with_start,
    registration_is_open,
)
from register_ects.operations.training.plans import contract_period_for_ect
from register_ects.rules.enumerations import RegistrationRowState, TrainingProgramme
from register_ects.rules.names import display_name
from register_ects.rules.problems import Problem
from schools.registering import look_ups
from schools.several.forms import RowForm
from schools.several.known import Known
from schools.several.looking_up import NOT_FOUND, Looked
from schools.several.plans import Plan, in_words, name_in_file, other_name

#: Of a person who stands in more rows than these the first are named.
_MOST_NAMED = 5


@dataclass
class Others:
    """In which rows that are not over each person and each email address stands."""

    trns: defaultdict[str, list[RowForm]] = field(default_factory=lambda: defaultdict(list))
    emails: defaultdict[str, list[RowForm]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def among(cls, rows: Iterable[Looked]) -> "Others":
        """Return where people stand in rows that were looked up."""
        others = cls()
        for held, form in rows:
            for trn in trns_of(held, form):
                others.trns[trn].append(form)
            if email := email_of(held):
                others.emails[email].append(form)
        return others

    def with_person(self, held: Held, form: RowForm) -> list[Problem]:
        """Return that the person of a row stands in others too, or nothing."""
        found = [each for trn in trns_of(held, form) for each in self.trns[trn]]
        return _in_rows("trn", "twice_in_the_list", found, form)

    def with_email(self, email: str, form: RowForm) -> list[Problem]:
        """Return that the email address of a row stands in others too, or nothing."""
        found = self.emails[email.casefold()]
        return _in_rows("email", "email_twice_in_the_list", found, form)


def _in_rows(name: str, code: str, found: Iterable[RowForm], form: RowForm) -> list[Problem]:
    numbers = sorted({each.number for each in found if each is not form})
    if not numbers:
        return []
    rows = ("row " if len(numbers) == 1 else "rows ") + ", ".join(map(str, numbers[:_MOST_NAMED]))
    return [Problem(name, code, {"rows": rows})]


def trns_of(held: Held, form: RowForm) -> set[str]:
    """Return whom a row is about: the TRN as typed, and the one that TRS gave for it."""
    typed = form.cleaned_data.get("trn")
    return {trn for trn in (typed, held.record and held.record["trn"]) if trn}


def email_of(held: Held) -> str:
    """Return the email address of a row, as it is compared."""
    return held.cells.get("email", "").strip().casefold()


def check(
    held: Held, form: RowForm, *, known: Known, others: Others
) -> tuple[Checked, Plan | None]:
    """Return what is to be said of a row that was looked up, and its plan when it is ready.

    A plan comes exactly with the state "ok".
    """
    if problem := held.cells.get("problem"):  # of the line in the file
        form.add_error(None, problem)
    _name_lead_providers(held, form, known)
    if held.record is None:
        return _not_found(held, form, others), None
    record = TeacherRecord.from_json(held.record)
    teacher = known.teacher(record.trn)
    name = form.cleaned_data.get("corrected_name") or display_name(
        teacher.corrected_name if teacher else None, record.first_name, record.last_name
    )
    form.words["name"] = name
    blocked = _reasons(record, teacher, known)
    blocked = blocked or others.with_person(held, form)
    if blocked:
        form.add_problems(blocked)
        return refused(form, RegistrationRowState.BLOCKED, record.trn, name), None
    plan = _plan(form, record, teacher, known, others)
    if plan is None:
        return refused(form, RegistrationRowState.NEEDS_ATTENTION, record.trn, name), None
    will_do = in_words(plan, teacher, known) + other_name(held, record, name)
    return Checked(RegistrationRowState.OK, (), record.trn, name, will_do), plan


def refused(
    form: RowForm, state: RegistrationRowState, trn: str | None, name: str | None
) -> Checked:
    """Return a row of which the form says what is wrong."""
    problems = [("", str(text)) for text in form.non_field_errors()]
    problems += [(cell, str(text)) for cell in form.fields for text in form.errors.get(cell, ())]
    return Checked(state, tuple(problems), trn, name)


def _not_found(held: Held, form: RowForm, others: Others) -> Checked:
    """Return what is to be said of a row whose person was not found."""
    form.words["name"] = "This person"
    twice = others.with_person(held, form)
    if held.outcome in NOT_FOUND:
        form.add_error(NOT_FOUND[held.outcome][0] or None, NOT_FOUND[held.outcome][1])
    form.add_problems(twice)
    trn = form.cleaned_data.get("trn")
    name = form.cleaned_data.get("corrected_name") or name_in_file(held)
    return refused(form, RegistrationRowState.NEEDS_ATTENTION, trn or None, name or None)


def _reasons(record: TeacherRecord, teacher: Teacher | None, known: Known) -> list[Problem]:
    """List why the person cannot be registered, whatever the other cells say."""
    active = active_ect_placement(teacher, known.school) is not None
    reason = look_ups.reason_not_to_register_ect(record, teacher, active=active)
    return [Problem("trn", reason)] if reason else []


def _plan(
    form: RowForm, record: TeacherRecord, teacher: Teacher | None, known: Known, others: Others
) -> Plan | None:
    """Return what registering does; None with the form's errors saying why it cannot be done."""
    given = form.cleaned_data
    body = known.body(given.get("appropriate_body"))
    provider = known.lead_provider(given.get("lead_provider"))
    mentor = known.mentor(given.get("mentor_trn"))
    problems = []
    if given.get("email"):
        email = given["email"]
        taken = email_is_taken(email, trn=record.trn, holders=known.holders)
        problems += others.with_email(email, form) or ([Problem("email", "taken")] if taken else [])
    if given.get("started_on"):
        problems += _with_start(teacher, given["started_on"], provider, known)
    if body is not None:
        problems += known.problems_with_body(body)
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


def lead_providers_for(held: Held, form: RowForm, known: Known) -> list[LeadProvider]:
    """Return the lead providers that may train somebody from their start on; none without one."""
    start = form.cleaned_data.get("started_on")
    if start is None:
        return []
    teacher = known.teacher(held.record["trn"]) if held.record else None
    period = contract_period_for_ect(teacher, start=start, periods=known.periods)
    return known.lead_providers_in(period)


def _name_lead_providers(held: Held, form: RowForm, known: Known) -> None:
    """Let the error of a lead provider whom nobody knows name those for this start alone."""
    if not form.has_error("lead_provider", "invalid_choice"):
        return
    names = ", ".join(each.name for each in lead_providers_for(held, form, known))
    if names:
        told = str(form.errors.pop("lead_provider")[0])
        said = f"Lead provider must be one of {names}"
        form.add_error("lead_provider", re.sub(r"^.*?(?=, not “|$)", said, told))


def _with_start(
    teacher: Teacher | None, start: date, provider: LeadProvider | None, known: Known
) -> list[Problem]:
    problems = problems_with_start(teacher, known.school, start, periods=known.periods)
    if problems:
        return problems
    if not registration_is_open(start, periods=known.periods):
        return [Problem("started_on", "not_open_yet")]
    offered = known.lead_providers_in(
        contract_period_for_ect(teacher, start=start, periods=known.periods)
    )
    if provider is None or provider in offered:
        return []
    names = ", ".join(each.name for each in offered) or "none"
    return [Problem("lead_provider", "not_on_offer", {"names": names})]


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
