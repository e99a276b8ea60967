"""How an appropriate body is told why something cannot be done."""

from register_ects.rules.problems import Problem, told
from register_ects.web import closing_fields
from register_ects.web.forms import Wording

#: Why someone cannot be claimed.
CANNOT_CLAIM: Wording = {
    "no_qts": "{name} does not have qualified teacher status (QTS). "
    "You can claim them once it has been awarded.",
    "prohibited": "{name} is prohibited from teaching.",
    "passed": "{name} has already passed induction.",
    "failed": "{name} has already failed induction.",
    "exempt": "{name} is exempt from induction.",
    "held_by_another": "{name} is registered with {held_by}. "
    "They must release this ECT before you can claim them.",
    "unknown_status": "{name} has no induction status that we can use. "
    "Ask the Teaching Regulation Agency to check their record.",
    "already_yours": "{name} is already registered with you.",
    "already_claimed": "You have already claimed {name}, from {started_on}, {programme}. "
    "These answers were not saved. To correct the claim, email {support}",
}

#: Why a body should perhaps not be the one for an ECT.
CONFLICTS = {
    "lead_school": "{school}, which leads your hub, is or was their school. A hub may not be the "
    "appropriate body of an ECT whom it employs, or who has served induction there.",
    "trained_them": "{provider} trained them to teach. A hub may not be the appropriate body of an "
    "ECT whom it recommended for QTS.",
}

START: Wording = {
    ("started_on", "in_the_future"): "Induction start date must be today or in the past",
    ("started_on", "too_early"): "Induction start date must be on or after {earliest}",
    ("started_on", "before_qts"): "Induction start date must be on or after {earliest}, "
    "the date that QTS was awarded",
    ("started_on", "overlaps"): "Induction start date must be on or after {earliest}, "
    "the day after their last induction period ended",
    ("training_programme", "unknown"): "Select provider-led or school-led",
}
CLOSING: Wording = {
    **closing_fields.CLOSING,
    ("fail_confirmation_sent_on", "in_the_future"): "Date you sent written confirmation must be "
    "today or in the past",
    ("fail_confirmation_sent_on", "before_end"): "Date you sent written confirmation must be on "
    "or after {earliest}, the induction end date",
    "changed_meanwhile": "{name}’s induction with you changed after you began, so nothing was "
    "saved. The period that is open now began on {started}. Check that your answers are about it",
    "already_closed": "This induction period has already been closed. "
    "Go back to the ECT to see what was recorded",
}


def why_not_claimable(problem: Problem, name: str) -> str:
    """Return one sentence or two that say why ``name`` cannot be claimed."""
    return told(problem, CANNOT_CLAIM.get(problem.code), {"name": name})
