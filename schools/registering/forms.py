"""The questions that find and confirm a person whom a school registers (spec 05 §6.3)."""

from register_ects.web.forms import (
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
    """Two facts that show that the user knows the person."""

    trn = TRNField()
    date_of_birth = DateOfBirthField(
        label="Date of birth", hint="For example, 31 3 1998", called="date of birth"
    )


class NINumberForm(GovukForm):
    """A second identifier, asked for when the date of birth differs."""

    question = "national_insurance_number"
    national_insurance_number = NINumberField(
        label="What is their National Insurance number?",
        hint="The date of birth doesn’t match the one in the Teaching Record System (TRS). If you "
        "typed it correctly, we can check this number instead. We delete it when you finish, and "
        "after a day without a change. For example, QQ 12 34 56 C",
        called="National Insurance number",
    )


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


#: Why either registration is refused, on its check page.
CHECK_WORDING: Wording = {
    ("corrected_name", "changed_meanwhile"): "Their name was changed to {now} after you began, so "
    "nothing was saved. Check the name",
    "taken": "Another teacher has this email address now. Change it to continue",
    "not_open_yet": "Registration for this start date is not open. Change the start date",
    "no_contract_period": "No training is planned for this start date yet. Change the date",
    "no_schedule": "No training is planned for this start date yet. Change the date",
}
