"""The claim-ECT journey as a table of steps (spec 06 §6.8), at the addresses of §6.4.

Every search begins a draft of its own. TRS is read once more before the claim, because its
record may be a day old by then.
"""

from typing import Any

from django.contrib import messages
from django.urls import reverse

from appropriate_bodies.claim_ect import forms, pages
from appropriate_bodies.claim_ect.answers import ClaimAnswers, found, problems_with_another_claim
from appropriate_bodies.lookups import find
from register_ects.operations.inductions.periods import claim_ect
from register_ects.rules.permissions import Permission
from register_ects.rules.problems import RuleBroken, refuse_if
from register_ects.web.access import AppropriateBodyRequest, appropriate_body_required
from register_ects.web.drafts import Answers
from register_ects.web.journeys import Journey, Leave, Step

_NOT_FOUND = "No teacher record matches this TRN and date of birth. Check both and try again"
_GONE = (
    "The Teaching Record System no longer shows this person with this TRN and date of birth. "
    "Find them again"
)


def look_up(given: Answers, request: AppropriateBodyRequest) -> None:
    """Note whom TRS shows; lead to the ECT's page when the body holds them already."""
    typed = given["trn"]
    record = find(typed, born_on=given["date_of_birth"], request=request, nobody=_NOT_FOUND)
    given.update(found(record))
    held = ClaimAnswers(given, request.appropriate_body).held
    if held:
        messages.info(request, f"{held.teacher.name} is already registered with you.")
        raise Leave(reverse("appropriate_bodies:teacher", args=[held.teacher_id]))
    if record.trn != typed:
        messages.info(request, f"This teacher’s TRN has changed. It is now {record.trn}.")


def check(given: Answers, request: AppropriateBodyRequest) -> None:
    """Refuse somebody who cannot be claimed: the page says why."""
    problem = ClaimAnswers(given, request.appropriate_body).problem
    refuse_if([problem] if problem else [])


def look_up_again(given: Answers, request: AppropriateBodyRequest) -> None:
    """Note what TRS says now: it may have learned of a pass, a prohibition or another name."""
    answers = ClaimAnswers(given, request.appropriate_body)
    if answers.held is None:
        born_on = answers.record.date_of_birth
        record = find(given["trn"], born_on=born_on, request=request, nobody=_GONE)
        given.update(found(record))


def save(given: Answers, request: AppropriateBodyRequest) -> dict[str, Any]:
    """Claim the ECT, or find them claimed from another tab; return what the confirmation shows."""
    answers = ClaimAnswers(given, request.appropriate_body)
    try:
        period = claim_ect(request.appropriate_body, answers.claim, author=request.author)
    except RuleBroken:
        held = answers.held  # another tab was faster
        if held is None:
            raise
        period = held
    made = {
        "name": period.teacher.name,
        "started_on": period.started_on,
        "training_programme": period.training_programme,
    }
    compare(made, given, request)
    return {**made, "teacher_id": period.teacher_id}


def compare(made: Answers, sent: Answers, request: AppropriateBodyRequest) -> None:
    """Refuse answers that are not those of the claim that was made."""
    refuse_if(problems_with_another_claim(made, sent))


CLAIM_ECT = Journey(
    name="claim-ect",
    guard=appropriate_body_required(Permission.INDUCTION_WRITE),
    home=pages.home,
    sensitive={"date_of_birth", "record"},
    addresses={
        "find-ect": "find-ect/new",
        "check-ect": "check-ect/{draft}/edit",
        "register-ect": "register-ect/{draft}/edit",
        "claimed": "register-ect/{draft}",
    },
    complete=save,
    called="claim",
    sent_again=compare,
    steps=[
        Step(
            "find-ect",
            forms.FindForm,
            "appropriate_bodies/claim_find.jinja",
            on_submit=look_up,
            answered=lambda given: "record" in given,
            form_options=pages.find_options,
        ),
        Step(
            "check-ect",
            forms.CheckForm,
            "appropriate_bodies/claim_check.jinja",
            on_submit=check,
            form_options=pages.words,
            context=pages.check,
        ),
        Step(
            "register-ect",
            forms.ClaimForm,
            "appropriate_bodies/claim_register.jinja",
            on_submit=look_up_again,
            completes=True,
            shows=None,
            form_options=pages.register_options,
            context=pages.register,
        ),
        Step("claimed", template="appropriate_bodies/claimed.jinja", confirmation=True),
    ],
)
