"""What the pages of the deeds for several ECTs show besides their forms."""

from collections.abc import Mapping
from typing import Any

from register_ects.web.choice_fields import Choice
from register_ects.web.journeys import Run
from register_ects.web.summaries import Row, row
from schools.several_changes.appropriate_body import bodies_on_offer
from schools.several_changes.deeds import Deed, ects_here, names_of
from schools.several_changes.lead_provider import ProviderPlan
from schools.several_changes.mentor import MentorPlan, mentors_on_offer

Context = Mapping[str, Any]

#: The first question of each deed.
_WHICH = {
    "give-mentor": "Which ECTs do you want to give a mentor?",
    "change-lead-provider": "Which ECTs do you want to change the lead provider of?",
    "change-appropriate-body": "Which ECTs do you want to change the appropriate body of?",
}


def ects_to_choose(deed: Deed, run: Run) -> Context:
    """Return the ECTs whom the deed is for; those ticked on the list are chosen already."""
    ects = ects_here(run.request.school)
    names, left_out = names_of(ects), deed.reasons(ects)
    offered = [Choice(str(ect.pk), names[ect.pk]) for ect in ects if ect.pk not in left_out]
    ticked = run.answers.get("ects") or run.request.GET.getlist("ects")
    return {
        "initial": {**run.answers, "ects": ticked},
        "words": {"which": _WHICH[deed.name]},
        "choices": {"ects": offered},
    }


def ects_left_out(deed: Deed, run: Run) -> Context:
    """Return the ECTs whom the deed is not for, by name, each with why."""
    ects = ects_here(run.request.school)
    names, reasons = names_of(ects), deed.reasons(ects)
    return {
        "heading": _WHICH[deed.name],
        "left_out": [(names[ect.pk], reasons[ect.pk]) for ect in ects if ect.pk in reasons],
        "nobody": len(reasons) == len(ects),
    }


def choices(deed: Deed, run: Run) -> Context:
    """Return who or what can be chosen for the ECTs."""
    plan = deed.plan(run.request.school, run.answers)
    if isinstance(plan, ProviderPlan):
        offered = plan.choices()
    elif isinstance(plan, MentorPlan):
        offered = mentors_on_offer(run.request.school)
    else:
        offered = bodies_on_offer(run.request.school)
    return {"choices": {deed.field: offered}}


def nothing_on_offer(run: Run) -> Context:
    """Return where the ECTs are chosen, for when nothing is on offer to all of them."""
    return {"ects_url": run.change_url("choose-ects")}


def another_mentor(run: Run) -> Context:
    """Return where another mentor is chosen, for when nobody can train this one."""
    return {"mentor": run.answers["mentor_name"], "choose_url": run.change_url("choose")}


def check(deed: Deed, run: Run) -> Context:
    """Return who or what was chosen, and what that means for each ECT."""
    plan = deed.plan(run.request.school, run.answers)
    names, effects = names_of(plan.ects), [(ect, plan.effect(ect)) for ect in plan.ects]
    changing = deed.label[0].lower() + deed.label[1:]
    chosen = row(
        deed.label,
        plan.chosen or "No longer available",
        change_url=run.change_url("choose"),
        changing=changing,
    )
    return {
        "rows": [chosen, *_training(plan, run)],
        "effects": [
            row(names[ect.pk], effect.told if effect.is_possible else f"Not done: {effect.told}")
            for ect, effect in effects
        ],
        "possible": sum(effect.is_possible for _ect, effect in effects),
        "ects_url": run.change_url("choose-ects"),
    }


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


def confirmation(deed: Deed, run: Run) -> Context:
    """Return for how many ECTs it was done, and what came of each."""
    results = run.answers["results"]
    number = sum(is_done for _name, is_done, _told in results)
    ects = "1 ECT" if number == 1 else f"{number} ECTs"
    return {"heading": deed.done.format(ects=ects), "results": results}
