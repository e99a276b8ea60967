"""The journeys of changes of several ECTs as tables of steps (spec 05 §20.3).

Each ECT is done by the operation of the single journey, in a savepoint of its own: what is refused
of one, at the last moment too, leaves the others done, and the confirmation says why.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import include, path

from register_ects.models import ECTAtSchoolPeriod, MentorAtSchoolPeriod
from register_ects.operations.placements.history import forget
from register_ects.operations.teachers.locking import lock_people
from register_ects.rules.problems import RuleBroken, refuse
from register_ects.web.access import SchoolRequest, View
from register_ects.web.drafts import Answers
from register_ects.web.forms import GovukForm
from register_ects.web.journey_pages import journey_urls
from register_ects.web.journeys import Journey, Run, Step
from register_ects.web.school_addresses import reverse
from schools.access import school_required
from schools.saving import wait_for
from schools.several_changes import forms, pages
from schools.several_changes.appropriate_body import ChangeAppropriateBody
from schools.several_changes.change import (
    Change,
    Effect,
    Plan,
    chosen_ects,
    impossible,
    names_of,
    said_once,
)
from schools.several_changes.lead_provider import ChangeLeadProvider
from schools.several_changes.mentor import GiveMentor, MentorPlan

#: Name of an ECT, whether it was done, and what was done or why not.
Result = tuple[str, bool, str]


def wait_for_all(given: Answers, request: SchoolRequest) -> None:
    """Wait for others who save about the school, the ECTs or the mentor (``schools.saving``)."""
    mentors = MentorAtSchoolPeriod.objects.filter(pk=given.get("mentor") or 0)
    trns = [ect.teacher.trn for ect in chosen_ects(request.school, given["ects"])]
    trns += mentors.values_list("teacher__trn", flat=True)
    wait_for(request.school.pk, [trn for trn in trns if trn])


def save(change: Change, given: Answers, request: SchoolRequest) -> Mapping[str, Any]:
    """Do it for each ECT for whom it is possible; return what came of each."""
    lock_people(lambda: change.plan(request.school, given).people())
    plan = change.plan(request.school, given)  # as all of them are now that nobody else saves
    names = names_of(plan.ects)
    done = [(ect, *_done(plan, ect, request)) for ect in plan.ects]
    if not any(is_done for _ect, is_done, _effect in done):
        refuse("ects", "nothing_to_do")
    same = said_once([effect for _ect, _is_done, effect in done])
    return {
        "results": [
            (names[ect.pk], is_done, effect.told(names[ect.pk], without=same if is_done else ()))
            for ect, is_done, effect in done
        ],
        "same": Effect(same).told(),
        "chosen": plan.chosen,
    }


def _done(plan: Plan[Any], ect: ECTAtSchoolPeriod, request: SchoolRequest) -> tuple[bool, Effect]:
    """Do it for one ECT; return whether it was done, and what was done or why not."""
    effect = plan.effect(ect)
    if not effect.is_possible:
        return False, effect
    forget(ect)
    try:
        with transaction.atomic():
            plan.do(plan.choice, ect, request.author)
    except RuleBroken as refusal:
        return False, impossible(refusal.problems)
    return True, effect


def note_training(given: Answers, request: SchoolRequest) -> None:
    """Note the mentor's name, and whether their first training is due."""
    plan = MentorPlan(request.school, given)
    given["mentor_name"] = plan.chosen or "the mentor"
    given["training_due"] = plan.training_is_due()


def _journey(
    change: Change,
    form: type[GovukForm],
    guard: Callable[[View], View],
    *more: Step,
    **hooks: Any,
) -> Journey:
    """Return the journey of a change; ``more`` are questions after who or what it is to be."""
    return Journey(
        name=f"several-{change.name}",
        guard=guard,
        hold=wait_for_all,
        home=lambda run: reverse("schools:ects"),
        complete=partial(save, change),
        called="form",
        refresh=hooks.get("on_submit", lambda answers, request: None),
        steps=[
            Step(
                "choose-ects",
                forms.ECTsForm,
                "schools/several_changes/choose_ects.jinja",
                resets=["choose", *(step.slug for step in more)],
                form_options=partial(pages.ects_to_choose, change),
            ),
            Step(
                "choose",
                form,
                "schools/several_changes/choose.jinja",
                form_options=partial(pages.choices, change),
                resets=[step.slug for step in more],
                context=pages.nothing_on_offer,
                **hooks,
            ),
            *more,
            Step(
                "check-answers",
                forms.CheckForm,
                "schools/several_changes/check_answers.jinja",
                completes=True,
                shows=["rows", "effects"],
                context=partial(pages.check, change),
            ),
            Step(
                "confirmation",
                template="schools/several_changes/confirmation.jinja",
                confirmation=True,
                context=partial(pages.confirmation, change),
            ),
        ],
    )


def _after_mentor(given: Answers) -> str:
    return "training" if given.get("training_due") else "check-answers"


def _trainers(run: Run) -> Mapping[str, Any]:
    plan = MentorPlan(run.request.school, run.answers)
    words = {"mentor": run.answers["mentor_name"]}
    return {"words": words, "choices": {"trained_by": plan.training_choices()}}


GIVE_MENTOR = _journey(
    GiveMentor(),
    forms.MentorForm,
    school_required(while_registration_is_open=True),
    Step(
        "training",
        forms.TrainingForm,
        "schools/several_changes/training.jinja",
        form_options=_trainers,
        context=pages.another_mentor,
    ),
    on_submit=note_training,
    next=_after_mentor,
)
CHANGE_LEAD_PROVIDER = _journey(
    ChangeLeadProvider(), forms.ProviderForm, school_required(to_change=True)
)
CHANGE_APPROPRIATE_BODY = _journey(
    ChangeAppropriateBody(), forms.BodyForm, school_required(to_change=True)
)

JOURNEYS = [GIVE_MENTOR, CHANGE_LEAD_PROVIDER, CHANGE_APPROPRIATE_BODY]

urlpatterns = [
    path(f"ects/several/{journey.name.removeprefix('several-')}/", include(journey_urls(journey)))
    for journey in JOURNEYS
]
