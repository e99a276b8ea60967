"""The questions that both mentor journeys ask (spec 05 §8)."""

from register_ects.web.forms import (
    GovukForm,
    RadiosField,
    Wording,
    YesNoField,
)
from schools.registering.forms import CHECK_WORDING

#: Why a start date is refused: on its own page and, when facts have changed, on the check page.
START_WORDING: Wording = {
    "year_too_late": "The start date must be {latest} or earlier. Check the year",
    "before_previous_record": "Our records show that {mentor} started mentoring at {school} on "
    "{started}. The start date must be {earliest} or later",
    "before_previous_training": "Our records show that {mentor} started their latest training at "
    "{school} on {started}. The start date must be {earliest} or later",
    "before_declared_training": "A lead provider has declared training or mentoring of {mentor} "
    "at {school} from {started}. The start date must be {earliest} or later. If that is "
    "wrong, contact support",
    "before_later_record": "{school} has registered {mentor} as a mentor from {started}. The start "
    "date must be {earliest} or later. If that is wrong, ask {school} to correct it or contact "
    "support",
    "already_here_then": "{mentor} was a mentor at your school from {started} to {finished}. The "
    "start date must be {earliest} or later",
    "after_ect_leaves": "{ect} leaves your school on {latest}. The start date must be {latest} or "
    "earlier",
    "too_far_ahead": "{school} has registered {mentor} as a mentor from {started}, so the start "
    "date must be {latest} or earlier: a move can be registered up to 4 months ahead",
}

#: Who leaves before whom.
NEVER_HERE_TOGETHER = "{leaver} leaves your school on {leaves}, before {other} starts on {starts}"

#: Why two people cannot be brought together.
MENTORSHIP_WORDING: Wording = {
    "changed_meanwhile": "{now} became {ect}’s mentor just now, so nothing was saved. "
    "Confirm again only if {mentor} should take over from {now}",
    "has_left": "{leaver} has left your school, so nothing was saved",
    "never_here_together": f"{NEVER_HERE_TOGETHER}, so nothing was saved",
    "not_needed": "{ect} has completed, failed or is exempt from induction and needs no mentor, so "
    "nothing was saved",
    "not_at_this_school": "The mentor and the ECT must both be at your school",
    "declarations_after": "The mentor now began on {earliest}, and a lead provider has declared "
    "training since, so nothing was saved. Try again tomorrow",
}


class EligibilityForm(GovukForm):
    """Whether the ECT's provider trains the mentor too."""

    use_ect_provider = YesNoField(
        label="Will {provider} train {mentor}?",
        yes="Yes, share their details with {provider}",
        no="No, another lead provider will",
        required_message="Select yes if {provider} will train {mentor}",
    )


class LeadProviderForm(GovukForm):
    """One of the providers with a contract for the mentor's contract period."""

    question = "lead_provider"
    lead_provider = RadiosField(
        label="Which lead provider will train {mentor}?",
        hint="The lead provider contacts {mentor} before anything is agreed",
        required_message="Select the lead provider",
    )


class CheckMentorForm(GovukForm):
    """Nothing to fill in: what may be refused at the last moment, in words."""

    wording = {
        **START_WORDING,
        **CHECK_WORDING,
        **MENTORSHIP_WORDING,
        "already_active_at_school": "This mentor is already registered at your school. Choose "
        "them on the ECT’s page",
        "cannot_mentor_themself": "An ECT cannot be their own mentor",
        "not_active": "The lead provider is no longer available. Change it to continue",
        "needs_another_provider": "{provider} cannot train this mentor. Go to the ECT’s page, "
        "choose this mentor there and select another lead provider",
        "missing": "Another school has registered this mentor too. Reload this page to answer "
        "where they will mentor",
        "cannot_register_mentor": "Our records show that {mentor} cannot be registered as a mentor",
    }
