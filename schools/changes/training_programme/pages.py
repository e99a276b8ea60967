"""What the pages of a change of training programme show besides their forms."""

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.rules.enumerations import TrainingProgramme
from register_ects.web.journeys import Run
from register_ects.web.summaries import Row, row
from schools.changes.journeys import Context, whose
from schools.changes.training import days_of, who_confirms
from schools.changes.training_programme.answers import ProgrammeAnswers
from schools.lead_providers import lead_provider_choices


def before_changing(run: Run) -> Context:
    """Return the one other programme, and what becomes of the present training."""
    answers = ProgrammeAnswers(run.answers, run.subject)
    name = run.subject.teacher.name
    return {
        "heading": f"Change {name} to {answers.other.label.lower()} training",
        "before": answers.before.label if answers.before else None,
        "to_school": answers.other == TrainingProgramme.SCHOOL_LED,
        "what_becomes": answers.now.what_becomes(answers.proposed.change),
    }


def provider_options(run: Run) -> Context:
    """Return the lead providers on offer: those that the training can be written with."""
    period = ProgrammeAnswers(run.answers, run.subject).proposed.contract_period
    offered = lead_provider_choices(run.request.school, period)
    return {**whose(run), "choices": {"lead_provider": offered}}


def check(run: Run) -> Context:
    """Return the programme now and the new one, who trains them, and the mentor's training."""
    answers = ProgrammeAnswers(run.answers, run.subject)
    change, new = answers.proposed.change, TrainingProgramme(run.answers["programme"])
    return {
        "rows": [
            row("Training programme now", answers.before.label if answers.before else None),
            row("New training programme", new.label),
            *_provider_rows(run, answers),
            *days_of(change, run.subject.finished_on, clock.today()),
            *_mentor_rows(answers),
        ],
        "paragraphs": [
            *answers.now.what_becomes(change),
            *_what_follows(run.subject.teacher.name, answers),
        ],
    }


def confirmation(run: Run) -> Context:
    """Return what the programme was and is, and who trains whom, as it was saved."""
    saved, name = run.answers, run.subject.teacher.name
    provider, mentor = saved["provider"], saved["mentor"]
    return {
        "heading": f"You’ve changed {name}’s training programme",
        "changed": [
            row("Training programme before", saved["before"]),
            row("Training programme now", saved["after"]),
            *([row("Lead provider", provider)] if provider else []),
            row("Training starts", govuk_date(saved["starts_on"])),
        ],
        "paragraphs": [
            *(
                who_confirms(name, provider, saved["delivery_partner"])
                if provider
                else [SCHOOL_DELIVERS.format(name=name)]
            ),
            *(
                [
                    f"{mentor}’s mentor training with {provider} is set up too, from "
                    f"{govuk_date(saved['mentor_trains_from'])}."
                ]
                if mentor
                else []
            ),
        ],
    }


SCHOOL_DELIVERS = (
    "Your school designs and delivers {name}’s training. The appropriate body must have approved "
    "it."
)


def _provider_rows(run: Run, answers: ProgrammeAnswers) -> list[Row]:
    if answers.provider is None:
        return []
    change = run.change_url("lead-provider")
    return [row("Lead provider", answers.provider.name, change_url=change)]


def _mentor_rows(answers: ProgrammeAnswers) -> list[Row]:
    """Return that the mentor trains too: who, and from which day (spec 05 §9.3 Improve d)."""
    mentor, first = answers.mentor, answers.mentor_trains_from
    if mentor is None or first is None:
        return []
    return [row("Mentor training too", f"{mentor.teacher.name}, from {govuk_date(first)}")]


def _what_follows(name: str, answers: ProgrammeAnswers) -> list[str]:
    if answers.provider is None:
        return [SCHOOL_DELIVERS.format(name=name)]
    provider, mentor = answers.provider.name, answers.mentor
    told = who_confirms(name, provider, answers.delivery_partner)
    if mentor is None:
        return told
    return [
        *told,
        f"{mentor.teacher.name} has never had mentor training, so it is set up with {provider} "
        f"too. We share their details with {provider}, who will contact them.",
    ]
