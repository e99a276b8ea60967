"""What the pages of changes of several ECTs show besides their forms."""

from collections.abc import Mapping
from typing import Any

from register_ects.formats import plural
from register_ects.web.choice_fields import Choice
from register_ects.web.journeys import Run
from register_ects.web.summaries import Row, row
from schools.several_changes.change import Change, Effect, ects_here, names_of, said_once
from schools.several_changes.mentor import MentorPlan

Context = Mapping[str, Any]

#: The first question of each change.
_WHICH = {
    "give-mentor": "Which ECTs do you want to give a mentor?",
    "change-lead-provider": "Which ECTs do you want to change the lead provider of?",
    "change-appropriate-body": "Which ECTs do you want to change the appropriate body of?",
}


def ects_to_choose(change: Change, run: Run) -> Context:
    """Return the ECTs whom the change is for, and why it is not for the others. Two queries.

    Those ticked on the list are chosen already.
    """
    ects = ects_here(run.request.school)
    names, reasons = names_of(ects), change.reasons(ects)
    offered = [Choice(str(ect.pk), names[ect.pk]) for ect in ects if ect.pk not in reasons]
    ticked = run.answers.get("ects") or run.request.GET.getlist("ects")
    return {
        "initial": {**run.answers, "ects": ticked},
        "words": {"which": _WHICH[change.name]},
        "choices": {"ects": offered},
        "left_out": {
            str(ect.pk): (names[ect.pk], reasons[ect.pk]) for ect in ects if ect.pk in reasons
        },
    }


def choices(change: Change, run: Run) -> Context:
    """Return who or what can be chosen for the ECTs."""
    plan = change.plan(run.request.school, run.answers)
    return {"choices": {change.field: plan.choices()}}


def nothing_on_offer(run: Run) -> Context:
    """Return where the ECTs are chosen, for when nothing is on offer to all of them."""
    return {"ects_url": run.change_url("choose-ects")}


def another_mentor(run: Run) -> Context:
    """Return where another mentor is chosen, for when nobody can train this one."""
    return {"mentor": run.answers["mentor_name"], "choose_url": run.change_url("choose")}


def check(change: Change, run: Run) -> Context:
    """Return who or what was chosen, and what that means for each ECT."""
    plan = change.plan(run.request.school, run.answers)
    names = names_of(plan.ects)
    effects = {names[ect.pk]: plan.effect(ect) for ect in plan.ects}
    changing = change.label[0].lower() + change.label[1:]
    chosen = row(
        change.label,
        plan.chosen or "No longer available",
        change_url=run.change_url("choose"),
        changing=changing,
    )
    return {
        "rows": [chosen, *_training(plan, run)],
        "effects": _effects(effects),
        "advice": change.advice,
        "possible": any(effect.is_possible for effect in effects.values()),
        "ects_url": run.change_url("choose-ects"),
    }


def _effects(effects: Mapping[str, Effect]) -> list[Row]:
    """Return what is the same for all, once, and what is not by the name of each ECT."""
    same = said_once([*effects.values()])
    possible = [name for name, effect in effects.items() if effect.is_possible]
    told = {
        name: effect.told(name, without=same)
        if effect.is_possible
        else f"Not done: {effect.told(name)}"
        for name, effect in effects.items()
    }
    rows = [row(name, text or "Nothing else") for name, text in told.items()]
    if not same:
        return rows
    every = "all" if len(possible) == len(effects) else f"{len(possible)} of"
    for_all = row(f"For {every} {plural(len(effects), 'ECT')}", Effect(same).told())
    if any(told[name] for name in possible):
        return [for_all, *rows]
    others = [each for name, each in zip(told, rows, strict=True) if name not in possible]
    return [for_all, row("Who they are", "\n".join(possible)), *others]


def _training(plan: object, run: Run) -> list[Row]:
    if not isinstance(plan, MentorPlan) or plan.provider is None:
        return []
    return [
        row(
            "Mentor’s lead provider",
            plan.provider.name,
            change_url=run.change_url("training"),
            changing="lead provider",
        )
    ]


def confirmation(change: Change, run: Run) -> Context:
    """Return for how many ECTs it was done, and what came of each."""
    results = run.answers["results"]
    number = sum(is_done for _name, is_done, _told in results)
    return {
        "heading": change.done.format(ects=plural(number, "ECT")),
        "results": results,
        "same": run.answers.get("same", ""),
        "advice": change.advice[1:],
    }
