"""What the pages of the claim-ECT journey show besides their forms."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from appropriate_bodies.claim_ect.answers import ClaimAnswers
from appropriate_bodies.wording import CONFLICTS, why_not_claimable
from register_ects.models import Teacher
from register_ects.rules.inductions import state_in_trs
from register_ects.rules.problems import told
from register_ects.web.journeys import Run

Context = dict[str, Any]


def home(run: Run) -> str:
    """Return where the first page leads back to: the body's ECTs."""
    return reverse("appropriate_bodies:teachers")


def find_options(run: Run) -> Context:
    """Return the TRN that a link to this page names."""
    return {"initial": {"trn": run.request.GET.get("trn", "")[:20]}}


def words(run: Run) -> Context:
    """Return the words of the forms' messages."""
    return {"words": {"name": run.answers["name"]}}


def register_options(run: Run) -> Context:
    """Return the form's words, and the rules for a start date."""
    answers = ClaimAnswers(run.answers, run.request.appropriate_body)
    initial = {**answers.suggested, **run.answers}
    return {**words(run), "problems": answers.problems_with_start, "initial": initial}


def register(run: Run) -> Context:
    """Return what the school recorded that names the body."""
    answers = ClaimAnswers(run.answers, run.request.appropriate_body)
    return {"reported": answers.reported, "suggested": answers.suggested}


def check(run: Run) -> Context:
    """Return who was found, whether they can be claimed, and what is held of them."""
    answers = ClaimAnswers(run.answers, run.request.appropriate_body)
    record, problem = answers.record, answers.problem
    held_elsewhere = problem is not None and problem.code == "held_by_another"
    person = Teacher.objects.filter(trn=record.trn).first()
    periods = person.induction_periods.select_related("appropriate_body") if person else None
    extensions = person.induction_extensions.all() if person else ()
    return {
        "record": record,
        "status": state_in_trs(record.induction_status),
        "reason": why_not_claimable(problem, record.full_name) if problem else None,
        "conflicts": [told(each, CONFLICTS[each.code]) for each in answers.conflicts],
        "held_elsewhere": held_elsewhere,
        "leads_holder": answers.leads_holder if held_elsewhere else None,
        "support_email": settings.APPROPRIATE_BODIES_SUPPORT_EMAIL,
        "periods": periods.latest_first() if periods is not None else [],
        "extension_terms": sum(extension.number_of_terms for extension in extensions),
    }
