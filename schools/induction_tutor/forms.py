"""Who is the induction tutor (spec 05 §6.1, §11.1)."""

from typing import Any

from register_ects.rules.induction_tutors import InductionTutor
from register_ects.web.forms import (
    Choice,
    EmailField,
    GovukForm,
    PersonNameField,
    RadiosField,
    Wording,
)
from register_ects.web.seen_forms import SeenForm

WORDING: Wording = {
    "unchanged": "Change the name or the email address: these are your induction tutor’s details "
    "already",
    "changed_meanwhile": "Your induction tutor’s details were changed after you opened this page. "
    "Check what they are now",
    "no_contract_period": "You cannot confirm your induction tutor yet: the next school year is "
    "not set up",
}


def _name_field() -> PersonNameField:
    return PersonNameField(
        label="Full name",
        called="induction tutor’s full name",
        required_message="Enter the induction tutor’s full name",
    )


def _email_field() -> EmailField:
    return EmailField(
        label="Email address",
        hint="We write to them at this address, and share it with your ECTs’ appropriate bodies "
        "and lead providers",
        called="email address",
        required_message="Enter the induction tutor’s email address",
    )


class TutorForm(GovukForm):
    """The name and email address of a school's induction tutor."""

    wording = WORDING
    induction_tutor_name = _name_field()
    induction_tutor_email = _email_field()


class ConfirmForm(SeenForm):
    """Whether the tutor is still right, or else their name and email address.

    The mark is that of the tutor shown: nobody confirms whom a colleague has put there since.
    """

    wording = WORDING
    is_correct = RadiosField(
        label="Are these details correct?",
        items=(
            Choice("yes", "Yes"),
            Choice(
                "no",
                "No, someone else is the induction tutor or their details have changed",
                conditional="induction_tutor_name induction_tutor_email",
            ),
        ),
        required_message="Select yes if these details are correct",
    )
    induction_tutor_name = _name_field()
    induction_tutor_email = _email_field()

    def __init__(self, *args: Any, tutor: InductionTutor, **kwargs: Any) -> None:
        self.tutor = tutor
        super().__init__(*args, now=tutor.mark, **kwargs)

    def clean_seen(self) -> str:
        """Return the mark; what is typed instead is checked on the next page."""
        return super().clean_seen() if self.data.get("is_correct") == "yes" else ""

    def add_problems(self, *args: Any, **kwargs: Any) -> None:
        """Show why the rules refused; the page shows the tutor as they are now."""
        super().add_problems(*args, **kwargs)
        if self.is_outdated:
            self.show(self.tutor.mark)
