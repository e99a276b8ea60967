"""The questions of changes of several ECTs (spec 05 §20.3)."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from register_ects.web.choice_fields import CheckboxesField
from register_ects.web.drafts import Answers
from register_ects.web.forms import GovukForm, RadiosField, SelectField

#: For how many ECTs something is done at once: each is locked and saved by themself.
MOST_ECTS = 100


class ECTsForm(GovukForm):
    """Those of the school's ECTs whom the change is for, ``MOST_ECTS`` at most.

    ``left_out`` are the others, by key: each one's name, and why the change is not for them.
    """

    question = "ects"
    ects = CheckboxesField(
        label="{which}",
        hint=f"Select all that apply, up to {MOST_ECTS}",
        required_message="Select at least one ECT",
    )

    def __init__(self, *args: Any, left_out: Mapping[str, tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.left_out = left_out

    def clean(self) -> Answers:
        """Say who was ticked on the list and is not on offer; the page says why."""
        cleaned = super().clean() or {}
        ticked = self["ects"].value() or []
        names = [name for key, (name, _why) in self.left_out.items() if key in ticked]
        if names:
            self.errors.pop("ects", None)
            message = f"You cannot select {' and '.join(names)}. The reason is below the list"
            self.add_error("ects", ValidationError(message, code="left_out"))
        return cleaned

    def clean_ects(self) -> list[str]:
        """Return the ECTs, unless they are too many."""
        chosen: list[str] = self.cleaned_data["ects"]
        if len(chosen) > MOST_ECTS:
            raise ValidationError(f"Select {MOST_ECTS} ECTs or fewer", code="too_many")
        return chosen


class MentorForm(GovukForm):
    """One of the school's mentors."""

    question = "mentor"
    mentor = RadiosField(
        label="Who will mentor these ECTs?", required_message="Select who will mentor these ECTs"
    )


class TrainingForm(GovukForm):
    """Who gives the mentor their first training."""

    question = "trained_by"
    trained_by = RadiosField(
        label="Which lead provider will train {mentor}?",
        hint="{mentor} can have funded mentor training. The lead provider contacts them before "
        "anything is agreed",
        required_message="Select the lead provider",
    )


class ProviderForm(GovukForm):
    """One of the lead providers that each of the ECTs could have."""

    question = "lead_provider"
    lead_provider = RadiosField(
        label="Which lead provider will train these ECTs?",
        required_message="Select which lead provider will train these ECTs",
    )


class BodyForm(GovukForm):
    """One of the appropriate bodies that the school may choose."""

    question = "body"
    body = SelectField(
        label="Which appropriate body will support these ECTs’ induction?",
        typing_hint="Start typing its name.",
        autocomplete=True,
        required_message="Select the appropriate body that will support the induction",
    )


class CheckForm(GovukForm):
    """Nothing to fill in: what may be refused at the last moment, in words."""

    wording = {"nothing_to_do": "Nothing can be done for any of these ECTs. Choose others"}
