"""The question when somebody leaves, and why a last day is refused (spec 05 §10, §6.6)."""

from register_ects.web.forms import DateField, GovukForm, Wording
from schools.queries.leaving import WHY_NOT

#: Why a last day is refused: on its own page and, when facts have changed, on the check page.
LEAVING_WORDING: Wording = {
    "before_placement": "The first day of {name} at {school} is {started} in our records. Their "
    "last day must be {earliest} or later. If they did not start, or will not, contact support",
    "before_training": "Our records show that {name} started their latest training at {school} on "
    "{started}. Their last day must be {earliest} or later",
    "before_declared": "A lead provider has declared training or mentoring of {name} at {school} "
    "from {started}. Their last day must be {earliest} or later. If that is wrong, contact support",
    "too_far_ahead": "Their last day must be {latest} or earlier: you can report it up to 4 months "
    "ahead",
    "same_day": "This is the last day that is recorded already. Enter a different date, or cancel",
    "changed_meanwhile": "Their last day has been changed since you opened this page. Check it",
    **WHY_NOT,
}


class LeavingForm(GovukForm):
    """The last day at the school, past or to come."""

    question = "leaving_on"
    wording = LEAVING_WORDING
    leaving_on = DateField(
        label="What is {name}’s last day at your school?",
        hint="Their last working day, which may be up to 4 months ahead. For example, {example}",
        required_message="Enter the last day of {name} at your school",
        called="last day",
    )


class CheckLeavingForm(GovukForm):
    """Nothing to fill in: what may be refused at the last moment, in words."""

    wording = LEAVING_WORDING
