"""The questions that find and confirm a person whom a school registers (spec 05 §6.3)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.forms import BoundField

from register_ects.rules.emails import masked
from register_ects.web.forms import (
    CheckboxField,
    Choice,
    DateOfBirthField,
    GovukForm,
    NINumberField,
    PersonNameField,
    RadiosField,
    TRNField,
    Wording,
)
from register_ects.web.seen_forms import SeenForm


class FindForm(GovukForm):
    """Facts that show that the user knows the person.

    The National Insurance number is asked for only when the date of birth differed.
    """

    wording: ClassVar[Wording] = {
        "mismatch": "The date of birth doesn’t match the one in the Teaching Record System (TRS). "
        "Correct it, or enter the National Insurance number"
    }
    trn = TRNField()
    date_of_birth = DateOfBirthField(
        label="Date of birth", hint="For example, 31 3 1998", called="date of birth"
    )
    national_insurance_number = NINumberField(
        hint="If you typed the date of birth correctly, we can check this number instead. We "
        "delete it when you finish, and after a day without a change. For example, QQ 12 34 56 C",
        required=False,
    )

    def drawn_fields(self) -> list[BoundField]:
        """Return the fields, the number only once it is needed."""
        number = self["national_insurance_number"]
        is_needed = number.errors or number.value() or self._was_proof
        return [each for each in super().drawn_fields() if is_needed or each.name != number.name]

    @property
    def _was_proof(self) -> bool:
        return bool(self.initial.get("matched_by") == "national_insurance_number")


class SuggestingForm(GovukForm):
    """Has answers selected where nobody has answered yet; ``suggests`` says that it has some."""

    def __init__(self, *args: Any, suggested: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**suggested, **self.initial}
        self.suggests = bool(suggested)


class ReviewForm(SeenForm):
    """Confirm the person, or correct the name that we use for them.

    Another school may correct it meanwhile: the mark is that of the correction shown.
    """

    name_is_correct = RadiosField(
        label="Is the name correct?",
        items=(
            Choice("yes", "Yes"),
            Choice(
                "no",
                "No, they changed their name or it’s spelt wrong",
                conditional="corrected_name",
            ),
        ),
        required_message="Select yes if the name is correct",
    )
    corrected_name = PersonNameField(
        label="Correct full name",
        hint="We use it in this service and in our messages. It doesn’t change their TRS record.",
        required_message="Enter the correct full name",
        called="full name",
    )

    def clean_seen(self) -> str:
        """Return the mark; without a correction none is needed, since nothing is replaced."""
        return super().clean_seen() if self.data.get("name_is_correct") == "no" else ""


class KnownEmailForm(GovukForm):
    """Offers the address that we have of somebody, masked until it is chosen (spec 05 §20.1)."""

    use_known_email = CheckboxField(
        label="Use the address that we have: {known_email}",
        hint="Tick this, or enter another address.",
        required=False,
    )

    def __init__(
        self, *args: Any, known_email: str | None, words: Mapping[str, Any], **kwargs: Any
    ) -> None:
        self._known_email = known_email
        shown = masked(known_email) if known_email else ""
        super().__init__(*args, words={**words, "known_email": shown}, **kwargs)
        if known_email is None:
            del self.fields["use_known_email"]

    def clean(self) -> dict[str, Any]:
        """Put the known address in the place of one that was not typed; both are too many."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.pop("use_known_email", False):
            return cleaned
        typed = (self["email"].value() or "").strip()
        if typed and typed.casefold() != str(self._known_email).casefold():
            self.errors.pop("email", None)
            self.add_error("email", ValidationError(_BOTH, code="both"))
            return cleaned
        self.errors.pop("email", None)
        return {**cleaned, "email": self._known_email}


_BOTH = "Enter an email address or tick the box to use the one that we have, not both"

#: Why either registration is refused, on its check page.
CHECK_WORDING: Wording = {
    ("corrected_name", "changed_meanwhile"): "Their name was changed to {now} after you began, so "
    "nothing was saved. Check the name",
    "taken": "Another teacher has this email address now. Change it to continue",
    "not_open_yet": "Registration for this start date is not open. Change the start date",
    "no_contract_period": "No training is planned for this start date yet. Change the date",
    "no_schedule": "No training is planned for this start date yet. Change the date",
}
