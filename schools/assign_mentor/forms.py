"""The question who mentors an ECT (spec 05 §8.1)."""

from register_ects.web.forms import GovukForm, RadiosField
from schools.mentors.forms import MENTORSHIP_WORDING

#: What the choice "register a new mentor" posts.
NEW_MENTOR = "0"


class ChooseForm(GovukForm):
    """One of the school's mentors, or a new one."""

    question = "mentor"
    wording = MENTORSHIP_WORDING
    mentor = RadiosField(
        label="Who will mentor {ect}?",
        hint="{now}",
        required_message="Select who will mentor {ect}",
    )
