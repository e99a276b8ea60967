"""The questions when somebody moves to another school, and why an answer is refused."""

from register_ects.rules.enumerations import WorkingPattern
from register_ects.web.forms import DateField, EmailField, GovukForm, RadiosField, Wording
from schools.changes.leaving.forms import LEAVING_WORDING
from schools.mentors.forms import MENTORSHIP_WORDING
from schools.register_ect import forms as registering
from schools.registering.forms import CHECK_WORDING

#: What is chosen instead of a mentor.
LATER = "0"

BEFORE_LEAVING = (
    "Their first day at {new} must be {earliest} or later, after their last day at {old}"
)

_START_WORDING: Wording = {
    **registering.START_WORDING,
    **CHECK_WORDING,
    "already_here_then": "{name} was at {school} from {started} to {finished}. Their first day "
    "there must be {earliest} or later. If that is wrong, contact support",
    "before_leaving": BEFORE_LEAVING,
}

#: The days have reasons with the same code, so each is told by its field.
LAST_DAY_WORDING: Wording = {
    ("leaving_on", str(code)): text for code, text in LEAVING_WORDING.items()
}
MOVE_WORDING: Wording = {
    **registering.CheckForm.wording,
    **LAST_DAY_WORDING,
    **{("started_on", str(code)): text for code, text in _START_WORDING.items()},
    "cannot_register_mentor": "Our records show that {name} cannot be registered as a mentor",
    **{("mentor", str(code)): text for code, text in MENTORSHIP_WORDING.items()},
    "needs_another_provider": "{provider} cannot train {mentor}, who has had no mentor training. "
    "Choose another mentor, or choose one later",
    "already_active_at_school": "They are registered at {new} already. Nothing was saved",
    "not_allowed_for_school": "{new} cannot choose this appropriate body. Change it",
    "not_found": "The Teaching Record System (TRS) does not know {name}’s teacher reference "
    "number (TRN), so we cannot move them. Contact support",
}


class SchoolForm(GovukForm):
    """One of the user's other schools."""

    question = "school"
    wording = MOVE_WORDING
    school = RadiosField(
        label="Which school is {name} moving to?",
        hint="We report that they leave {old} and register them at the school you select",
        required_message="Select the school that {name} is moving to",
    )


class DaysForm(GovukForm):
    """The days on which they leave and begin, and their address at the new school."""

    leaving_on = DateField(
        label="Last day at {old}",
        hint="It may be up to 4 months ahead. For example, 31 12 2026",
        required_message="Enter the last day of {name} at {old}",
        called="last day",
    )
    started_on = DateField(
        label="First day as {role} at {new}",
        hint="For example, 1 1 2027",
        required_message="Enter the first day of {name} at {new}",
        called="first day",
    )
    email = EmailField(
        label="Email address at {new}",
        hint="Use an address that only they read and will keep",
        required_message="Enter the email address",
        called="email address",
    )


class DetailsForm(DaysForm):
    """The days of an ECT, and what registration asks of the new school besides."""

    wording = MOVE_WORDING
    working_pattern = RadiosField(
        label="Working pattern at {new}",
        items=WorkingPattern,
        required_message="Select if they will work full time or part time",
    )


class MentorForm(GovukForm):
    """One of the new school's mentors, or nobody yet."""

    question = "mentor"
    wording = MOVE_WORDING
    mentor = RadiosField(
        label="Who will mentor {name} at {new}?",
        required_message="Select who will mentor {name}, or that you will choose later",
    )


class CheckMoveForm(GovukForm):
    """Nothing to fill in: what may be refused at the last moment, in words."""

    wording = MOVE_WORDING
