"""The question whether an ECT works full or part time, where that is not known (spec 05 §9.1)."""

from register_ects.rules.enumerations import WorkingPattern
from register_ects.web.forms import GovukForm, RadiosField


class WorkingPatternForm(GovukForm):
    """One of two: where one is known, the page offers the other with a single button."""

    wording = {"unchanged": "A colleague has just changed this to what you chose"}
    working_pattern = RadiosField(
        label="Is {name}’s working pattern full or part time?",
        hint="Only count the hours they work as an ECT at your school",
        items=WorkingPattern,
        required_message="Select if they work full time or part time",
    )
