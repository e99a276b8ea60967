"""The question when an ECT really started (spec 05 §9 Improve)."""

from register_ects.web.forms import DateField, GovukForm, Wording
from schools.changes.journeys import CheckForm

_WORDING: Wording = {
    "unchanged": "This is the start date that we have. Enter a different one, or cancel",
    "after_last_day": "Our records say that {name}’s last day at your school is {latest}. The "
    "start date must be that day or earlier",
    "year_too_late": "The start date must be {latest} or earlier. Check the year",
    "before_earliest": "The start date must be {earliest} or later",
    "not_open_yet": "Registration for this start date is not open yet. Enter an earlier date",
}


class StartDateForm(GovukForm):
    """The first day as an ECT at this school, as it should have been entered."""

    question = "started_on"
    wording = _WORDING
    started_on = DateField(
        label="When did {name} start, or when will they start, as an ECT at your school?",
        hint="For example, 1 9 2026",
        required_message="Enter the date {name} started or will start as an ECT at your school",
        called="start date",
    )


class CheckStartForm(CheckForm):
    """Nothing to fill in: what may be refused at the last moment, in words."""

    wording = {
        **CheckForm.wording,
        **_WORDING,
        "others_affected": "Something else depends on the start date now. Change it to see what "
        "to do",
    }
