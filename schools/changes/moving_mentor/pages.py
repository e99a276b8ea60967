"""What the pages of a mentor's move show besides their forms."""

from typing import Any

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.models import ECTAtSchoolPeriod, MentorshipPeriod
from register_ects.operations.placements.leaving_effects import PartEffect, effects_of
from register_ects.rules import emails
from register_ects.web.choice_fields import Choice
from register_ects.web.journeys import Run
from register_ects.web.summaries import Row, row
from schools.changes.journeys import Context
from schools.changes.leaving.effects import ects_without_mentor, effect_rows
from schools.changes.leaving.pages import links_to_ects
from schools.changes.moving import pages as moving
from schools.changes.moving.destinations import ects_to_mentor
from schools.changes.moving_mentor.answers import MentorMoveAnswers
from schools.lead_providers import lead_provider_choices
from schools.registering.pages import backdated_training


def _answers(run: Run) -> MentorMoveAnswers:
    return MentorMoveAnswers.of(run.answers, run.request)


def words(run: Run) -> Context:
    """Return what labels and messages call the people and the two schools."""
    answers = _answers(run)
    ect = answers.ect.teacher.name if answers.ect else "the ECT"
    return {"words": {**moving.words(run)["words"], "mentor": _name(run), "ect": ect}}


def ects_on_offer(run: Run) -> Context:
    """Return the new school's ECTs who need a mentor, each with who mentors them now."""
    ects = ects_to_mentor([_answers(run).school]).select_related("teacher")
    by_name = sorted(ects, key=lambda ect: (ect.teacher.name.casefold(), ect.pk))
    mentors = MentorshipPeriod.objects.filter(ect_at_school_period__in=by_name)
    ahead = mentors.current_or_future(clock.today()).select_related("mentor_teacher")
    first = {each.ect_at_school_period_id: each for each in ahead.order_by("-started_on")}
    return {
        **words(run),
        "choices": {"ect": [_choice(ect, first.get(ect.pk)) for ect in by_name]},
    }


def _choice(ect: ECTAtSchoolPeriod, now: MentorshipPeriod | None) -> Choice:
    mentor = f"Mentored by {now.mentor_teacher.name}" if now else "Has no mentor"
    return Choice(str(ect.pk), ect.teacher.name, hint=f"TRN {ect.teacher.trn}. {mentor}")


def details(run: Run) -> Context:
    """Return the words, with the address that they have now."""
    return {**words(run), "initial": {"email": run.subject.email, **run.answers}}


def providers_on_offer(run: Run) -> Context:
    """Return who can train them there, the new school's partners first."""
    answers = _answers(run)
    offered = lead_provider_choices(answers.school, answers.contract_period)
    return {**words(run), "choices": {"lead_provider": offered}}


def check(run: Run) -> Context:
    """Return what ends at the one school, begins at the other, and who is told."""
    answers = _answers(run)
    effects = effects_of(answers.now, last_day=answers.last_day)
    parts = {
        f"Leaving {run.request.school.name}": _leaving(answers, effects, run),
        f"Starting at {answers.school.name}": _starting(answers, run),
    }
    return {
        "parts": parts,
        "rows": [each for rows in parts.values() for each in rows],
        "paragraphs": [
            f"{_name(run)} gets an email to say that they’re registered at {answers.school.name}."
        ],
        "ects": _ects(answers, effects),
        "email_is_shared": emails.is_generic(run.answers["email"]),
    }


def told(answers: MentorMoveAnswers) -> dict[str, Any]:
    """Return what the confirmation tells, which is to be kept: by then the facts have changed."""
    effects = effects_of(answers.now, last_day=answers.last_day)
    return {
        "new_name": answers.school.name,
        "new_urn": answers.school.urn,
        "is_past": answers.last_day < clock.today(),
        "left": moving.kept(_leaving(answers, effects)),
        "joined": moving.kept(_starting(answers)),
        "ects": [list(each) for each in ects_without_mentor(effects, answers.now)],
        "trained_by": answers.provider.name if answers.provider else None,
    }


def confirmation(run: Run) -> Context:
    """Return what happened at both schools, and what happens next."""
    given, name = run.answers, _name(run)
    next_step = f"{name} has no mentor training through this service at {given['new_name']}."
    if given["trained_by"]:
        next_step = f"{given['trained_by']} contacts {name} about mentor training."
    return {
        **moving.moved(run, "schools:mentor"),
        "paragraphs": [next_step],
        "ects": links_to_ects(given["ects"], is_past=given["is_past"]),
    }


def _name(run: Run) -> str:
    return str(run.subject.teacher.name)


def _ects(answers: MentorMoveAnswers, effects: list[PartEffect]) -> list[dict[str, str]]:
    """Return links to give the ECTs another mentor whom they mentor at the school they leave."""
    left = ects_without_mentor(effects, answers.now)
    return links_to_ects(left, is_past=answers.last_day < clock.today())


def _leaving(
    answers: MentorMoveAnswers, effects: list[PartEffect], run: Run | None = None
) -> list[Row]:
    return [
        row("Last day", govuk_date(answers.last_day), **moving.change(run, "details")),
        *effect_rows(effects, answers.now, last_day=answers.last_day),
    ]


def _starting(answers: MentorMoveAnswers, run: Run | None = None) -> list[Row]:
    new, details = answers.school.name, moving.change(run, "details")
    school = row("School", new, **moving.change(run, "choose-school"))
    ect = answers.ect.teacher.name if answers.ect else "No longer possible"
    before = [each.mentor_at_school_period.teacher.name for each in answers.giving_way]
    return [
        *([school] if run else []),
        row("First day", govuk_date(answers.starts_on), **details),
        row("Email address", answers.given["email"], **details),
        row(f"Mentors at {new}", ect, **moving.change(run, "choose-ect")),
        *([row("Takes over from", ", then ".join(dict.fromkeys(before)))] if before else []),
        row("Mentoring starts", govuk_date(answers.mentoring_starts_on)),
        *_training(answers, run),
    ]


def _training(answers: MentorMoveAnswers, run: Run | None) -> list[Row]:
    label = f"Mentor training at {answers.school.name}"
    if not answers.only_here:
        return [row(label, "None: another school has them as a mentor too")]
    if answers.provider is None:
        return [row(label, "None through this service")]
    return [
        row(label, answers.provider.name, **moving.change(run, "lead-provider")),
        *backdated_training(answers.starts_on, "Mentor training start date"),
    ]
