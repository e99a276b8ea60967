"""The questions when a mentor moves to another school, and why an answer is refused."""

from register_ects.web.forms import GovukForm, RadiosField, Wording
from schools.changes.moving.forms import BEFORE_LEAVING, LAST_DAY_WORDING, DaysForm
from schools.mentors.forms import CheckMentorForm

MOVE_MENTOR_WORDING: Wording = {
    **CheckMentorForm.wording,
    **LAST_DAY_WORDING,
    "before_leaving": BEFORE_LEAVING,
    "already_here_then": "{mentor} was a mentor at {school} from {started} to {finished}. Their "
    "first day there must be {earliest} or later",
    "after_ect_leaves": "{ect} leaves {new} on {latest}. The first day must be {latest} or earlier",
    "already_active_at_school": "{mentor} is registered at {new} already. Nothing was saved",
    "not_found": "The Teaching Record System (TRS) does not know {mentor}’s teacher reference "
    "number (TRN), so we cannot move them. Contact support",
}


class MenteeForm(GovukForm):
    """An ECT of the new school: a mentor is registered by being given one."""

    question = "ect"
    wording = MOVE_MENTOR_WORDING
    ect = RadiosField(
        label="Who will {mentor} mentor at {new}?",
        hint="If they will mentor several ECTs, select one now and give them the others afterwards",
        required_message="Select who {mentor} will mentor",
    )


class MentorDetailsForm(DaysForm):
    """The days of a mentor, and their address."""

    wording = MOVE_MENTOR_WORDING


class CheckMentorMoveForm(GovukForm):
    """Nothing to fill in: what may be refused at the last moment, in words."""

    wording = MOVE_MENTOR_WORDING
