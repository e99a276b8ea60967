"""The question which appropriate body supports an ECT, without the one they have (spec 05 §6.4)."""

from typing import Any

from schools.bodies import IndependentSchoolBodyForm, StateSchoolBodyForm


class BodyForm(StateSchoolBodyForm, IndependentSchoolBodyForm):
    """The question of registration for the school: with the national body, or hubs alone."""

    wording = {
        "not_active": "This appropriate body cannot be chosen at the moment. Select another one",
        "not_allowed_for_school": "Your school cannot choose this appropriate body. Select another",
    }

    def __init__(self, *args: Any, with_national: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = IndependentSchoolBodyForm if with_national else StateSchoolBodyForm
        self.question = asked.question
        for name in set(self.fields) - set(asked.base_fields):
            del self.fields[name]
