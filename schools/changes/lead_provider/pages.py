"""What the pages of a change of lead provider show besides their forms."""

from register_ects import clock
from register_ects.formats import govuk_date
from register_ects.web.journeys import Run
from register_ects.web.summaries import row
from schools.changes.journeys import Context, now_and_new, whose
from schools.changes.lead_provider.answers import ProviderAnswers
from schools.changes.lead_provider.forms import PROVIDER_WORDING
from schools.changes.training import days_of, who_confirms
from schools.lead_providers import lead_provider_choices

_NO_TRAINING = (
    "No lead provider trains {name} as a mentor at your school, so there is none to change. "
    "A mentor who can still be trained gets one when they are first assigned to an ECT in "
    "provider-led training."
)
#: Why no lead provider of a mentor can be chosen, and when one can.
_WHY_NOT_CHANGED = {
    "not_fundable": "{not_fundable}: they have done it already, or started and did not finish.",
    "trains_elsewhere": "{trains_elsewhere}. A lead provider can be chosen here once that school "
    "has reported that they no longer mentor there.",
}


def why_not_changed(code: str, name: str) -> tuple[str, str]:
    """Return heading and text of the page that says why a mentor's provider cannot be changed."""
    told = _WHY_NOT_CHANGED.get(code)
    if told is None:
        return f"{name} has no mentor training to change", _NO_TRAINING.format(name=name)
    reason = PROVIDER_WORDING[code].format(name=name)
    return f"{name}’s lead provider cannot be changed", told.format(**{code: reason})


def asked(run: Run) -> Context:
    """Return the lead providers on offer: those that it can be written with, but the present."""
    proposed = ProviderAnswers(run.answers, run.subject).proposed
    now = proposed.provider_now
    offered = lead_provider_choices(run.request.school, proposed.contract_period)
    others = [each for each in offered if now is None or each.value != str(now.pk)]
    return {**whose(run), "choices": {"lead_provider": others}}


def before_choosing(run: Run) -> Context:
    """Return what a change means for the present training, and whether there is anybody else."""
    answers = ProviderAnswers(run.answers, run.subject)
    return {
        "heading": f"Change {run.subject.teacher.name}’s lead provider",
        "now": answers.now,
        "provider_now": answers.now.provider,
        "what_becomes": answers.now.what_becomes(answers.proposed.change),
        "nobody_else": not answers.proposed.lead_providers(),
    }


def check(run: Run) -> Context:
    """Return the lead provider now and the new one, and what becomes of the training."""
    answers = ProviderAnswers(run.answers, run.subject)
    change, now, provider = answers.proposed.change, answers.now, answers.provider.name
    ends = [row("Last day with them", govuk_date(change.last_day))] if change.last_day else []
    name = run.subject.teacher.name
    return {
        "rows": [
            *now_and_new(run, "Lead provider", now.provider, provider),
            *ends,
            *days_of(change, run.subject.finished_on, clock.today()),
        ],
        "paragraphs": [
            *now.what_becomes(change),
            *who_confirms(name, provider, answers.delivery_partner),
        ],
    }


def confirmation(run: Run) -> Context:
    """Return who trained them and who does, as it was saved."""
    saved, name = run.answers, run.subject.teacher.name
    after = [row("Training starts", govuk_date(saved["starts_on"]))]
    return {
        "heading": f"You’ve changed {name}’s lead provider",
        "changed": [
            row("Lead provider before", saved["before"]),
            row("Lead provider now", saved["after"]),
            *after,
        ],
        "paragraphs": who_confirms(name, saved["after"], saved["delivery_partner"]),
    }
