"""The question who mentors an ECT (spec 05 §8.1)."""

from collections.abc import Sequence
from typing import Any

from register_ects.web.forms import Choice, GovukForm, RadiosField
from schools.mentors.forms import MENTORSHIP_WORDING

#: What the choice "register a new mentor" posts.
NEW_MENTOR = "0"


class ChooseForm(GovukForm):
    """One of the school's mentors, or a new one."""

    question = "mentor"
    wording = MENTORSHIP_WORDING
    mentor = RadiosField(
        label="Who will mentor {name}?",
        hint="{now}",
        required_message="Select who will mentor {name}",
    )

    def __init__(self, *args: Any, mentors: Sequence[Choice] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        new = Choice(NEW_MENTOR, "Register a new mentor", after_or=bool(mentors))
        self.offer("mentor", [*mentors, new])
